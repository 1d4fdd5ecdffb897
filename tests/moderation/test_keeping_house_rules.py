"""Coordinators keep the house rules; earlier decisions keep the words that they rest on."""

from datetime import datetime
from typing import Any

import pytest

from backoffice.audit.meanwhile import ChangedMeanwhile, version_of
from backoffice.audit.models import Event
from backoffice.staff.models import User
from backoffice.staff.policy import NotAllowed
from moderation.choices import DsaCategory, Outcome, PolicyGround
from moderation.models import Policy, StandardText
from moderation.selectors.desk import rules_offered, texts_offered
from moderation.services.house_rules import (
    LastForOutcome,
    RuleInvalid,
    RuleWords,
    add_rule,
    change_rule,
    restore_rule,
    retire_rule,
)
from tests.barrier import at_once
from tests.moderation.test_statements import decided

pytestmark = pytest.mark.django_db


def words(**changed: Any) -> RuleWords:
    given: dict[str, Any] = {
        "title": "Geen honden",
        "text": "Zoek hier geen oppas voor een hond.",
        "outcomes": [Outcome.HIDE, Outcome.REQUEST_CHANGE],
        "category": DsaCategory.TERMS,
        **changed,
    }
    return RuleWords(**given)


def rule(code: str) -> Policy:
    return Policy.objects.get(code=code)


def change(actor: User, code: str, at: datetime, **changed: Any) -> Policy:
    found = rule(code)
    return change_rule(actor=actor, rule_id=found.pk, seen=version_of(found), words=words(**changed), at=at)


class TestAddRule:
    def test_gives_it_the_next_number_in_its_chapter(self, coordinator: User, at: datetime) -> None:
        added = add_rule(actor=coordinator, chapter_id=rule("2").pk, words=words(), at=at)
        assert (added.code, added.version, added.outcomes) == ("2.4", 1, ["request_change", "hide"])
        assert list(rules_offered([Outcome.HIDE])).index(added) > list(rules_offered([Outcome.HIDE])).index(
            rule("2.3")
        )
        event = Event.objects.get(kind="house_rule.added")
        assert (event.subject_id, event.data) == (str(added.pk), {"code": "2.4"})

    def test_never_gives_a_number_twice(self, coordinator: User, at: datetime) -> None:
        first = add_rule(actor=coordinator, chapter_id=rule("2").pk, words=words(), at=at)
        retire_rule(actor=coordinator, rule_id=first.pk, at=at)
        assert add_rule(actor=coordinator, chapter_id=rule("2").pk, words=words(), at=at).code == "2.5"

    def test_is_the_law_when_an_article_is_named(self, coordinator: User, at: datetime) -> None:
        given = words(legal_reference="artikel 1 van de Grondwet")
        added = add_rule(actor=coordinator, chapter_id=rule("3").pk, words=given, at=at)
        assert added.ground == PolicyGround.LAW

    @pytest.mark.parametrize(
        ("broken", "field"),
        [
            ({"title": " "}, "title"),
            ({"text": ""}, "text"),
            ({"outcomes": []}, "outcomes"),
            ({"outcomes": [Outcome.APPROVE]}, "outcomes"),
        ],
    )
    def test_refuses_half_a_rule(
        self, coordinator: User, at: datetime, broken: dict[str, Any], field: str
    ) -> None:
        before = Policy.objects.count()
        with pytest.raises(RuleInvalid) as refusal:
            add_rule(actor=coordinator, chapter_id=rule("2").pk, words=words(**broken), at=at)
        assert refusal.value.field == field
        assert Policy.objects.count() == before

    def test_puts_nothing_under_what_is_no_chapter(self, coordinator: User, at: datetime) -> None:
        with pytest.raises(Policy.DoesNotExist):
            add_rule(actor=coordinator, chapter_id=rule("2.1").pk, words=words(), at=at)

    def test_refuses_a_moderator(self, moderator: User, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            add_rule(actor=moderator, chapter_id=rule("2").pk, words=words(), at=at)


class TestChangeRule:
    def test_makes_a_version_and_leaves_earlier_decisions_their_words(
        self, coordinator: User, moderator: User, at: datetime
    ) -> None:
        before = rule("2.1").text
        decision = decided(moderator, at, policies=["2.1"])
        changed = change(coordinator, "2.1", at, text="Geld vragen mag niet.")
        assert (changed.version, rule("2.1").text) == (2, "Geld vragen mag niet.")
        assert decision.statement.rules_as_they_were[0].text == before
        assert decision.grounds.get().policy_version == 1
        later = decided(moderator, at, policies=["2.1"])
        assert later.grounds.get().policy_version == 2
        assert Event.objects.get(kind="house_rule.changed").data == {"code": "2.1", "version": 2}

    def test_changes_nothing_when_it_says_that_already(self, coordinator: User, at: datetime) -> None:
        change(coordinator, "2.1", at)
        assert change(coordinator, "2.1", at).version == 2
        assert Event.objects.filter(kind="house_rule.changed").count() == 1

    def test_refuses_who_looked_at_an_older_version(self, coordinator: User, at: datetime) -> None:
        seen = version_of(rule("2.1"))
        change(coordinator, "2.1", at)
        with pytest.raises(ChangedMeanwhile):
            change_rule(
                actor=coordinator, rule_id=rule("2.1").pk, seen=seen, words=words(title="Anders"), at=at
            )
        assert rule("2.1").title == "Geen honden"

    def test_leaves_a_rule_for_every_outcome(self, coordinator: User, at: datetime) -> None:
        with pytest.raises(LastForOutcome) as refusal:
            change(coordinator, "1.5", at)  # the only one that allows to confirm under 16
        assert refusal.value.field == "outcomes"
        assert rule("1.5").version == 1

    def test_refuses_a_chapter_and_a_moderator(
        self, coordinator: User, moderator: User, at: datetime
    ) -> None:
        with pytest.raises(Policy.DoesNotExist):
            change(coordinator, "2", at)
        with pytest.raises(NotAllowed):
            change(moderator, "2.1", at)


class TestRetireRule:
    def test_takes_it_and_its_texts_off_the_desk_and_back(self, coordinator: User, at: datetime) -> None:
        StandardText(outcome=Outcome.HIDE, policy=rule("2.1"), title="Geld", body="Geld.").store(
            reason="new", at=at
        )
        for gone, deed in ((True, retire_rule), (False, restore_rule)):
            deed(actor=coordinator, rule_id=rule("2.1").pk, at=at)
            assert (rule("2.1") not in rules_offered([Outcome.HIDE])) == gone
            assert ("Geld" not in [text.title for text in texts_offered([Outcome.HIDE])]) == gone
        assert rule("2.1").version == 1
        assert list(Event.objects.order_by("id").values_list("kind", flat=True))[-2:] == [
            "house_rule.retired",
            "house_rule.restored",
        ]

    def test_refuses_the_last_one_for_an_outcome(self, coordinator: User, at: datetime) -> None:
        with pytest.raises(LastForOutcome):
            retire_rule(actor=coordinator, rule_id=rule("1.5").pk, at=at)
        assert rule("1.5").active

    def test_refuses_what_was_done_already_and_who_may_not(
        self, coordinator: User, moderator: User, at: datetime
    ) -> None:
        with pytest.raises(NotAllowed) as refusal:
            restore_rule(actor=coordinator, rule_id=rule("2.1").pk, at=at)
        assert refusal.value.code == "in_use"
        with pytest.raises(NotAllowed):
            retire_rule(actor=moderator, rule_id=rule("2.1").pk, at=at)


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def test_the_last_two_of_a_kind_never_go_together(self, coordinator: User, at: datetime) -> None:
        add_rule(
            actor=coordinator,
            chapter_id=rule("1").pk,
            words=words(outcomes=[Outcome.CONFIRM_UNDER_16]),
            at=at,
        )
        both = list(Policy.objects.filter(outcomes__contains=[Outcome.CONFIRM_UNDER_16]))
        assert len(both) == 2

        def gone(one: Policy) -> Any:
            return coordinator, lambda: retire_rule(actor=coordinator, rule_id=one.pk, at=at)

        got = sorted(type(one).__name__ for one in at_once(*map(gone, both)))
        assert got == ["LastForOutcome", "Policy"]
