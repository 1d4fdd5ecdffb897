"""The connection to the database dies in the middle of a decision: nothing is half done."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection

from backoffice.audit.models import Event
from backoffice.staff.models import User
from bench.scratch import conninfo
from moderation.choices import Outcome, ReviewState
from moderation.models import Decision, Draft, Lease, Review
from moderation.services.decisions import decide_review
from moderation.services.leases import claim_review
from tests.factories import ReviewFactory

pytestmark = pytest.mark.django_db(transaction=True)

_WAITS = """
SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%historicaldecision%'
"""


def wait_for(line: psycopg.Connection[Any], query: str) -> int:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if found := line.execute(query).fetchone():
            return int(found[0])
        time.sleep(0.01)
    raise AssertionError("nothing waits")


def test_nothing_is_half_done(moderator: User, at: datetime) -> None:
    review = ReviewFactory()
    lease = claim_review(actor=moderator, review_id=review.pk, at=at)
    Draft.objects.create(review=review, author=moderator, body={"reason": "x"}, saved_at=at)

    def decide() -> Decision:
        try:
            return decide_review(
                actor=moderator,
                review_id=review.pk,
                epoch=lease.epoch,
                version=1,
                outcome=Outcome.APPROVE,
                at=at,
            )
        finally:
            connection.close()

    with (
        psycopg.connect(conninfo()) as blocking,
        psycopg.connect(conninfo(), autocommit=True) as watching,
        ThreadPoolExecutor(1) as pool,
    ):
        # The review is decided and the decision written by then; its history must wait.
        blocking.execute("LOCK TABLE moderation_historicaldecision IN ACCESS EXCLUSIVE MODE")
        deciding = pool.submit(decide)
        watching.execute("SELECT pg_terminate_backend(%s)", [wait_for(watching, _WAITS)])
        with pytest.raises(OperationalError):
            deciding.result(timeout=60)
        blocking.rollback()

    assert Review.objects.get().state == ReviewState.PENDING
    assert Lease.objects.get().expires_at > at
    assert Draft.objects.exists()
    assert not Decision.objects.exists()
    assert Review.history.count() == 1
    assert not Event.objects.filter(kind="decision.made").exists()
    assert decide().outcome == Outcome.APPROVE
