"""The house rules that come with a new house, and what the database refuses."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from backoffice.staff.models import User
from moderation.apps import store_house_rules
from moderation.choices import RESTRICTING, DsaCategory, Outcome, PolicyGround
from moderation.house_rule_defaults import CHAPTERS, RULES, TEXTS_OF
from moderation.models import Policy
from moderation.standard_text_defaults import TEXTS

pytestmark = pytest.mark.django_db


class TestDefaults:
    def test_are_a_short_tree_with_a_rule_for_every_outcome(self, setup_acts: User) -> None:
        assert Policy.objects.filter(chapter=None).count() == len(CHAPTERS)
        assert Policy.objects.exclude(chapter=None).count() == len(RULES)
        for outcome in RESTRICTING:
            assert Policy.objects.filter(outcomes__contains=[outcome]).exists()

    def test_are_stored_once(self, setup_acts: User, at: datetime) -> None:
        rule = Policy.objects.get(code="1.1")
        rule.title = "Anders"
        rule.store(reason="changed", at=at, fields=["title"])
        store_house_rules()
        assert Policy.objects.get(code="1.1").title == "Anders"

    @pytest.mark.parametrize(
        ("outcome", "title"), [(outcome, title) for outcome, title, _body in TEXTS if outcome in RESTRICTING]
    )
    def test_fit_the_standard_texts(self, outcome: Outcome, title: str) -> None:
        (rule,) = (rule for rule in RULES if rule.code == TEXTS_OF[title])
        assert outcome in rule.outcomes


class TestTheDatabase:
    @pytest.mark.parametrize(
        "broken",
        [
            {"outcomes": []},
            {"outcomes": [Outcome.APPROVE]},
            {"text": ""},
            {"category": ""},
            {"ground": PolicyGround.LAW},
        ],
        ids=["allows nothing", "allows approval", "no words", "no category", "law without an article"],
    )
    def test_refuses_half_a_rule(self, setup_acts: User, at: datetime, broken: dict[str, object]) -> None:
        whole: dict[str, object] = {
            "code": "9.1",
            "chapter": Policy.objects.get(code="1"),
            "title": "Nieuw",
            "text": "Nieuw",
            "category": DsaCategory.TERMS,
            "outcomes": [Outcome.HIDE],
        }
        with pytest.raises(IntegrityError), transaction.atomic():
            Policy(**{**whole, **broken}).store(reason="new", at=at)
        Policy(**whole).store(reason="new", at=at)
