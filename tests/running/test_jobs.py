"""Work in the background: who acts, what may wait in a queue."""

from collections.abc import Callable, Iterator
from importlib import import_module

import pytest
from celery import shared_task
from django.conf import settings
from django.db import connection

from backoffice import broker, celery_app
from backoffice.audit.acting import Acting, current_acting
from backoffice.celery import JobTask, NotAnId
from backoffice.staff.models import User
from backoffice.staff.system import NIGHTLY, system_user


@shared_task(base=JobTask, acts_as=NIGHTLY, name="tests.who_acts")
def who_acts(_id: int = 0) -> Acting:
    return current_acting()


class TestJobTask:
    def test_acts_as_its_system_user_in_a_run_of_its_own(self, setup_acts: User) -> None:
        first, second = who_acts(), who_acts()
        assert first.actor_id == system_user(NIGHTLY).pk
        assert first.run_id
        assert first.run_id != second.run_id

    @pytest.mark.parametrize("value", ["Fatima van Dijk", "a@b.nl", {"id": 1}, None, 1.5])
    def test_refuses_to_queue_anything_but_ids(self, value: object) -> None:
        with pytest.raises(NotAnId):
            who_acts.delay(value)

    @pytest.mark.parametrize("value", [7, "7", "0b2c4a3e-8f2d-4f6e-9a57-1f0f3a2b1c4d"])
    def test_queues_ids(self, value: object) -> None:
        who_acts.delay(value)


class TestBeat:
    def test_names_tasks_that_exist(self) -> None:
        for entry in settings.CELERY_BEAT_SCHEDULE.values():
            module, name = str(entry["task"]).rsplit(".", 1)
            assert getattr(import_module(module), name).name == entry["task"]


@pytest.fixture
def listening(transactional_db: None) -> Iterator[Callable[[], int]]:
    """Put Celery on the broker inside this test's database; tells how many connections listen there."""
    kept = {name: celery_app.conf[name] for name in ("broker_url", "broker_transport_options")}
    broker.install()
    celery_app.conf.update(
        broker_url="pgmq://localhost", broker_transport_options=broker.pgmq_options(connection.settings_dict)
    )

    def count() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
            )
            row = cursor.fetchone()
        return int(row[0]) if row else 0

    yield count
    celery_app.conf.update(kept)


class TestWhoListens:
    """A connection that listens and never reads fills up, and PostgreSQL waits for it."""

    def test_is_nobody_who_only_sends(self, listening: Callable[[], int]) -> None:
        with celery_app.connection_for_write() as sending:
            for _ in range(3):
                celery_app.send_task("backoffice.outbox.tasks.sweep", connection=sending)
            assert listening() == 0

    def test_is_who_consumes(self, listening: Callable[[], int]) -> None:
        with celery_app.connection_for_read() as consuming, consuming.channel() as channel:
            channel.queue_declare("celery")
            assert listening() == 1


class TestBroker:
    def test_is_installed_once_however_often_it_is_asked(self, db: None) -> None:
        broker.install()
        broker.install()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM information_schema.schemata WHERE schema_name = 'pgmq'")
            assert cursor.fetchone() == (1,)
