"""`manage.py import_records`: the same as the API, from a file."""

import io
import json
import os
import re
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from backoffice.audit.models import Event
from backoffice.staff.system import INTAKE, system_user
from moderation.api import batches
from moderation.models import HelpRequest, Profile, Review
from tests.everything import everything
from tests.outside import manage
from tests.platforms import FULL_PROFILE, Platform, lines_of
from tests.wrong_values import FULL_REQUEST

SITE = {"site": "wehelpen.nl"}


def profile_line(number: int = 1, revision: int = 1, **fields: Any) -> dict[str, Any]:
    who = {"type": "profile", "member_id": f"m-{number}", "revision": revision}
    return {**who, **SITE, **FULL_PROFILE, **fields}


def request_line(number: int = 1, revision: int = 1, **fields: Any) -> dict[str, Any]:
    what = {"type": "help_request", "request_id": f"r-{number}", "revision": revision}
    return {**what, **SITE, **FULL_REQUEST, "member_id": f"m-{number}", **fields}


def content_of(*lines: Any) -> bytes:
    return b"".join(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines)


@pytest.fixture
def run(tmp_path: Path, setup_acts: object) -> Callable[..., tuple[str, str, str]]:
    """Import lines from a file; return what was said, on which stream, and why it failed."""

    def imported(*lines: Any) -> tuple[str, str, str]:
        file = tmp_path / "records.ndjson"
        file.write_bytes(content_of(*lines))
        said, complained, failed = io.StringIO(), io.StringIO(), ""
        try:
            call_command("import_records", str(file), stdout=said, stderr=complained)
        except CommandError as error:
            failed = str(error)
        return said.getvalue().strip(), complained.getvalue().strip(), failed

    return imported


@pytest.mark.django_db
class TestAFile:
    def test_ends_as_the_api_would_have_it(
        self, run: Callable[..., tuple[str, str, str]], platform: Platform
    ) -> None:
        lines = [
            profile_line(), request_line(), profile_line(2), profile_line(2), request_line(3),
            {"type": "profile_closed", "member_id": "m-2", **SITE},
            {"type": "help_request_removed", "request_id": "r-3", "revision": 2, **SITE},
            profile_line(2, 9),
        ]  # fmt: skip
        elsewhere = [line | {"site": "zwolle.wehelpen.nl"} for line in lines]
        assert run(*elsewhere) == ("created: 4, ignored: 1, removed: 2, unchanged: 1", "", "")
        answers = lines_of(platform.records(lines))
        assert [answer["result"] for answer in answers] == [
            "created", "created", "created", "unchanged", "created", "removed", "removed", "ignored",
        ]  # fmt: skip
        assert self.state("wehelpen.nl") == self.state("zwolle.wehelpen.nl")

    @staticmethod
    def state(site: str) -> list[Any]:
        profiles = Profile.objects.filter(site=site).order_by("member_id")
        requests = HelpRequest.objects.filter(site=site).order_by("request_id")
        reviews = Review.objects.filter(site=site).order_by("opened_at", "subject_kind", "member_id")
        return [
            list(profiles.values_list("member_id", "revision", "version", "first_name", "about")),
            list(requests.values_list("request_id", "member_id", "revision", "title")),
            list(reviews.values_list("subject_kind", "member_id", "state", "revision", "version")),
        ]

    def test_may_hold_every_site(self, run: Callable[..., tuple[str, str, str]]) -> None:
        said, _complained, failed = run(
            profile_line(), profile_line(site="huppla.nl"), profile_line(site="Zwolle.wehelpen.nl")
        )
        assert (said, failed) == ("created: 3", "")
        assert set(Profile.objects.values_list("site", flat=True)) == {
            "wehelpen.nl", "huppla.nl", "zwolle.wehelpen.nl",
        }  # fmt: skip

    def test_says_which_line_and_which_field_and_takes_the_others(
        self, run: Callable[..., tuple[str, str, str]]
    ) -> None:
        said, complained, failed = run(
            profile_line(),
            b"\n \r\n",
            b"{\n",
            profile_line(2, first_name=1, email="kanarie"),
            profile_line(3, site="kanarie.nl"),
            profile_line(4, birth_date="2015-01-01"),
            b"\xff\xfe\n",
            profile_line(5, about="a" * 1_100_000),
            profile_line(6),
            json.dumps(profile_line(7)).encode(),
        )
        assert said == "created: 3, refused: 6"
        assert failed == "6 lines were refused; the others were taken in"
        about = [re.sub(r"(line \d+: \w+).*", r"\1", line) for line in complained.splitlines()]
        assert about == [
            "line 4: The", "line 5: first_name", "line 6: site", "line 7: birth_date", "line 8: The",
            "line 9: At",
        ]  # fmt: skip
        assert "email: This is not an e-mail address." in complained
        assert "kanarie" not in complained
        assert sorted(Profile.objects.values_list("member_id", flat=True)) == ["m-1", "m-6", "m-7"]

    def test_again_changes_nothing(self, run: Callable[..., tuple[str, str, str]]) -> None:
        run(profile_line(), request_line())
        before = everything()
        assert run(profile_line(), request_line()) == ("unchanged: 2", "", "")
        assert everything() == before

    def test_of_nothing_is_nothing(self, run: Callable[..., tuple[str, str, str]]) -> None:
        assert run() == ("nothing", "", "")
        assert run(b"\n\r\n") == ("nothing", "", "")

    def test_acts_as_the_intake_in_one_run(self, run: Callable[..., tuple[str, str, str]]) -> None:
        run(profile_line(), profile_line(2))
        (event,) = set(Event.objects.filter(kind="record.received").values_list("actor_id", "run_id"))
        assert event[0] == system_user(INTAKE).pk
        assert re.fullmatch(r"[0-9a-f]{32}", event[1])

    def test_stops_also_when_python_dropped_the_interrupt(
        self, setup_acts: object, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Cleaned:
            def __del__(self) -> None:
                signal.raise_signal(signal.SIGINT)

        class Piped(io.BytesIO):
            def readline(self, size: int | None = -1, /) -> bytes:
                if self.tell():
                    Cleaned()
                return super().readline(size)

        lost: list[str] = []
        monkeypatch.setattr(sys, "unraisablehook", lambda dropped: lost.append(dropped.exc_type.__name__))
        monkeypatch.setattr(batches, "BATCH", 1)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Piped(content_of(*map(profile_line, range(3))))))
        with pytest.raises(CommandError, match=r"^stopped \(created: 1\); run it again"):
            call_command("import_records", "-", stderr=io.StringIO())
        assert lost == ["KeyboardInterrupt"]
        assert Profile.objects.count() == 1
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler

    @pytest.mark.parametrize("name", ["is-er-niet.ndjson", "."])
    def test_that_cannot_be_read_is_said(self, setup_acts: object, tmp_path: Path, name: str) -> None:
        with pytest.raises(CommandError, match="cannot read the file"):
            call_command("import_records", str(tmp_path / name))


@pytest.mark.django_db(transaction=True)
class TestAProcess:
    def test_reads_what_is_piped_in_and_ends_well(self, setup_acts: object, tmp_path: Path) -> None:
        process = manage("import_records", "-", folder=tmp_path)
        said, complained = process.communicate(content_of(profile_line(), request_line()), timeout=120)
        assert (process.returncode, said) == (0, b"created: 2\n"), complained

    def test_ends_badly_when_a_line_was_refused(self, setup_acts: object, tmp_path: Path) -> None:
        process = manage("import_records", "-", folder=tmp_path)
        said, complained = process.communicate(content_of(profile_line(), b"{}\n"), timeout=120)
        assert (process.returncode, said) == (1, b"created: 1, refused: 1\n")
        assert b"line 2: type: This field is required." in complained
        assert b"Traceback" not in complained

    def test_shows_somebody_who_watches_how_far_it_is(self, setup_acts: object, tmp_path: Path) -> None:
        file = tmp_path / "records.ndjson"
        file.write_bytes(content_of(profile_line()))
        ours, theirs = os.openpty()
        process = manage("import_records", str(file), folder=tmp_path, stderr=theirs)
        process.communicate(timeout=120)
        assert b"100%" in os.read(ours, 100_000)
        os.close(ours)
        os.close(theirs)

    @pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
    def test_stopped_halfway_is_finished_by_running_it_again(
        self, setup_acts: object, tmp_path: Path, how: signal.Signals
    ) -> None:
        lines = [profile_line(number) for number in range(1200)]
        process = manage("import_records", "-", folder=tmp_path)
        assert process.stdin is not None
        process.stdin.write(content_of(*lines[:700]))
        process.stdin.flush()
        self.wait_for_the_first_batch()
        process.send_signal(how)
        _said, complained = process.communicate(timeout=120)
        assert Profile.objects.count() == Review.objects.count() == 500
        if how == signal.SIGINT:
            assert process.returncode == 130
            assert b"run it again" in complained
            assert b"Traceback" not in complained
        file = tmp_path / "records.ndjson"
        file.write_bytes(content_of(*lines))
        said = io.StringIO()
        call_command("import_records", str(file), stdout=said, stderr=io.StringIO())
        assert said.getvalue() == "created: 700, unchanged: 500\n"
        assert Profile.objects.count() == Profile.history.count() == Review.objects.count() == 1200

    @staticmethod
    def wait_for_the_first_batch() -> None:
        until = time.monotonic() + 60
        while not Profile.objects.exists():
            assert time.monotonic() < until, "nothing was taken in"
