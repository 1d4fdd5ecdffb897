"""Many records at once: a line in, a line out."""

import json
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from backoffice.audit.models import Event
from moderation.models import HelpRequest, Profile, Review
from tests.everything import everything
from tests.platforms import FULL_PROFILE, Platform, lines_of
from tests.wrong_values import FULL_REQUEST

pytestmark = pytest.mark.django_db

SITE = {"site": "wehelpen.nl"}


def profile_line(number: int = 1, revision: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "type": "profile", **SITE, "member_id": f"m-{number}", "revision": revision, **FULL_PROFILE, **fields,
    }  # fmt: skip


def request_line(number: int = 1, revision: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "type": "help_request", **SITE, "request_id": f"r-{number}", "revision": revision, **FULL_REQUEST,
        "member_id": f"m-{number}", **fields,
    }  # fmt: skip


def closed_line(number: int = 1, revision: int | None = None) -> dict[str, Any]:
    return {"type": "profile_closed", **SITE, "member_id": f"m-{number}", "revision": revision}


def removed_line(number: int = 1, revision: int | None = None) -> dict[str, Any]:
    return {"type": "help_request_removed", **SITE, "request_id": f"r-{number}", "revision": revision}


class TestPostRecords:
    def test_takes_every_kind_and_answers_each_in_order(self, platform: Platform) -> None:
        answers = lines_of(
            platform.records(
                [
                    profile_line(),
                    profile_line(),
                    request_line(),
                    profile_line(revision=0),
                    removed_line(revision=1),
                    request_line(2),
                    closed_line(2),
                    request_line(2),
                ]
            )
        )
        assert [(answer["line"], answer["status"], answer["result"]) for answer in answers] == [
            (1, 201, "created"), (2, 200, "unchanged"), (3, 201, "created"), (4, 200, "ignored"),
            (5, 200, "removed"), (6, 201, "created"), (7, 200, "removed"), (8, 200, "ignored"),
        ]  # fmt: skip
        assert answers[0]["review_id"] == str(Review.objects.get(profile__member_id="m-1").pk)
        assert (Profile.objects.count(), HelpRequest.objects.count()) == (1, 0)

    def test_does_the_same_as_one_at_a_time(self, platform: Platform) -> None:
        platform.profile(**FULL_PROFILE)
        platform.put("help-requests/wehelpen.nl/r-1", {**FULL_REQUEST, "revision": 1})
        platform.records([profile_line(2), request_line(2)])
        for kind, number in ((Profile, "member_id"), (HelpRequest, "request_id")):
            rows: list[dict[str, Any]] = list(kind._base_manager.order_by(number).values())  # type: ignore[arg-type]
            one, other = rows
            differ = {name for name in one if one[name] != other[name]}
            assert differ <= {"id", "member_id", "request_id", "first_received_at", "received_at"}
        first, second = Event.objects.filter(kind="record.received", subject_type="moderation.profile")
        assert first.data == second.data

    def test_a_line_that_is_refused_stops_no_other(self, platform: Platform) -> None:
        lines: list[Any] = [profile_line(number) for number in range(1200)]
        broken: dict[int, tuple[Any, int, str | None]] = {
            0: (b"{", 400, None),
            499: (profile_line(499, first_name=1), 422, "first_name"),
            500: (profile_line(500, site="nergens.nl"), 422, "site"),
            501: (profile_line(501, site="huppla.nl"), 403, None),
            777: (profile_line(777, birth_date="2015-01-01"), 422, "birth_date"),
            1199: (b"\xff\xfe", 400, None),
        }
        for place, (line, _status, _field) in broken.items():
            lines[place] = line
        answers = lines_of(platform.records(lines))
        assert [answer["line"] for answer in answers] == list(range(1, 1201))
        for place, answer in enumerate(answers):
            _line, status, field = broken.get(place, (None, 201, None))
            assert answer["status"] == status
            assert [error["field"] for error in answer.get("problem", {}).get("errors", [])] == (
                [field] if field else []
            )
        assert Profile.objects.count() == Review.objects.count() == 1200 - len(broken)

    @pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\n\n", b"\r\n \t\r\n"], ids=repr)
    @pytest.mark.parametrize("last", [True, False])
    def test_lines_may_end_in_several_ways_and_be_blank(
        self, platform: Platform, end: bytes, last: bool
    ) -> None:
        content = end.join(json.dumps(profile_line(number)).encode() for number in (1, 2))
        answers = lines_of(platform.records([content + (end if last else b"")]))
        second = 1 + end.count(b"\n")
        assert [(answer["line"], answer["status"]) for answer in answers] == [(1, 201), (second, 201)]

    def test_of_nothing_is_answered_with_nothing(self, platform: Platform) -> None:
        for content in (b"\n", b" \r\n\n"):
            answer = platform.send("post", "records", content, content_type="application/x-ndjson")
            assert (answer.status_code, answer.content) == (200, b"")

    def test_again_changes_nothing(self, platform: Platform) -> None:
        lines = [profile_line(), request_line(), closed_line(2, 3), removed_line(3)]
        platform.records(lines)
        before = everything()
        answers = lines_of(platform.records(lines))
        assert {answer["result"] for answer in answers} == {"unchanged"}
        assert everything() == before

    def test_needs_few_statements_whatever_the_number(
        self, platform: Platform, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_max_num_queries(45):
            platform.records([profile_line(number) for number in range(500)])


class TestTooMuch:
    def test_over_ten_thousand_lines_is_refused_whole(self, platform: Platform) -> None:
        before = everything()
        answer = platform.records([b"{}"] * 10_001)
        assert (answer.status_code, answer.json()["type"]) == (413, "urn:wehelpen:problem:too-many-lines")
        assert everything() == before

    def test_ten_thousand_lines_are_taken(self, platform: Platform) -> None:
        answers = lines_of(platform.records([b"{}"] * 10_000))
        assert {answer["status"] for answer in answers} == {422}
        assert len(answers) == 10_000

    def test_a_line_over_its_limit_is_refused_and_the_others_are_taken(self, platform: Platform) -> None:
        long = json.dumps(profile_line()).encode() + b" " * 1_000_000
        first, second = lines_of(platform.records([long, profile_line(2)]))
        assert (first["status"], first["problem"]["type"]) == (413, "urn:wehelpen:problem:too-large")
        assert second["status"] == 201

    def test_over_fifty_megabytes_is_refused_unread(self, platform: Platform) -> None:
        answer = platform.send(
            "post",
            "records",
            b"{}",
            content_type="application/x-ndjson",
            headers={"Content-Length": "50000001"},
        )
        assert answer.status_code == 413

    @pytest.mark.parametrize("content_type", ["application/json", "text/plain", "application/x-ndjson; a=b"])
    def test_of_another_type_is_refused(self, platform: Platform, content_type: str) -> None:
        assert platform.records([profile_line()], content_type=content_type).status_code == 415

    @pytest.mark.parametrize("content_type", ["application/x-ndjson; charset=UTF-8", "application/ndjson"])
    def test_its_own_types_are_taken(self, platform: Platform, content_type: str) -> None:
        assert platform.records([profile_line()], content_type=content_type).status_code == 200
