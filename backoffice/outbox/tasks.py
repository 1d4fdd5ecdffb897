"""Background work of the outbox."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Protocol

from celery import shared_task
from django.db import connection

from backoffice import clock
from backoffice.celery import JobTask
from backoffice.outbox.services.deliveries import deliver_due
from backoffice.outbox.services.files import remove_due_files
from backoffice.outbox.services.mail import send_due_mail
from backoffice.staff.system import DELIVERY

BATCH = 50
FILES = 500
LONGEST = 120
"""Seconds after which a sweep leaves the rest to the next one; far below Celery's time limit."""

_WEBHOOKS, _MAIL = 5_602_718_801_443_312, 5_602_718_801_443_313


@shared_task(base=JobTask, acts_as=DELIVERY)
def sweep() -> None:
    """Send everything that is due: the nudge after a commit, and what lost nudges left.

    Does nothing while another sweep runs, so that slow receivers never take up every worker;
    what that one misses, the next finds.
    """
    _sweep(deliver_due, _WEBHOOKS)


@shared_task(base=JobTask, acts_as=DELIVERY)
def sweep_mail() -> None:
    """Send every letter that is due, as `sweep` does webhooks; beside it, so that neither waits."""
    _sweep(send_due_mail, _MAIL)


class _Sending(Protocol):
    def __call__(self, *, at: datetime, limit: int) -> int: ...


def _sweep(send: _Sending, lock: int) -> None:
    started = time.monotonic()
    with _alone(lock) as alone:
        while alone and send(at=clock.now(), limit=BATCH) == BATCH:
            if time.monotonic() - started > LONGEST:
                break


@shared_task(base=JobTask, acts_as=DELIVERY)
def remove_files() -> None:
    """Remove the files that a killed process left behind. Cannot be undone."""
    while remove_due_files(at=clock.now(), limit=FILES) == FILES:
        pass


@contextmanager
def _alone(lock: int = _WEBHOOKS) -> Iterator[bool]:
    """Hold a sweeper's lock, of this database session: it is freed when a killed worker's ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock])
        (alone,) = cursor.fetchone()
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [lock])
