"""The rules that are switched on look through what comes in; the next text meets the next version."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from backoffice.staff.models import User
from backoffice.staff.system import INTAKE, SETUP, system_user
from moderation.choices import Outcome
from moderation.models import HelpRequest, Review, Rule, RuleVersion, Signal
from moderation.rules.library import default_rules, word_lists
from moderation.rules.rule import parse_rule
from moderation.selectors.rules import RuleFigures, figures_by_rule, figures_by_version, rules_at_work
from moderation.services import rule_defaults
from moderation.services.intake import receive_records
from moderation.services.leases import claim_review
from moderation.services.notes import dismiss_signal
from moderation.services.rule_defaults import take_in_default_rules
from moderation.services.signal_rules import switch_off_rule
from tests.intake.conftest import help_request
from tests.moderation.test_signal_rules import add, change, switch_on
from tests.moderation.test_statements import decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(setup_acts: User, at: datetime) -> Callable[[str], list[Signal]]:
    """Take in a new request, and return what was found in its text."""

    def sent(text: str) -> list[Signal]:
        number = HelpRequest.objects.count()
        record = help_request(f"r-{number}", text=text, member_id=f"m-{number}")
        receive_records(actor=system_user(INTAKE), records=[record], at=at)
        return list(Signal.objects.filter(review__help_request__request_id=f"r-{number}"))

    return sent


class TestWhatComesIn:
    def test_meets_the_version_in_use_and_keeps_what_was_found(
        self, coordinator: User, at: datetime, send: Callable[[str], list[Signal]]
    ) -> None:
        draft = add(coordinator, at)
        assert send("Mooie tulpen") == []
        rule = switch_on(coordinator, draft, at)
        (first,) = send("Mooie tulpen te geef")
        assert (first.code, first.rule_version, first.flag) == (rule.code, 1, "commercial")
        assert (first.start, first.end, first.params) == (6, 12, {"rule": "Biedt tulpen aan"})
        switch_on(coordinator, change(coordinator, rule, at, title="Tulpen!", patterns=["tul*"]), at)
        (second,) = send("Een tulband")
        assert (second.rule_version, second.params) == (2, {"rule": "Tulpen!"})
        first.refresh_from_db()
        assert (first.rule_version, first.params) == (1, {"rule": "Biedt tulpen aan"})
        switch_off_rule(actor=coordinator, rule_id=rule.pk, reason="Klaar.", at=at)
        assert send("Een tulp") == []

    def test_costs_one_query_more_however_many_texts_and_rules(
        self, coordinator: User, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        rules_at_work()
        with django_assert_num_queries(1):
            assert len(rules_at_work().rules) == len(default_rules())
        switch_on(coordinator, add(coordinator, at), at)
        with django_assert_num_queries(2):
            assert len(rules_at_work().rules) == len(default_rules()) + 1

    def test_goes_on_without_a_rule_that_can_no_longer_be_read(
        self, coordinator: User, at: datetime, send: Callable[[str], list[Signal]], monkeypatch: Any
    ) -> None:
        switch_on(coordinator, add(coordinator, at), at)
        lists = {**word_lists(), "bloem": ("roos",)}
        monkeypatch.setattr("moderation.services.signal_rules.word_lists", lambda: lists)
        monkeypatch.setattr("moderation.selectors.rules.word_lists", lambda: lists)
        switch_on(coordinator, add(coordinator, at, patterns=["{bloem}"]), at)
        monkeypatch.undo()
        assert [signal.code for signal in send("Een tulp en een roos")] == ["biedt_tulpen_aan"]


class TestFigures:
    def test_count_items_found_called_wrong_and_restricted(
        self,
        coordinator: User,
        moderator: User,
        at: datetime,
        send: Callable[[str], list[Signal]],
    ) -> None:
        rule = switch_on(coordinator, add(coordinator, at), at)
        wrong = send("tulpen, tulpen")
        claim_review(actor=moderator, review_id=wrong[0].review_id, at=at)
        for signal in wrong:
            dismiss_signal(actor=moderator, signal_id=signal.pk, at=at)
        decided_review = Review.objects.get(pk=send("tulpen hier")[0].review_id)
        decided(moderator, at, decided_review, outcome=Outcome.HIDE, policies=["2.2"])
        assert figures_by_rule(since=at)[rule.code] == RuleFigures(2, 1, 1)
        assert figures_by_version(rule, since=at) == {1: RuleFigures(2, 1, 1)}
        assert figures_by_rule(since=at + timedelta(seconds=1)) == {}


class TestDefaults:
    def test_are_at_work_in_a_new_house(self, setup_acts: User) -> None:
        assert {rule.code for rule in rules_at_work().rules} == {rule.code for rule in default_rules()}
        stored = {version.rule.code: version.given for version in RuleVersion.objects.all()}
        assert stored == {rule.code: rule.as_dict() for rule in default_rules()}

    def test_are_taken_in_once(self, setup_acts: User, at: datetime) -> None:
        before = list(Rule.objects.order_by("pk").values()), RuleVersion.objects.count()
        take_in_default_rules(actor=system_user(SETUP), at=at)
        assert (list(Rule.objects.order_by("pk").values()), RuleVersion.objects.count()) == before

    def test_of_a_later_program_change_nothing_that_people_changed(
        self, coordinator: User, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        used, changed, off, gone, *others = Rule.objects.order_by("code")
        ours = switch_on(coordinator, change(coordinator, changed, at), at).current
        switch_off_rule(actor=coordinator, rule_id=off.pk, reason="Niet nodig.", at=at)
        later = [
            parse_rule(said(rule) | {"title": "Beter"}, lists=word_lists()) for rule in (used, changed, off)
        ]
        later += [parse_rule(said(used) | {"code": "brand_new"}, lists=word_lists())]
        later += [rule for rule in default_rules() if rule.code in {other.code for other in others}]
        monkeypatch.setattr(rule_defaults, "default_rules", lambda: tuple(later))
        for _ in range(2):
            take_in_default_rules(actor=system_user(SETUP), at=at)
        for rule in (used, changed, off, gone):
            rule.refresh_from_db()
        assert (used.active, str(used), used.versions.count()) == (True, "Beter", 2)
        assert (changed.active, changed.current, changed.versions.count()) == (True, ours, 3)
        assert (off.active, off.versions.count(), off.reason) == (False, 2, "Niet nodig.")
        assert not gone.active
        assert Rule.objects.get(code="brand_new").active
        assert Rule.objects.filter(active=True).count() == len(others) + 3


def said(rule: Rule) -> dict[str, Any]:
    return rule.versions.get(number=1).given


class TestEvaluateRules:
    def test_judges_by_the_defaults_or_by_those_in_use(
        self, coordinator: User, at: datetime, tmp_path: Path
    ) -> None:
        switch_on(coordinator, add(coordinator, at), at)
        file, out = tmp_path / "texts.jsonl", tmp_path / "out.jsonl"
        file.write_text(json.dumps({"id": "T1", "text": "Mooie tulpen"}))
        flags = []
        for current in ([], ["--current"]):
            call_command("evaluate_rules", str(file), "--out", str(out), *current, stdout=StringIO())
            flags.append(json.loads(out.read_text())["flags"])
        assert flags == [[], ["commercial"]]
