"""Background work of the outbox."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from celery import shared_task
from django.db import connection

from backoffice import clock
from backoffice.celery import JobTask
from backoffice.outbox.services.deliveries import deliver_due
from backoffice.staff.system import DELIVERY

BATCH = 50
LONGEST = 120
"""Seconds after which a sweep leaves the rest to the next one; far below Celery's time limit."""

_LOCK = 5_602_718_801_443_312


@shared_task(base=JobTask, acts_as=DELIVERY)
def sweep() -> None:
    """Send everything that is due: the nudge after a commit, and what lost nudges left.

    Does nothing while another sweep runs, so that slow receivers never take up every worker;
    what that one misses, the next finds.
    """
    started = time.monotonic()
    with _alone() as alone:
        while alone and deliver_due(at=clock.now(), limit=BATCH) == BATCH:
            if time.monotonic() - started > LONGEST:
                break


@contextmanager
def _alone() -> Iterator[bool]:
    """Hold the sweeper's lock, of this database session: it is freed when a killed worker's ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        (alone,) = cursor.fetchone()
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
