"""What does not fit is refused whole: the field is named, no value is repeated, nothing has changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.everything import everything
from tests.platforms import FULL_PROFILE, Platform, lines_of
from tests.wrong_values import FULL_REQUEST, OF_PROFILES, OF_REQUESTS, WRONG

pytestmark = pytest.mark.django_db

SITE = "wehelpen.nl"
MEMBER, REQUEST = f"profiles/{SITE}/m-1", f"help-requests/{SITE}/r-1"
PROBLEM = "application/problem+json"
CANARY = "kanariepiet"


@pytest.fixture(autouse=True)
def nothing_changes(platform: Platform, media: Path) -> Iterator[None]:
    """A member with a request is here before, and as they were after."""
    platform.profile(**FULL_PROFILE)
    platform.help_request()
    before = everything()
    yield
    assert everything() == before


def refused(answer: Any, *, status: int, field: str | None = None) -> dict[str, Any]:
    """The problem in an answer, which must have that status and be about that field."""
    assert answer.status_code == status, (answer.status_code, answer.content[:500])
    assert answer.headers["Content-Type"] == PROBLEM
    told: dict[str, Any] = answer.json()
    assert told["status"] == status
    assert told["detail"]
    assert CANARY not in answer.content.decode()
    if field is not None:
        assert [error["field"] for error in told["errors"]] == [field], told
        assert all(error["message"] and error["code"] for error in told["errors"])
    return told


class TestAValueThatDoesNotFit:
    @pytest.mark.parametrize(("field", "kind"), OF_PROFILES.items())
    def test_of_a_profile_is_named(self, platform: Platform, field: str, kind: str) -> None:
        for value in WRONG[kind]:
            body = {**FULL_PROFILE, "revision": 2, field: value}
            refused(platform.put(MEMBER, body), status=422, field=field)

    @pytest.mark.parametrize(("field", "kind"), OF_REQUESTS.items())
    def test_of_a_request_is_named(self, platform: Platform, field: str, kind: str) -> None:
        for value in WRONG[kind]:
            body = {**FULL_REQUEST, "revision": 2, field: value}
            refused(platform.put(REQUEST, body), status=422, field=field)

    def test_is_named_in_a_line_too(self, platform: Platform) -> None:
        wrong = [
            (field, {**body, "revision": 2, field: value})
            for body, fields in (
                ({"type": "profile", "site": SITE, "member_id": "m-1", **FULL_PROFILE}, OF_PROFILES),
                ({"type": "help_request", "site": SITE, "request_id": "r-1", **FULL_REQUEST}, OF_REQUESTS),
            )
            for field, kind in fields.items()
            for value in WRONG[kind]
            if len(str(value)) < 20_000  # longer ones were tried one by one
        ]
        answers = lines_of(platform.records([line for _field, line in wrong]))
        assert [answer["line"] for answer in answers] == list(range(1, len(wrong) + 1))
        for (field, _line), answer in zip(wrong, answers, strict=True):
            assert answer["status"] == answer["problem"]["status"] == 422
            assert [error["field"] for error in answer["problem"]["errors"]] == [field]

    def test_is_named_with_all_others(self, platform: Platform) -> None:
        told = refused(
            platform.put(
                MEMBER, {"first_name": 1, "email": "x", "keywords": [2], "birth_date": "3", "zz": 4}
            ),
            status=422,
        )
        assert {error["field"] for error in told["errors"]} == {
            "revision", "first_name", "email", "keywords", "birth_date", "zz",
        }  # fmt: skip

    def test_is_not_repeated_and_nor_is_a_name_that_may_be_a_person(self, platform: Platform) -> None:
        body = {**FULL_PROFILE, "revision": f"{CANARY}", "email": f"{CANARY}@", "place": f"{CANARY}\u202e"}
        told = refused(platform.put(MEMBER, {**body, f"Tante {CANARY}": 1}), status=422)
        assert {error["field"] for error in told["errors"]} == {"revision", "email", "place", ""}

    def test_of_many_names_some(self, platform: Platform) -> None:
        many = {f"field_{number}": number for number in range(40_000)}
        told = refused(platform.put(MEMBER, {"revision": 2, **many}), status=422)
        assert len(told["errors"]) == 50


class TestWhatIsNoJson:
    @pytest.mark.parametrize(
        "content",
        [
            pytest.param(b" ", id="blank"),
            pytest.param(b'{"revision": 2', id="unfinished"),
            pytest.param(b'{"revision": 2} x', id="more behind it"),
            pytest.param(b'{"revision": 2}{"revision": 3}', id="two"),
            pytest.param(b'{"revision": 2,}', id="comma"),
            pytest.param(b"{'revision': 2}", id="quotes"),
            pytest.param(b'{"revision": 2 /* twee */}', id="comment"),
            pytest.param(b'{"revision": 02}', id="leading zero"),
            pytest.param(b'{"revision": ' + b"9" * 5000 + b"}", id="5000 digits"),
            pytest.param(b'{"revision": 2, "via_facebook": {"age": NaN}}', id="NaN"),
            pytest.param(b'{"revision": 2, "via_facebook": {"age": -Infinity}}', id="Infinity"),
            pytest.param(b'{"revision": 2, "about": "a\nb"}', id="line end in a string"),
            pytest.param(b'{"revision": 2, "about": "\x00"}', id="NUL"),
            pytest.param(b'{"revision": 2, "about": "\\ud83d"}', id="half a pair"),
            pytest.param(b'{"revision": 2, "about": "\\ude00\\ud83d"}', id="a pair turned around"),
            pytest.param(b'{"revision": 2, "about": "\xed\xa0\xbd"}', id="half a pair in UTF-8"),
            pytest.param(b'{"revision": 2, "about": "\xc0\xaf"}', id="too long in UTF-8"),
            pytest.param(b'{"revision": 2, "about": "\xf0\x9f\x98"}', id="broken UTF-8"),
            pytest.param('{"revision": 2, "about": "André"}'.encode("latin-1"), id="latin-1"),
            pytest.param('{"revision": 2, "about": "André"}'.encode("cp1252"), id="windows-1252"),
            pytest.param('{"revision": 2}'.encode("utf-16"), id="UTF-16"),
            pytest.param('{"revision": 2}'.encode("utf-16-le"), id="UTF-16 without a mark"),
            pytest.param('{"revision": 2}'.encode("utf-32"), id="UTF-32"),
            pytest.param('{"revision": 2}'.encode("utf-8-sig"), id="byte order mark"),
            pytest.param(b"[" * 100_000, id="100,000 lists"),
            pytest.param(b'{"a":' * 100_000 + b"1" + b"}" * 100_000, id="100,000 objects"),
            pytest.param(
                b'{"revision": 2, "via_facebook": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001,
                id="100,000 objects where one is taken",
            ),
        ],
    )
    def test_is_refused(self, platform: Platform, content: bytes) -> None:
        assert "JSON" in refused(platform.put(MEMBER, content), status=400)["detail"]

    @pytest.mark.parametrize("content", ["null", "true", "1", '"tekst"', "[]", '[{"revision": 2}]'])
    def test_an_object_is_asked_for(self, platform: Platform, content: str) -> None:
        refused(platform.put(MEMBER, content.encode()), status=422, field="")

    @pytest.mark.parametrize(
        ("content", "field"),
        [
            ('{"revision": 2, "revision": 3}', "revision"),
            ('{"revision": 2, "first_name": "An", "last_name": "B", "first_name": "Bo"}', "first_name"),
            ('{"revision": 2, "\\u0070lace": "Zwolle", "place": "Hattem"}', "place"),
            ('{"revision": 2, "via_facebook": {"Tante Jo": 1, "Tante Jo": 2}}', ""),
        ],
    )
    def test_one_field_is_there_once(self, platform: Platform, content: str, field: str) -> None:
        told = refused(platform.put(MEMBER, content.encode()), status=422, field=field)
        assert told["errors"][0]["code"] == "repeated"


class TestTheWayItIsSent:
    @pytest.mark.parametrize(
        "content_type",
        [
            "",
            "text/plain",
            "application/xml",
            "multipart/form-data; boundary=x",
            "application/json; charset=latin-1",
        ],
    )
    def test_another_type_is_refused(self, platform: Platform, content_type: str) -> None:
        refused(platform.put(MEMBER, {"revision": 2}, content_type=content_type), status=415)

    @pytest.mark.parametrize("encoding", ["gzip", "br", "deflate, gzip"])
    def test_packed_is_refused(self, platform: Platform, encoding: str) -> None:
        headers = {"Content-Encoding": encoding}
        refused(platform.put(MEMBER, {"revision": 2}, **headers), status=415)

    @pytest.mark.parametrize("length", ["-1", "1e3", "1.0", "+5", " ", "\u0661", "0x10"])
    def test_a_length_that_is_none_is_refused(self, platform: Platform, length: str) -> None:
        refused(platform.put(MEMBER, {"revision": 2}, **{"Content-Length": length}), status=411)

    @pytest.mark.parametrize("length", ["1000001", "9" * 18, "9" * 5000])
    def test_too_great_a_length_is_refused(self, platform: Platform, length: str) -> None:
        refused(platform.put(MEMBER, {"revision": 2}, **{"Content-Length": length}), status=413)

    def test_a_million_characters_are_refused(self, platform: Platform) -> None:
        refused(platform.put(MEMBER, {"revision": 2, "about": "a" * 1_000_000}), status=413)

    def test_more_than_was_announced_is_not_read(self, platform: Platform) -> None:
        refused(platform.put(MEMBER, {"revision": 2}, **{"Content-Length": "5"}), status=400)


class TestAnAddress:
    @pytest.mark.parametrize("kind", ["profiles", "help-requests"])
    @pytest.mark.parametrize(
        "number",
        ["..", ".a", "-a", "a b", "a%20b", "a%00", "a%0A", "a%0D%0A", "%ff", "%C0%AF", "é", "%F0%9F%98%80",
         "%2e%2e", "a;b", "a'--", "a&b", "%u0041", "a\u202eb", "a" * 81],
    )  # fmt: skip
    def test_with_a_number_that_is_none_names_it(self, platform: Platform, kind: str, number: str) -> None:
        field = "member_id" if kind == "profiles" else "request_id"
        body = {**(FULL_PROFILE if kind == "profiles" else FULL_REQUEST), "revision": 2}
        refused(platform.put(f"{kind}/{SITE}/{number}", body), status=422, field=field)
        refused(platform.delete(f"{kind}/{SITE}/{number}"), status=422, field=field)

    @pytest.mark.parametrize(
        "site",
        ["voorbeeld.nl", "wehelpen.nl.voorbeeld.nl", "www.wehelpen.nl", "wehelpen.com", "a.b.wehelpen.nl",
         "-.wehelpen.nl", "wehelpen", ".wehelpen.nl", "%00", "we%0Ahelpen.nl", "wehelpen.nl.", "wéhelpen.nl",
         "a" * 5000, "1momentje.nl", "wehelpenhersenletsel.nl", "cooperatiwehelpen.nl",
         "cooperatiewehelpen.nl"],
    )  # fmt: skip
    def test_of_a_site_that_is_none_or_has_no_members_names_it(self, platform: Platform, site: str) -> None:
        for answer in (
            platform.put(f"profiles/{site}/m-1", {**FULL_PROFILE, "revision": 2}),
            platform.put(f"profiles/{site}/m-1/photo", b"x"),
            platform.put(f"help-requests/{site}/r-1", {**FULL_REQUEST, "revision": 2}),
            platform.delete(f"profiles/{site}/m-1"),
            platform.delete(f"help-requests/{site}/r-1"),
        ):
            refused(answer, status=422, field="site")

    @pytest.mark.parametrize(
        "path",
        ["", "x", "profiles", "profiles/", f"profiles/{SITE}", f"profiles/{SITE}/", f"profiles/{SITE}/m-1/",
         f"profiles/{SITE}/a/b", f"profiles/{SITE}/a%2Fb", f"profiles//{SITE}/m-1", "records/", "../login/"],
    )  # fmt: skip
    def test_that_is_none_is_not_found(self, platform: Platform, path: str) -> None:
        refused(platform.put(path, {"revision": 2}), status=404)

    @pytest.mark.parametrize("method", ["get", "post", "patch", "head", "options", "trace"])
    def test_does_not_know_every_method(self, platform: Platform, method: str) -> None:
        answer = getattr(platform.client, method)(f"/api/v1/{MEMBER}", headers=platform.headers)
        assert answer.status_code == 405
        assert set(answer.headers["Allow"].split(", ")) == {"PUT", "DELETE"}

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ("revision=", "revision"), ("revision=x", "revision"), ("revision=-1", "revision"),
            ("revision=1.0", "revision"), ("revision=1_0", "revision"), ("revision=+1", "revision"),
            ("revision=%D9%A1", "revision"), ("revision=9223372036854775808", "revision"),
            ("revision=1&revision=2", "revision"), ("revison=1", "revison"), ("Revision=1", ""),
            ("revision=1&force=true", "force"),
        ],
    )  # fmt: skip
    def test_that_asks_what_is_not_known_closes_nothing(
        self, platform: Platform, query: str, field: str
    ) -> None:
        for path in (MEMBER, REQUEST):
            refused(platform.delete(f"{path}?{query}"), status=422, field=field)

    def test_with_thousands_of_parameters_is_refused(self, platform: Platform) -> None:
        for path in (MEMBER, REQUEST):
            refused(platform.delete(f"{path}?{'a=1&' * 5000}"), status=400)
            refused(platform.put(f"{path}?{'a=1&' * 5000}", {"revision": 2}), status=400)
