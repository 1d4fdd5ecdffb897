"""What every test stands on: a real PostgreSQL, somebody who acts, a fixed moment."""

import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import TransactionTestCase, override_settings
from pytest_django import DjangoDbBlocker

from backoffice import celery_app
from backoffice.audit.acting import acting_as
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from backoffice.staff.system import SETUP, system_user
from tests.as_new import keep_as_new, make_as_new
from tests.browser.chromium import EXECUTABLE
from tests.factories import StaffFactory

NOON = datetime(2026, 11, 17, 11, 0, tzinfo=UTC)
"""Tuesday 17 November 2026, 12:00 in Amsterdam."""

RUNNING = Path(__file__).parent / "running"
"""The tests that run whole houses, minutes of them."""

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell starts what runs in its background so
    signal.signal(signal.SIGINT, signal.default_int_handler)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
"""Quick; what the house uses takes a fifth of a second on purpose."""


@pytest.fixture(scope="session", autouse=True)
def _nudges_stay_in_the_process() -> None:
    """Keep what tests queue out of the broker, which is the database of whoever works in this checkout."""
    celery_app.conf.update(broker_url="memory://", broker_transport_options={}, beat_schedule={})


@pytest.fixture(scope="session", autouse=True)
def _passwords_cost_little() -> Iterator[None]:
    with override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        yield


@pytest.fixture
def at() -> datetime:
    """The moment at which a test happens unless it says otherwise."""
    return NOON


@pytest.fixture
def setup_acts(db: Any) -> Iterator[User]:
    """Let the set-up user act while a test arranges its rows."""
    actor = system_user(SETUP)
    with acting_as(actor):
        yield actor


@pytest.fixture
def moderator(setup_acts: User) -> User:
    return StaffFactory(role=Role.MODERATOR)


@pytest.fixture
def other_moderator(setup_acts: User) -> User:
    return StaffFactory(role=Role.MODERATOR)


@pytest.fixture
def coordinator(setup_acts: User) -> User:
    return StaffFactory(role=Role.COORDINATOR)


@pytest.fixture
def administrator(setup_acts: User) -> User:
    return StaffFactory(role=Role.ADMINISTRATOR)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Let commits of tests not wait for the disk; that a power cut loses none is PostgreSQL's matter."""
    connections.settings["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let every test begin in a new house: with its roles, house rules, standard texts and signal rules."""
    with django_db_blocker.unblock():
        keep_as_new()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: make_as_new())
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the houses that are run as a whole: they wait much, and beside them the others are done."""
    items.sort(key=lambda item: not item.path.is_relative_to(RUNNING))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not EXECUTABLE.exists():
        terminalreporter.section("NO CHROMIUM: the journeys in a browser were NOT run", sep="!", red=True)
