"""Drawing decisions for a blind second look: a random share of what each person decides."""

import hmac
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from backoffice.audit.events import record_many
from backoffice.audit.history import store_many
from backoffice.staff.models import User
from moderation import events
from moderation.choices import DRAWN, Queue
from moderation.models import Decision, Review, SecondLook

TIME_FOR_IT = timedelta(days=7)


def draw_second_looks(*, decisions: Sequence[Decision], actor: User, at: datetime) -> list[SecondLook]:
    """Draw some of `decisions`, which just became final, and open a review for each.

    Stratified: of every 1/share decisions of one outcome by one person exactly one, at a place
    that nobody can foretell. Part of `finalise_due`: asks no permission.
    """
    block = round(1 / settings.SECOND_LOOK_SHARE) if settings.SECOND_LOOK_SHARE else 0
    ours = [one for one in decisions if one.outcome in DRAWN and one.review_id is not None]
    if not block or not ours:
        return []
    drawn = _drawn(ours, block=block)
    about = {r.pk: r for r in Review.objects.filter(pk__in=[one.review_id for one in drawn])}
    reviews = [_review_of(one, about[one.review_id], at=at) for one in drawn if one.review_id]
    store_many(reviews, reason="second_look", at=at)
    looks = [
        SecondLook(decision=one, review=review, drawn_at=at)
        for one, review in zip(drawn, reviews, strict=True)
    ]
    store_many(looks, reason="drawn", at=at)
    record_many(
        [(events.SecondLookDrawn(decision_id=look.decision_id), look) for look in looks], actor=actor, at=at
    )
    return looks


_COUNT = """
INSERT INTO moderation_drawcount AS stratum (outcome, decided_by_id, seen) VALUES (%s, %s, %s)
ON CONFLICT (outcome, decided_by_id) DO UPDATE SET seen = stratum.seen + excluded.seen RETURNING seen
"""


def _drawn(decisions: Sequence[Decision], *, block: int) -> list[Decision]:
    strata = Counter((one.outcome, one.decided_by_id) for one in decisions)
    numbered: dict[tuple[str, int], int] = {}
    with connection.cursor() as cursor:
        for (outcome, person), count in sorted(strata.items()):  # in one order: two sweepers never deadlock
            cursor.execute(_COUNT, [outcome, person, count])
            (seen,) = cursor.fetchone()
            numbered[outcome, person] = seen - count
    drawn = []
    for one in decisions:
        stratum = (one.outcome, one.decided_by_id)
        number = numbered[stratum]
        numbered[stratum] += 1
        if number % block == _place(stratum, number // block, block):
            drawn.append(one)
    return drawn


def _place(stratum: tuple[str, int], round_: int, block: int) -> int:
    """Return the place in a block that is drawn: the same for whoever asks, known to nobody."""
    message = f"second look {stratum[0]} {stratum[1]} {round_}".encode()
    return int.from_bytes(hmac.digest(settings.SECRET_KEY.encode(), message, "sha256")[:8]) % block


def _review_of(decision: Decision, about: Review, *, at: datetime) -> Review:
    return Review(
        queue=Queue.SECOND_LOOKS,
        subject_kind=decision.subject_kind,
        profile_id=about.profile_id,
        help_request_id=about.help_request_id,
        site=decision.site,
        member_id=decision.member_id,
        revision=decision.revision,
        version=decision.version,
        opened_at=at,
        ranks_at=at,
        due_at=at + TIME_FOR_IT,
        not_for_id=decision.decided_by_id,
    )
