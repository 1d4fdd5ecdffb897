"""`manage.py export_transparency`: a file of statements of reasons, with nobody in it."""

import json
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from backoffice.audit.models import Event
from backoffice.staff.models import User
from backoffice.staff.system import DELIVERY, system_user
from moderation.choices import Outcome
from moderation.models import Decision, Policy, Statement
from moderation.services.decisions import decide_review, finalise_due, undo_decision
from moderation.services.leases import claim_review
from tests.factories import HelpRequestFactory, ProfileFactory, ReviewFactory

pytestmark = pytest.mark.django_db


def hidden(actor: User, at: datetime, **rule: Any) -> Decision:
    profile = ProfileFactory(first_name="Fatima", last_name="Huisregel")
    review = ReviewFactory(help_request=HelpRequestFactory(member_id=profile.member_id), opened_at=at)
    claim_review(actor=actor, review_id=review.pk, at=at)
    return decide_review(
        actor=actor,
        review_id=review.pk,
        epoch=1,
        version=1,
        outcome=Outcome.HIDE,
        policies=["2.1"],
        reason="geld",
        at=at,
    )


def finalise(at: datetime) -> None:
    finalise_due(actor=system_user(DELIVERY), at=at + timedelta(minutes=2))


def export(file: Path, first: str = "2026-11-17", last: str = "2026-11-17") -> list[dict[str, Any]]:
    call_command("export_transparency", f"--from={first}", f"--to={last}", file, stdout=StringIO())
    return [json.loads(line) for line in file.read_text().splitlines()]


class TestExport:
    def test_holds_what_became_final_in_those_days(
        self, moderator: User, at: datetime, tmp_path: Path
    ) -> None:
        days = [at - timedelta(days=1), at, at + timedelta(hours=10), at + timedelta(days=1)]
        decisions = [hidden(moderator, day) for day in days]
        for day in days:
            finalise(day)
        found = export(tmp_path / "x.jsonl")
        assert [record["puid"] for record in found] == [str(one.statement.pk) for one in decisions[1:3]]

    def test_leaves_out_what_was_undone_or_can_still_be(
        self, moderator: User, at: datetime, tmp_path: Path
    ) -> None:
        undo_decision(actor=moderator, decision_id=hidden(moderator, at).pk, at=at)
        finalise(at)
        hidden(moderator, at)
        assert export(tmp_path / "x.jsonl") == []

    def test_names_nobody(self, moderator: User, at: datetime, tmp_path: Path) -> None:
        rule = Policy.objects.get(code="2.1")
        rule.text = "Ook Fatima niet. Bel 06-12345678 of mail fatima@voorbeeld.nl."
        rule.store(reason="changed", at=at, fields=["text"])
        hidden(moderator, at)
        finalise(at)
        (record,) = export(tmp_path / "x.jsonl")
        said = json.dumps(record)
        assert not any(part in said for part in ("Fatima", "12345678", "voorbeeld.nl", "m-"))

    def test_writes_down_that_it_was_made(self, moderator: User, at: datetime, tmp_path: Path) -> None:
        hidden(moderator, at)
        finalise(at)
        export(tmp_path / "x.jsonl", last="2026-11-18")
        event = Event.objects.get(kind="statements.exported")
        assert event.data == {"first": "2026-11-17", "last": "2026-11-18", "written": 1, "refused": 0}

    def test_names_what_would_be_refused_and_writes_the_rest(
        self, moderator: User, at: datetime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        bad = hidden(moderator, at).statement
        hidden(moderator, at)
        finalise(at)
        bad.content_language = "??"
        bad.store(reason="broken", at=at, fields=["content_language"])
        told = StringIO()
        with pytest.raises(CommandError, match="refused"):
            call_command(
                "export_transparency",
                "--from=2026-11-17",
                "--to=2026-11-17",
                tmp_path / "x.jsonl",
                stdout=StringIO(),
                stderr=told,
            )
        assert told.getvalue() == f"{bad.pk} content_language: not_allowed\n"
        (record,) = map(json.loads, (tmp_path / "x.jsonl").read_text().splitlines())
        assert record["puid"] == str(Statement.objects.exclude(pk=bad.pk).get().pk)

    @pytest.mark.parametrize(
        ("first", "last"), [("2026-11-18", "2026-11-17"), ("gisteren", "2026-11-17"), ("2026-11-17", "")]
    )
    def test_refuses_days_that_do_not_fit(
        self, setup_acts: User, tmp_path: Path, first: str, last: str
    ) -> None:
        file = tmp_path / "x.jsonl"
        file.write_text("eerder\n")
        with pytest.raises(CommandError, match=r"da[gy]"):
            export(file, first=first, last=last)
        assert [path.name for path in tmp_path.iterdir()] == ["x.jsonl"]
        assert file.read_text() == "eerder\n"

    def test_says_when_the_file_cannot_be_written(self, setup_acts: User, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="cannot write"):
            export(tmp_path / "nowhere" / "x.jsonl")
