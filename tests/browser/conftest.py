"""A real browser on a real server on a real database; what people see is what is tested."""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
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
    """The server, which runs in this process. Knows what it is answering: nothing may be left in the end."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._lock = threading.Condition()
        self._count = 0

    def started(self, **_signal: object) -> None:
        with self._lock:
            self._count += 1

    def finished(self, **_signal: object) -> None:
        with self._lock:
            self._count -= 1
            self._lock.notify_all()

    def rests(self) -> None:
        """Wait until everything was answered; at most half a minute."""
        with self._lock:
            assert self._lock.wait_for(lambda: self._count == 0, timeout=30)


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
def server(live_server: LiveServer, settings: Settings, tmp_path: Path) -> Iterator[Server]:
    """Run the server, with a folder of its own for photos."""
    settings.MEDIA_ROOT = tmp_path
    server = Server(live_server.url)
    request_started.connect(server.started)
    request_finished.connect(server.finished)
    yield server
    request_started.disconnect(server.started)
    request_finished.disconnect(server.finished)


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
    server.rests()
    for person in people:
        person.context.close()
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
