"""Claiming what is due, and putting it off when it failed: the same for webhooks and letters."""

from datetime import datetime, timedelta
from random import SystemRandom
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from backoffice.outbox.models import PARKED, WAITING, Delivery, Mail

CLAIM = timedelta(seconds=30)
"""How long a claim holds; far longer than sending takes (`sending.TIMEOUT`, `mail.TIMEOUT`)."""

FIRST_PAUSE = 10
LONGEST_PAUSE = 3600
"""Seconds between attempts: doubled each time, up to an hour."""


def claim(model: type[Delivery] | type[Mail], *, at: datetime, limit: int) -> list[UUID]:
    """Claim what is due at `at`, what was never tried first, and count the attempt.

    Commits before it returns: a claim that is not there before the sending begins is none.
    Refuses to run in a transaction.
    """
    with transaction.atomic(durable=True):
        due = list(
            model._base_manager.filter(state=WAITING, next_attempt_at__lte=at)
            .filter(Q(claimed_until__isnull=True) | Q(claimed_until__lte=at))
            .order_by("attempts", "next_attempt_at")
            .select_for_update(skip_locked=True, of=("self",))
            .values_list("pk", flat=True)[:limit]
        )
        model._base_manager.filter(pk__in=due).update(
            claimed_until=at + CLAIM, attempts=F("attempts") + 1, last_attempt_at=at
        )
    return due


def failed(row: Delivery | Mail, *, problem: str, hopeless: bool, at: datetime) -> None:
    """Put a claimed row off, or park it after `settings.DELIVERY_MAX_ATTEMPTS` or when `hopeless`.

    Does nothing when the claim ran out meanwhile: another sender has it.
    """
    given_up = hopeless or row.attempts >= settings.DELIVERY_MAX_ATTEMPTS
    type(row)._base_manager.filter(pk=row.pk, state=WAITING, claimed_until=row.claimed_until).update(
        state=PARKED if given_up else WAITING,
        next_attempt_at=at + pause_after(row.attempts),
        claimed_until=None,
        last_problem=problem,
    )


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: doubling, capped, and a quarter left to chance."""
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(attempts - 1, 20))
    return timedelta(seconds=longest * SystemRandom().uniform(0.75, 1))
