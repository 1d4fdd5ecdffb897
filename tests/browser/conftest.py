"""A real browser on a real server on a real database; what people see is what is tested."""

import socket
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from backoffice import clock
from backoffice.staff.models import User
from moderation.models import Review
from tests.browser.chromium import EXECUTABLE, chromium
from tests.browser.people import Person
from tests.factories import HelpRequestFactory, ProfileFactory, ReviewFactory

HERE = Path(__file__).parent
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}

expect.set_options(timeout=10_000)


class Server:
    """The server, which runs in this process. Knows who is connected: nobody may be left in the end."""

    def __init__(self, live: LiveServer) -> None:
        self.url = live.url
        self._httpd: Any = live.thread.httpd
        self._changed = threading.Condition()
        self._accepted = 0
        self._ended = 0

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        """Count connections as they are accepted and as their threads end."""
        accept, serve = self._httpd.process_request, self._httpd.process_request_thread

        def accepts(*connection: Any) -> None:
            with self._changed:
                self._accepted += 1
            accept(*connection)

        def serves(*connection: Any) -> None:
            try:
                serve(*connection)
            finally:
                with self._changed:
                    self._ended += 1
                    self._changed.notify_all()

        patch.setattr(self._httpd, "process_request", accepts)
        patch.setattr(self._httpd, "process_request_thread", serves)

    def is_left(self) -> None:
        """Wait until everybody was answered and has gone; at most half a minute.

        Connections are accepted in their order: once ours is, none waits that was there before it.
        """
        with self._changed:
            before = self._accepted
        socket.create_connection(self._httpd.server_address).close()
        with self._changed:
            gone = self._changed.wait_for(lambda: before < self._accepted == self._ended, timeout=30)
        assert gone, f"{self._accepted - self._ended} connections are still open"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not EXECUTABLE.exists():
        for item in items:
            if item.path.is_relative_to(HERE):
                item.add_marker(pytest.mark.skip(reason="no Chromium: as root, make packages brings it"))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Run Chromium for this folder: while it runs, nothing else can run a loop in this thread."""
    with pytest.MonkeyPatch.context() as patch, chromium() as browser:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's loop; Django only asks
        yield browser


@pytest.fixture
def server(
    live_server: LiveServer, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Server:
    """Run the server, with a folder of its own for photos."""
    settings.MEDIA_ROOT = tmp_path
    server = Server(live_server)
    server.watch(monkeypatch)
    return server


@pytest.fixture
def comes(browser: Browser, server: Server, setup_acts: User) -> Iterator[Callable[..., Person]]:
    """Seat people at browsers of their own; none may see an error or be sent elsewhere."""
    people: list[Person] = []

    def sit_down(user: User, **screen: Any) -> Person:
        context = browser.new_context(
            **{"viewport": WIDE, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam", **screen}
        )
        people.append(Person(user, context, server.url))
        return people[-1]

    yield sit_down
    for person in people:
        person.context.set_offline(True)  # a page that closes has a last word, which would meet the emptying
    for person in people:
        person.context.close()
    server.is_left()
    assert [person.faults for person in people if person.faults] == []


@pytest.fixture
def now(setup_acts: User) -> datetime:
    """The moment at which the journey begins: this one, because the browser has its own clock."""
    return clock.now()


@pytest.fixture
def anneke(comes: Callable[..., Person], moderator: User) -> Person:
    """A moderator who has signed in."""
    return comes(moderator).comes_in()


@pytest.fixture
def wait_in_queue(now: datetime) -> Callable[..., list[Review]]:
    """Let help requests arrive, the oldest first, each by a member of its own."""

    def arrive(count: int) -> list[Review]:
        reviews: list[Review] = []
        for number in range(count):
            profile = ProfileFactory(first_name=f"Lid {number}")
            request = HelpRequestFactory(
                title=f"Hulpvraag nummer {number}", member_id=profile.member_id, text=f"Tekst {number}."
            )
            opened = now - timedelta(hours=1) + timedelta(seconds=number)
            reviews.append(
                ReviewFactory(help_request=request, opened_at=opened, due_at=clock.end_of_next_day(opened))
            )
        return reviews

    return arrive
