"""Decisions become final by themselves, in batches, once their window has closed."""

from datetime import timedelta

import pytest

from backoffice import clock
from backoffice.audit.models import Event
from backoffice.staff.models import User
from backoffice.staff.system import DELIVERY, system_user
from moderation import tasks
from moderation.choices import DecisionState, Outcome
from moderation.models import Decision
from moderation.services.decisions import decide_review
from moderation.services.leases import claim_review
from tests.factories import ReviewFactory

pytestmark = pytest.mark.django_db


def test_finalise_decisions_takes_all_that_are_due_and_acts_as_the_job(
    moderator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "BATCH", 2)
    long_ago = clock.now() - timedelta(hours=1)
    for moment in (long_ago, long_ago, long_ago, clock.now()):
        lease = claim_review(actor=moderator, review_id=ReviewFactory().pk, at=moment)
        decide_review(
            actor=moderator,
            review_id=lease.review_id,
            epoch=lease.epoch,
            version=1,
            outcome=Outcome.APPROVE,
            at=moment,
        )
    tasks.finalise_decisions()
    assert Decision.objects.filter(state=DecisionState.FINAL).count() == 3
    assert Decision.objects.filter(state=DecisionState.HELD).count() == 1
    events = Event.objects.filter(kind="decision.final")
    assert {event.actor for event in events} == {system_user(DELIVERY)}
    assert all(event.run_id for event in events)
