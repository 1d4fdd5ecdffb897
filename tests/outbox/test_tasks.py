"""Work in the background: nudged after a commit, found by the sweeper when the nudge was lost."""

from collections.abc import Iterator
from typing import Any
from unittest.mock import Mock, patch

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from backoffice import clock
from backoffice.outbox import tasks
from backoffice.outbox.announcements import Announcement, enqueue, nudge
from backoffice.outbox.services.endpoints import register_endpoint
from backoffice.staff.models import User
from backoffice.staff.system import DELIVERY, system_user
from tests.barrier import at_once
from tests.receiver import Receiver, receiving

pytestmark = pytest.mark.django_db

SITE = "wehelpen.nl"


@pytest.fixture
def receiver(administrator: User) -> Iterator[Receiver]:
    """A registered receiver."""
    with receiving() as running:
        register_endpoint(actor=administrator, site=SITE, url=running.url, at=clock.now())
        yield running


@pytest.fixture
def send_task() -> Iterator[Mock]:
    with patch("backoffice.outbox.announcements.current_app.send_task") as spy:
        yield spy


def announce() -> None:
    enqueue([Announcement(site=SITE, type="decision.final", about="1", data={})], at=clock.now())


class TestTheNudge:
    def test_comes_once_and_after_the_commit(
        self,
        receiver: Receiver,
        send_task: Mock,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True) as callbacks:
            announce()
            announce()
            send_task.assert_not_called()
        assert len(callbacks) == 1
        send_task.assert_called_once_with("backoffice.outbox.tasks.sweep", retry=False)

    def test_does_not_come_when_nothing_was_written_for_anybody(
        self, send_task: Mock, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True) as callbacks:
            announce()
        assert not callbacks

    def test_that_fails_breaks_nothing(self, receiver: Receiver, send_task: Mock) -> None:
        send_task.side_effect = OSError("no broker")
        nudge()

    def test_names_a_task_that_is_there(self, receiver: Receiver) -> None:
        assert tasks.sweep.name == "backoffice.outbox.tasks.sweep"


class TestSweep:
    def test_sends_everything_in_batches(self, receiver: Receiver, monkeypatch: Any) -> None:
        monkeypatch.setattr(tasks, "BATCH", 3)
        for _ in range(8):
            announce()
        tasks.sweep()
        assert len(receiver.received) == 8

    def test_leaves_the_rest_to_the_next_when_it_takes_long(
        self, receiver: Receiver, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr(tasks, "BATCH", 3)
        monkeypatch.setattr(tasks, "LONGEST", 0)
        for _ in range(8):
            announce()
        tasks.sweep()
        assert len(receiver.received) == 3
        tasks.sweep()
        assert len(receiver.received) == 6

    def test_runs_once_at_a_time(self, transactional_db: None, receiver: Receiver) -> None:
        announce()
        with tasks._alone() as alone:
            assert alone
            at_once((system_user(DELIVERY), tasks.sweep))
        assert not receiver.received
        at_once((system_user(DELIVERY), tasks.sweep))
        assert len(receiver.received) == 1
