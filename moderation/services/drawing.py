"""Drawing decisions for a blind second look: a random share of what each person decides."""

import hmac
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from backoffice.audit.acting import domain_action
from backoffice.audit.events import record_many
from backoffice.audit.history import store_many
from backoffice.staff.models import User
from moderation import events
from moderation.choices import DRAWN, Queue
from moderation.models import Decision, HelpRequest, Numbering, Profile, Review, SecondLook

TIME_FOR_IT = timedelta(days=7)

SERIES = "second-looks"
"""Up to which number decisions were looked through (`Numbering`)."""


@domain_action
def draw_second_looks(*, actor: User, at: datetime, limit: int = 500) -> int:
    """Draw from the decisions that became final since the last time, and open a review for each drawn.

    Stratified: of every 1/share decisions of one outcome by one person exactly one, at a place
    that nobody can foretell. A decision that was erased meanwhile is passed over. Cannot be undone.
    Returns how many were looked through; call again while it is `limit`.
    """
    block = round(1 / settings.SECOND_LOOK_SHARE) if settings.SECOND_LOOK_SHARE else 0
    after = _cursor()
    due = list(Decision.objects.filter(sequence__gt=after).order_by("sequence")[:limit])
    if not due:
        return 0
    Numbering.objects.filter(series=SERIES).update(last=due[-1].sequence)
    if block:
        ours = [one for one in due if one.outcome in DRAWN and one.review_id is not None]
        _open(_drawn(ours, block=block), actor=actor, at=at)
    return len(due)


def _cursor() -> int:
    """Return up to which number decisions were looked through; others wait until this is over."""
    Numbering.objects.get_or_create(series=SERIES, defaults={"last": 0})
    return Numbering.objects.select_for_update().get(series=SERIES).last


def _open(drawn: Sequence[Decision], *, actor: User, at: datetime) -> None:
    """Open a review for each; subjects are locked before decisions, as everywhere."""
    about = {r.pk: r for r in Review.objects.filter(pk__in=[one.review_id for one in drawn])}
    for model, name in ((Profile, "profile_id"), (HelpRequest, "help_request_id")):
        keys = [getattr(review, name) for review in about.values() if getattr(review, name)]
        list(model._base_manager.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True))
    still_here = Decision.objects.filter(pk__in=[one.pk for one in drawn], review__in=about)
    still_here = (
        still_here.select_related("review").order_by("pk").select_for_update(no_key=True, of=("self",))
    )
    pairs = [(one, _review_of(one, one.review, at=at)) for one in still_here if one.review]
    store_many([review for _, review in pairs], reason="second_look", at=at)
    looks = [SecondLook(decision=one, review=review, drawn_at=at) for one, review in pairs]
    store_many(looks, reason="drawn", at=at)
    record_many(
        [(events.SecondLookDrawn(decision_id=look.decision_id), look) for look in looks], actor=actor, at=at
    )


_COUNT = """
INSERT INTO moderation_drawcount AS stratum (outcome, decided_by_id, seen) VALUES (%s, %s, %s)
ON CONFLICT (outcome, decided_by_id) DO UPDATE SET seen = stratum.seen + excluded.seen RETURNING seen
"""


def _drawn(decisions: Sequence[Decision], *, block: int) -> list[Decision]:
    strata = Counter((one.outcome, one.decided_by_id) for one in decisions)
    numbered: dict[tuple[str, int], int] = {}
    with connection.cursor() as cursor:
        for (outcome, person), count in sorted(strata.items()):  # in one order
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
        heavy=about.heavy,
    )
