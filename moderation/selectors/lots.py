"""What of a queue can be approved from a list, and what of it was."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from backoffice import clock
from backoffice.staff.models import User
from moderation.changes import FieldChange, changed_fields
from moderation.choices import DecisionState, Queue
from moderation.models import Decision, HelpRequest, Lease, Profile, Review, Signal, Skip, Tie
from moderation.policy import IN_LOTS, born_too_late
from moderation.priority import BY_ITSELF
from moderation.selectors.approved import approved_before, photo_is_new
from moderation.selectors.queues import profiles_of, waiting_in


@dataclass(frozen=True, slots=True)
class LotRow:
    """One item to read in a list. `photo_unseen`: its photo was never approved."""

    review: Review
    profile: Profile | None
    age: int | None
    changes: list[FieldChange]
    photo_unseen: bool

    @property
    def subject(self) -> Profile | HelpRequest:
        """What it is about."""
        subject = self.review.subject
        assert subject is not None  # it waits
        return subject

    @property
    def text(self) -> str:
        """What stands under its title or name."""
        return self.subject.about if isinstance(self.subject, Profile) else self.subject.text


@dataclass(frozen=True, slots=True)
class LastLot:
    """A lot that can still be taken back: how many decisions, and for how many seconds."""

    lot: UUID
    count: int
    seconds: int


def fit_for_lots(queue: Queue, *, user: User, at: datetime, most: int) -> list[Review]:
    """Return what of a queue `user` may approve from a list: free, and nothing asks for a look of its own.

    The first `most` in the order of the desk. `policy.may_approve_in_lot` has the last word.
    """
    if queue not in IN_LOTS:
        return []
    waiting = waiting_in(queue, at=at)
    standing = Signal.objects.filter(review=OuterRef("pk"), dismissed_at=None)
    fit = _free_for(waiting, user=user, at=at).filter(escalated=False, heavy=[])
    for code in sorted(BY_ITSELF):
        fit = fit.exclude(reasons__contains=[{"code": code}])
    young = born_too_late(on=clock.local_day(at)).filter(
        site=OuterRef("site"), member_id=OuterRef("member_id")
    )
    fit = fit.exclude(Exists(standing) | Exists(young))
    keys = list(fit.values_list("pk", flat=True)[:most])  # what is shown of each is read for these alone
    return list(waiting.filter(pk__in=keys))


def lot_rows(reviews: list[Review], *, on: date) -> list[LotRow]:
    """Return these reviews with what one reads of each; the same few queries for any number."""
    profiles = profiles_of(reviews)
    approved = approved_before([review.subject for review in reviews if review.subject])
    rows = []
    for review in reviews:
        subject = review.subject
        if subject is None:
            continue
        before = approved.get(subject.pk)
        profile = profiles.get((review.site, review.member_id))
        rows.append(
            LotRow(
                review=review,
                profile=profile,
                age=profile.age(on=on) if profile else None,
                changes=changed_fields(before, subject, fields=subject.material_fields) if before else [],
                photo_unseen=photo_is_new(subject, approved),
            )
        )
    return rows


def last_lot(*, user: User, at: datetime) -> LastLot | None:
    """Return the lot of which `user` can still take back the most recent decisions."""
    held = Decision.objects.filter(decided_by=user, state=DecisionState.HELD, undo_until__gt=at)
    held = held.filter(lot__isnull=False, decided_at__gt=at - timedelta(days=1))
    if (newest := held.order_by("-decided_at").first()) is None or newest.lot is None:
        return None
    of_it = held.filter(lot=newest.lot)
    return LastLot(newest.lot, of_it.count(), int((newest.undo_until - at).total_seconds()))


def _free_for(waiting: QuerySet[Review], *, user: User, at: datetime) -> QuerySet[Review]:
    """Return those of `waiting` that nobody keeps from `user`, whether heavy or handed up or not."""
    known = Tie.objects.filter(user=user, site=OuterRef("site"), member_id=OuterRef("member_id"))
    held = Lease.objects.filter(review=OuterRef("pk"), expires_at__gt=at).exclude(holder=user)
    skipped = Skip.objects.filter(review=OuterRef("pk"), user=user)
    return waiting.exclude(not_for=user).exclude(Exists(known) | Exists(held) | Exists(skipped))
