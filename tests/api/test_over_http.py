"""The API as a platform meets it: a web server of its own, real sockets, clients that lie."""

import contextlib
import http.client
import json
import socket
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from backoffice.audit.models import Event
from backoffice.platforms.services.keys import create_api_key
from backoffice.staff.models import User
from moderation.models import HelpRequest, Profile, Review
from tests.everything import everything
from tests.memory import peak_of
from tests.outside import HOST, WebServer, serving
from tests.pictures import jpeg
from tests.platforms import FULL_PROFILE
from tests.wrong_values import FULL_REQUEST

pytestmark = pytest.mark.django_db(transaction=True)

MEMBER = "/api/v1/profiles/wehelpen.nl/m-1"
MEGABYTES = 1_000_000


@pytest.fixture(scope="module")
def server(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    with serving(tmp_path_factory.mktemp("house")) as running:
        yield running


class Link:
    """One connection of a platform with its key."""

    def __init__(self, server: WebServer, secret: str) -> None:
        self.server = server
        self.headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        link = http.client.HTTPConnection(HOST, self.server.port, timeout=120)
        content = json.dumps(body).encode() if isinstance(body, dict) else body
        link.request(method, path, content, {**self.headers, **given})
        return self._answer(link)

    def raw(self, head: list[str], *body: bytes, hang_up: bool = False) -> tuple[int, Any]:
        """Send exactly this, as long as the other side listens; `hang_up` says that no more will come."""
        with socket.create_connection((HOST, self.server.port), timeout=120) as line:
            lines = [*head, f"Host: {HOST}", *(f"{name}: {value}" for name, value in self.headers.items())]
            line.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))
            with contextlib.suppress(ConnectionError):
                for piece in body:
                    line.sendall(piece)
                if hang_up:
                    line.shutdown(socket.SHUT_WR)
            answer = http.client.HTTPResponse(line)
            answer.begin()
            return answer.status, self._content(answer)

    def _answer(self, link: http.client.HTTPConnection) -> tuple[int, Any]:
        with contextlib.closing(link):
            answer = link.getresponse()
            return answer.status, self._content(answer)

    @staticmethod
    def _content(answer: http.client.HTTPResponse) -> Any:
        content = answer.read()
        kind = answer.headers.get("Content-Type", "")
        return json.loads(content) if "json" in kind and "ndjson" not in kind else content


@pytest.fixture
def link(server: WebServer, setup_acts: User, at: datetime) -> Link:
    _key, secret = create_api_key(
        actor=setup_acts, name="platform", site="wehelpen.nl", scopes=["intake", "decisions"], at=at
    )
    return Link(server, secret)


class TestADay:
    def test_of_a_member_from_signing_up_to_leaving(
        self, link: Link, moderator: User, administrator: User
    ) -> None:
        status, told = link.ask("PUT", MEMBER, {"revision": 1, **FULL_PROFILE})
        assert (status, told["result"]) == (201, "created")
        assert link.ask("PUT", f"{MEMBER}/photo", jpeg(), Content_Type="image/jpeg")[0] == 200
        request = "/api/v1/help-requests/wehelpen.nl/r-1"
        assert link.ask("PUT", request, {"revision": 1, **FULL_REQUEST})[0] == 201
        assert link.ask("GET", "/api/v1/decisions")[1] == {"decisions": [], "next": 0, "more": False}

        picture = f"/photos/{Profile.objects.get().pk}/"
        assert link.ask("GET", f"{MEMBER}/photo")[0] == 405
        assert link.ask("GET", picture)[0] == 302  # a key is no person
        assert self.looked_at(link, picture, administrator)[0] == 403
        status, content = self.looked_at(link, picture, moderator)
        assert (status, content[:3]) == (200, b"\xff\xd8\xff")

        assert link.ask("DELETE", request + "?revision=2")[1]["result"] == "removed"
        assert link.ask("DELETE", MEMBER)[1]["result"] == "removed"
        assert self.looked_at(link, picture, moderator)[0] == 404
        assert not Profile.objects.exists()
        assert not Review.objects.exists()

    @staticmethod
    def looked_at(link: Link, path: str, user: User) -> tuple[int, Any]:
        client = Client()
        client.force_login(user)
        return link.ask("GET", path, Cookie=f"sessionid={client.cookies['sessionid'].value}")


class TestTenThousandLines:
    def test_are_each_answered(self, link: Link) -> None:
        place = {"site": "wehelpen.nl", "revision": 1}
        members = [{"type": "profile", "member_id": f"m-{n}", **place, **FULL_PROFILE} for n in range(600)]
        asked = [
            {"type": "help_request", "request_id": f"r-{n}", **place, **FULL_REQUEST} for n in range(600)
        ]
        lines = [json.dumps(line) for line in (*members, *asked)] + ["{}"] * 8799
        lines.insert(700, lines[0][:-1])
        body = "\r\n".join(lines).encode()
        with peak_of(link.server.pid) as peak:
            status, content = link.ask("POST", "/api/v1/records", body, Content_Type="application/x-ndjson")
        assert status == 200
        answers = [json.loads(line) for line in content.splitlines()]
        assert [answer["line"] for answer in answers] == list(range(1, 10_001))
        told = Counter(answer["status"] for answer in answers)
        assert told == {201: 1200, 422: 8799, 400: 1}
        assert answers[700]["status"] == 400
        assert (Profile.objects.count(), HelpRequest.objects.count()) == (600, 600)
        assert Review.objects.count() == Event.objects.filter(kind="record.received").count() == 1200
        assert peak.grew < 100


class TestAHundredMegabytes:
    """Refused before they are read: what the server needs meanwhile is not what was sent."""

    @pytest.mark.parametrize(
        ("path", "kind"),
        [
            ("PUT " + MEMBER, "application/json"),
            ("PUT " + MEMBER + "/photo", "image/jpeg"),
            ("POST /api/v1/records", "application/x-ndjson"),
        ],
    )
    @pytest.mark.parametrize(
        ("announced", "status"), [("Content-Length: 100000000", 413), ("Transfer-Encoding: chunked", 411)]
    )
    def test_are_refused_early(self, link: Link, path: str, kind: str, announced: str, status: int) -> None:
        before = everything()
        link.headers["Content-Type"] = kind
        piece = b" " * MEGABYTES
        chunk = b"f4240\r\n" + piece + b"\r\n" if "chunked" in announced else piece
        with peak_of(link.server.pid) as peak:
            got, told = link.raw([f"{path} HTTP/1.1", announced], *[chunk] * 100)
        assert (got, told["status"]) == (status, status)
        assert peak.grew < 20
        assert everything() == before

    def test_of_lines_within_the_limit_are_read(self, link: Link) -> None:
        blank = b"\n" * 1000 + b" " * 40 * MEGABYTES
        with peak_of(link.server.pid) as peak:
            status, content = link.ask("POST", "/api/v1/records", blank, Content_Type="application/x-ndjson")
        assert (status, content) == (200, b"")
        assert peak.grew < 200


class TestAClientThatLies:
    @pytest.fixture(autouse=True)
    def nothing_changes(self, link: Link) -> Iterator[None]:
        kept = dict(link.headers)
        link.ask("PUT", MEMBER, {"revision": 1, **FULL_PROFILE})
        before = everything()
        yield
        assert everything() == before
        link.headers = kept
        assert link.ask("PUT", MEMBER, {"revision": 1, **FULL_PROFILE})[1]["result"] == "unchanged"

    body = json.dumps({"revision": 2}).encode()

    def test_and_stops_halfway_is_refused(self, link: Link) -> None:
        status, told = link.raw([f"PUT {MEMBER} HTTP/1.1", "Content-Length: 500"], self.body, hang_up=True)
        assert (status, told["status"]) == (400, 400)

    def test_about_a_shorter_length_is_not_read_on(self, link: Link) -> None:
        status, _told = link.raw([f"PUT {MEMBER} HTTP/1.1", "Content-Length: 5"], self.body)
        assert status == 400

    @pytest.mark.parametrize(
        "heads",
        [
            ["Content-Length: 15", "Content-Length: 16"],
            ["Content-Length: 15", "Transfer-Encoding: chunked"],
            ["Transfer-Encoding: gzip, chunked"],
            ["Transfer-Encoding: x"],
            ["Content-Length: -1"],
            ["Content-Length: 15, 15"],
            ["Content-Length: 0x0f"],
            ["Content-Length: 99999999999999999999999"],
            [],
        ],
    )
    def test_about_its_length_in_two_ways_is_refused(self, link: Link, heads: list[str]) -> None:
        status, _told = link.raw([f"PUT {MEMBER} HTTP/1.1", *heads], self.body)
        assert 400 <= status < 500

    @pytest.mark.parametrize("kind", [None, "", "text/html", "application/json;charset=utf-16", "a" * 5000])
    def test_about_its_type_is_refused(self, link: Link, kind: str | None) -> None:
        del link.headers["Content-Type"]
        if kind is not None:
            link.headers["Content-Type"] = kind
        status, told = link.raw([f"PUT {MEMBER} HTTP/1.1", f"Content-Length: {len(self.body)}"], self.body)
        assert (status, told["status"]) == (415, 415)

    @pytest.mark.parametrize(
        "target",
        [
            "/api/v1/profiles/wehelpen.nl/a%2Fb", "/api/v1/profiles/wehelpen.nl/../../x",
            "/api/v1/profiles/wehelpen.nl/%2e%2e", "/api/v1/profiles/wehelpen.nl/a%00b",
            "/api/v1/profiles/wehelpen.nl/%C3%28", "/api/v1/profiles/wehelpen.nl/caf\u00e9",
            "/api/v1/profiles/wehelpen.nl/" + "a" * 50_000, "/api/v1/profiles/wehelpen.nl/m-1?revision=%00",
            "//api/v1/profiles/wehelpen.nl/m-1", "/api/v1/profiles/wehelpen.nl/m-1%", "*",
        ],
    )  # fmt: skip
    def test_about_who_it_is_about_is_refused(self, link: Link, target: str) -> None:
        heads = [f"PUT {target} HTTP/1.1", f"Content-Length: {len(self.body)}"]
        status, _told = link.raw(heads, self.body)
        assert 400 <= status < 500

    def test_about_where_it_wants_to_go_is_refused(self, link: Link) -> None:
        status, told = link.ask("PUT", MEMBER, self.body, Host="voorbeeld.nl")
        assert (status, told["status"]) == (400, 400)

    @pytest.mark.parametrize("method", ["FOO", "PATCH", "POST"])
    def test_about_what_it_wants_is_refused(self, link: Link, method: str) -> None:
        status, told = link.ask(method, MEMBER, self.body)
        assert (status, told["status"]) == (405, 405)

    def test_with_a_hundred_thousand_levels_is_refused(self, link: Link) -> None:
        deep = b'{"a":' * 100_000 + b"1" + b"}" * 100_000
        assert link.ask("PUT", MEMBER, deep)[0] == 400
        status, content = link.ask("POST", "/api/v1/records", deep, Content_Type="application/x-ndjson")
        assert (status, json.loads(content)["status"]) == (200, 400)
