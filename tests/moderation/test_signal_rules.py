"""Coordinators keep the signal rules: every change is a version, tried before it looks at anything."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from backoffice.audit.models import Event
from backoffice.staff.models import User
from backoffice.staff.policy import NotAllowed
from moderation.choices import Outcome
from moderation.models import Rule, RuleTrial, RuleVersion
from moderation.selectors.rule_trials import trial_report
from moderation.services.signal_rules import (
    RuleRefused,
    add_signal_rule,
    change_signal_rule,
    switch_off_rule,
    switch_on_version,
    try_version,
)
from tests.barrier import at_once
from tests.factories import HelpRequestFactory, ProfileFactory, ReviewFactory
from tests.moderation.test_statements import decided

pytestmark = pytest.mark.django_db


def tulips(**changed: Any) -> dict[str, Any]:
    given = {"title": "Biedt tulpen aan", "flag": "commercial", "severity": 2, "patterns": ["tulp|tulpen"]}
    return {**given, "house_rule": "2.2", **changed}


def add(actor: User, at: datetime, **changed: Any) -> RuleVersion:
    return add_signal_rule(actor=actor, given=tulips(**changed), why="Er zijn er veel.", at=at)


def change(actor: User, rule: Rule, at: datetime, **changed: Any) -> RuleVersion:
    return change_signal_rule(
        actor=actor, rule_id=rule.pk, given=tulips(**changed), why="Te veel gevonden.", at=at
    )


def switch_on(actor: User, version: RuleVersion, at: datetime) -> Rule:
    return switch_on_version(actor=actor, version_id=version.pk, reason="Werkt goed.", at=at)


@pytest.fixture
def rule(coordinator: User, at: datetime) -> Rule:
    """A rule that is on, in its first version."""
    return switch_on(coordinator, add(coordinator, at), at)


class TestAddSignalRule:
    def test_writes_a_draft_that_looks_for_nothing_yet(self, coordinator: User, at: datetime) -> None:
        version = add(coordinator, at)
        rule = version.rule
        assert (rule.code, rule.current, rule.active) == ("biedt_tulpen_aan", None, False)
        assert (version.number, version.points, version.why) == (1, 30, "Er zijn er veel.")
        assert version.house_rule is not None
        assert version.house_rule.code == "2.2"
        kinds = Event.objects.filter(subject_id=str(rule.pk)).order_by("id").values_list("kind", flat=True)
        assert list(kinds) == ["signal_rule.drafted", "signal_rule.tried"]

    def test_gives_no_code_twice(self, coordinator: User, at: datetime) -> None:
        codes = [add(coordinator, at).rule.code, add(coordinator, at).rule.code]
        assert codes == ["biedt_tulpen_aan", "biedt_tulpen_aan_2"]
        assert add(coordinator, at, title="Link").rule.code == "link_2"  # a detector has that
        assert add(coordinator, at, title="Lone child").rule.code == "lone_child_2"  # and a scale that
        assert add(coordinator, at, title="06 gezien").rule.code == "rule_06_gezien"

    @pytest.mark.parametrize(
        ("broken", "field"),
        [
            ({"title": " "}, "title"),
            ({"patterns": ["a* ..25 b* ..25 c*"] * 400}, "patterns"),  # slow
            ({"patterns": [], "expressions": [f"[a-z ].{{{n}}}q" for n in range(800, 930)]}, "expressions"),
            ({"title": "a" * 121}, "title"),
            ({"flag": "flowers"}, "flag"),
            ({"severity": 4}, "severity"),
            ({"points": 1001}, "points"),
            ({"house_rule": "9.9"}, "house_rule"),
            ({"house_rule": "2"}, "house_rule"),
            ({"patterns": []}, "patterns"),
            ({"patterns": ["(tulp"]}, "patterns"),
            ({"patterns": ["..3"]}, "patterns"),
            ({"patterns": ["tulp\x00"]}, "patterns"),
            ({"patterns": ["tul\u200bp"]}, "patterns"),
            ({"patterns": ["tulp " * 300]}, "patterns"),
            ({"patterns": ["tulp"] * 401}, "patterns"),
            ({"unless": ["{bloem}"]}, "unless"),
            ({"expressions": ["(a"]}, "expressions"),
            ({"expressions": ["a*"]}, "expressions"),
            ({"expressions": ["(?=a)b"]}, "expressions"),
            ({"at_least": 2}, "at_least"),
            ({"kinds": ["letter"]}, "kinds"),
            ({"colour": "red"}, "colour"),
        ],
    )
    def test_refuses_what_cannot_be_looked_for_and_names_the_field(
        self, coordinator: User, at: datetime, broken: dict[str, Any], field: str
    ) -> None:
        before = (Rule.objects.count(), RuleVersion.objects.count(), Event.objects.count())
        with pytest.raises(RuleRefused) as refusal:
            add(coordinator, at, **broken)
        assert refusal.value.field == field
        assert (Rule.objects.count(), RuleVersion.objects.count(), Event.objects.count()) == before

    @pytest.mark.parametrize("why", ["", " \n", "a" * 1001, "a\x00"])
    def test_wants_to_know_why(self, coordinator: User, at: datetime, why: str) -> None:
        with pytest.raises(RuleRefused) as refusal:
            add_signal_rule(actor=coordinator, given=tulips(), why=why, at=at)
        assert refusal.value.field == "why"

    def test_refuses_a_moderator(self, moderator: User, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            add(moderator, at)


class TestChangeSignalRule:
    def test_leaves_what_is_in_use(self, coordinator: User, rule: Rule, at: datetime) -> None:
        draft = change(coordinator, rule, at, unless=["geen tulpen"])
        rule.refresh_from_db()
        assert (draft.number, draft.given["unless"]) == (2, ["geen tulpen"])
        assert (rule.current_id != draft.pk, rule.active) == (True, True)

    def test_tries_what_was_written_before_once_more(
        self, coordinator: User, rule: Rule, at: datetime
    ) -> None:
        first = change(coordinator, rule, at, severity=3)
        again = change(coordinator, rule, at, severity=3)
        assert (again, again.trials.count()) == (first, 2)

    def test_says_that_nothing_differs(self, coordinator: User, rule: Rule, at: datetime) -> None:
        with pytest.raises(RuleRefused):
            change(coordinator, rule, at)
        assert rule.versions.count() == 1

    def test_refuses_a_moderator_and_half_a_rule(
        self, coordinator: User, moderator: User, rule: Rule, at: datetime
    ) -> None:
        with pytest.raises(NotAllowed):
            change(moderator, rule, at, severity=3)
        with pytest.raises(RuleRefused) as refusal:
            change(coordinator, rule, at, near=["tulp|"])
        assert refusal.value.field == "near"
        assert rule.versions.count() == 1


class TestTrying:
    def test_shows_beside_the_version_in_use_what_would_come_and_go(
        self, coordinator: User, moderator: User, rule: Rule, at: datetime
    ) -> None:
        def text(words: str, outcome: Outcome | None = None, policy: str = "2.2") -> str:
            request = HelpRequestFactory(text=words, title="Vraag", keywords=[])
            if outcome:
                review = ReviewFactory(help_request=request)
                grounds = [] if outcome == Outcome.APPROVE else [policy]
                decided(moderator, at, review, outcome=outcome, policies=grounds)
            return str(request.pk)

        only_before = text("Geen tulpen meer", Outcome.APPROVE)
        both = text("Mooie tulpen", Outcome.HIDE)
        only_after = text("Twee narcissen", Outcome.HIDE)
        ProfileFactory(about="Ik houd van tulpen en narcissen.")
        missed = text("Rozen te koop", Outcome.HIDE)
        text("Scheldwoord", Outcome.HIDE, policy="3.1")  # another house rule: not missed by this rule
        text("Narcissen, sukkel", Outcome.HIDE, policy="3.1")
        text("Wie wandelt er mee?")
        draft = change(coordinator, rule, at, patterns=["tulp|tulpen", "narcis*"], unless=["geen tulpen"])
        report = trial_report(draft.trials.get())
        assert (report.trial.texts, report.trial.against_id) == (8, rule.current_id)
        counts = [
            (group.count, group.restricted, group.otherwise, group.approved, group.undecided)
            for group in (
                report.before,
                report.after,
                report.newly,
                report.gone,
                report.same,
                report.missed,
                report.missed_before,
            )
        ]
        assert counts == [
            (3, 1, 0, 1, 1),
            (4, 2, 1, 0, 1),
            (2, 1, 1, 0, 0),
            (1, 0, 0, 1, 0),
            (2, 1, 0, 0, 1),
            (1, 1, 0, 0, 0),
            (2, 2, 0, 0, 0),
        ]
        shown = {
            str(one.subject.pk): (marked(one.before), marked(one.after))
            for group in (report.newly, report.gone, report.same, report.missed)
            for one in group.texts
            if one.subject
        }
        assert shown[only_before] == (["tulpen"], [])
        assert shown[only_after] == ([], ["narcissen"])
        assert shown[both] == (["tulpen"], ["tulpen"])
        assert shown[missed] == ([], [])
        event = Event.objects.filter(kind="signal_rule.tried").latest("id")
        assert {name: event.data[name] for name in ("version", "against", "newly", "gone")} == {
            "version": 2,
            "against": 1,
            "newly": 2,
            "gone": 1,
        }

    def test_keeps_no_word_of_a_text_and_shows_none_that_changed(
        self, coordinator: User, rule: Rule, at: datetime
    ) -> None:
        profile = ProfileFactory(about="Geheime tulpen")
        draft = change(coordinator, rule, at, severity=3)
        trial = draft.trials.get()
        assert trial.found == [
            {
                "kind": "profile",
                "subject": str(profile.pk),
                "version": 1,
                "before": [["about", 8, 14]],
                "after": [["about", 8, 14]],
                "said": "",
            }
        ]
        profile.about, profile.version = "Wij samen", 2
        profile.store(reason="received", at=at, fields=["about", "version"])
        (shown,) = trial_report(trial).same.texts
        assert (shown.subject, shown.after) == (None, [])

    def test_looks_at_the_last_thousand(
        self, coordinator: User, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("moderation.selectors.rule_trials.TEXTS", 2)
        for days in range(3):
            HelpRequestFactory(text=f"tulpen {days}", received_at=at - timedelta(days=days))
        ProfileFactory(about="", received_at=at)
        report = trial_report(add(coordinator, at).trials.get())
        assert [str(one.subject and one.subject.text) for one in report.newly.texts] == [  # type: ignore[union-attr]
            "tulpen 0",
            "tulpen 1",
        ]

    def test_refuses_the_version_in_use_and_a_moderator(
        self, coordinator: User, moderator: User, rule: Rule, at: datetime
    ) -> None:
        assert rule.current
        with pytest.raises(NotAllowed) as refusal:
            try_version(actor=coordinator, version_id=rule.current.pk, at=at)
        assert refusal.value.code == "in_use"
        draft = change(coordinator, rule, at, severity=3)
        with pytest.raises(NotAllowed):
            try_version(actor=moderator, version_id=draft.pk, at=at)


def marked(excerpts: Any) -> list[str]:
    return [piece.text for excerpt in excerpts for piece in excerpt.pieces if piece.signals]


class TestSwitching:
    def test_on_says_who_and_why(self, coordinator: User, at: datetime) -> None:
        draft = add(coordinator, at)
        rule = switch_on(coordinator, draft, at)
        rule.refresh_from_db()
        assert (rule.current, rule.active, rule.reason) == (draft, True, "Werkt goed.")
        version = rule.history.latest()
        assert (version.history_user_id, version.history_change_reason) == (coordinator.pk, "switched_on")
        event = Event.objects.get(kind="signal_rule.switched_on")
        assert (event.actor, event.data) == (coordinator, {"code": rule.code, "version": 1})

    def test_on_takes_a_trial_beside_what_is_in_use_now(
        self, coordinator: User, rule: Rule, at: datetime
    ) -> None:
        one = change(coordinator, rule, at, severity=1)
        other = change(coordinator, rule, at, severity=3)
        switch_on(coordinator, one, at)
        with pytest.raises(NotAllowed) as refusal:
            switch_on(coordinator, other, at)
        assert refusal.value.code == "other_in_use"
        try_version(actor=coordinator, version_id=other.pk, at=at)
        assert switch_on(coordinator, other, at).current == other

    def test_on_is_refused_to_what_was_never_tried(self, coordinator: User, rule: Rule, at: datetime) -> None:
        assert rule.current
        untried = RuleVersion.objects.get(pk=rule.current.pk)
        untried.pk, untried.number = None, 2
        untried.save(force_insert=True)
        with pytest.raises(NotAllowed) as refusal:
            switch_on(coordinator, untried, at)
        assert refusal.value.code == "not_tried"

    def test_on_is_refused_to_what_would_keep_texts_waiting(
        self, coordinator: User, rule: Rule, at: datetime
    ) -> None:
        draft = change(coordinator, rule, at, severity=3)
        RuleTrial.objects.create(
            version=draft,
            against=rule.current,
            tried_by=coordinator,
            tried_at=at + timedelta(seconds=1),
            texts=1000,
            milliseconds=2001,
        )
        with pytest.raises(NotAllowed) as refusal:
            switch_on(coordinator, draft, at)
        assert refusal.value.code == "slow"

    def test_on_and_trying_are_refused_to_what_can_no_longer_be_read(
        self, coordinator: User, rule: Rule, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        draft = change(coordinator, rule, at, severity=3)
        monkeypatch.setattr("moderation.services.signal_rules.compile_version", lambda _version: None)
        with pytest.raises(RuleRefused):
            try_version(actor=coordinator, version_id=draft.pk, at=at)
        with pytest.raises(RuleRefused):
            switch_on(coordinator, draft, at)

    def test_goes_back_to_an_earlier_version(self, coordinator: User, rule: Rule, at: datetime) -> None:
        first = rule.current
        assert first
        switch_on(coordinator, change(coordinator, rule, at, severity=3), at)
        try_version(actor=coordinator, version_id=first.pk, at=at)
        assert switch_on(coordinator, first, at).current == first
        assert rule.versions.count() == 2

    def test_off_and_on_again(self, coordinator: User, rule: Rule, at: datetime) -> None:
        off = switch_off_rule(actor=coordinator, rule_id=rule.pk, reason="Vindt te veel.", at=at)
        assert (off.active, off.reason) == (False, "Vindt te veel.")
        assert Event.objects.filter(kind="signal_rule.switched_off", data={"code": rule.code}).exists()
        with pytest.raises(NotAllowed) as refusal:
            switch_off_rule(actor=coordinator, rule_id=rule.pk, reason="Nog eens.", at=at)
        assert refusal.value.code == "out_of_use"
        assert rule.current
        try_version(actor=coordinator, version_id=rule.current.pk, at=at)
        assert RuleTrial.objects.latest("id").against is None
        assert switch_on(coordinator, rule.current, at).active

    def test_wants_a_reason_and_a_coordinator(
        self, coordinator: User, moderator: User, rule: Rule, at: datetime
    ) -> None:
        draft = change(coordinator, rule, at, severity=3)
        with pytest.raises(RuleRefused) as refusal:
            switch_on_version(actor=coordinator, version_id=draft.pk, reason=" ", at=at)
        assert refusal.value.field == "reason"
        with pytest.raises(RuleRefused):
            switch_off_rule(actor=coordinator, rule_id=rule.pk, reason="", at=at)
        with pytest.raises(NotAllowed):
            switch_on(moderator, draft, at)
        with pytest.raises(NotAllowed):
            switch_off_rule(actor=moderator, rule_id=rule.pk, reason="Zomaar.", at=at)


class TestVersions:
    def test_and_their_trials_are_never_changed(self, coordinator: User, rule: Rule, at: datetime) -> None:
        version = rule.current
        assert version
        for row in (version, version.trials.get()):
            with pytest.raises(DatabaseError, match="stays as it was"), transaction.atomic():
                row.save()
            with pytest.raises(DatabaseError, match="stays as it was"), transaction.atomic():
                type(row)._base_manager.filter(pk=row.pk)._raw_delete("default")


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def test_one_of_two_drafts_is_switched_on_and_the_other_is_told(
        self, coordinator: User, at: datetime
    ) -> None:
        rule = switch_on(coordinator, add(coordinator, at), at)
        drafts = [change(coordinator, rule, at, severity=severity) for severity in (1, 3)]

        def on(draft: RuleVersion) -> Any:
            return coordinator, lambda: switch_on(coordinator, draft, at)

        got = at_once(*map(on, drafts))
        assert sorted(type(one).__name__ for one in got) == ["NotAllowed", "Rule"]
        (refusal,) = (one for one in got if isinstance(one, NotAllowed))
        assert refusal.code == "other_in_use"
        rule.refresh_from_db()
        (won,) = (one for one in got if isinstance(one, Rule))
        assert rule.current_id == won.current_id
