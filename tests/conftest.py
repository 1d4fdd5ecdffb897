"""What every test stands on: a real PostgreSQL, somebody who acts, a fixed moment."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import OperationalError, connections
from django.db.backends.postgresql.operations import DatabaseOperations

from backoffice import celery_app
from backoffice.audit.acting import acting_as
from backoffice.audit.guards import GATE
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from backoffice.staff.roles import sync_roles
from backoffice.staff.system import SETUP, system_user
from moderation.apps import store_house_rules
from tests.browser.chromium import EXECUTABLE
from tests.factories import StaffFactory

NOON = datetime(2026, 11, 17, 11, 0, tzinfo=UTC)
"""Tuesday 17 November 2026, 12:00 in Amsterdam."""

FLUSHES = 5
"""How often emptying the tables is tried."""

_flush = DatabaseOperations.execute_sql_flush


def _flush_through_the_gate(self: DatabaseOperations, sql_list: list[str]) -> None:
    """Let the cleaning up after a transactional test pass the guards, in its own transaction."""
    gate = f"SELECT set_config('{GATE}', pg_current_xact_id()::text, true)"
    for left in reversed(range(FLUSHES)):
        try:
            _flush(self, [gate, *sql_list] if sql_list else [])
        except OperationalError:  # met the last request of a browser that was just closed
            if not left:
                raise
        else:
            return


DatabaseOperations.execute_sql_flush = _flush_through_the_gate  # type: ignore[method-assign,assignment]


@pytest.fixture(scope="session", autouse=True)
def _nudges_stay_in_the_process() -> None:
    """Keep what tests queue out of the broker, which is the database of whoever works in this checkout."""
    celery_app.conf.update(broker_url="memory://", broker_transport_options={}, beat_schedule={})


@pytest.fixture
def at() -> datetime:
    """The moment at which a test happens unless it says otherwise."""
    return NOON


@pytest.fixture
def setup_acts(db: Any) -> Iterator[User]:
    """Let the set-up user act while a test arranges its rows."""
    sync_roles()  # a transactional test before this one may have emptied the tables
    store_house_rules()
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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not EXECUTABLE.exists():
        terminalreporter.section("NO CHROMIUM: the journeys in a browser were NOT run", sep="!", red=True)
