"""Having a review in hand: taken, renewed or taken over by one statement, lost when it runs out.

The idea of the single upsert is Modrinth's moderation lock; the epoch is a fencing token: it goes
up when the holder changes, and a decision under an older one is refused.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection
from django.utils.translation import gettext_lazy as _

from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.errors import DomainError
from backoffice.staff.models import User
from backoffice.staff.permissions import Permission
from backoffice.staff.policy import may, require
from moderation import events, policy
from moderation.choices import Queue, ReviewState, SkipReason
from moderation.models import Draft, Lease, Review, Skip
from moderation.priority import handed_up, total
from moderation.selectors.next_item import AT_WORK, FREE, asked_by
from moderation.services.ties import declare_tie

LEFT_FOR_OTHERS = 5
"""With fewer free reviews in a queue than this, nobody takes one ahead."""


_HANDED_UP_FIELDS = ("queue", "escalated", "escalation_reason", "reasons", "points", "ranks_at")


class HeldByOther(DomainError):
    """A colleague has the review in hand, until `until`."""

    code = "held_by_other"

    def __init__(self, holder: User, until: datetime) -> None:
        super().__init__(_("%(name)s is working on this item.") % {"name": holder})
        self.holder = holder
        self.until = until


class LeaseLost(DomainError):
    """The lease ran out, or passed to `holder` (None: to nobody)."""

    code = "lease_lost"

    def __init__(self, holder: User | None = None) -> None:
        if holder is None:
            super().__init__(_("Your time for this item ran out. Take it again to go on."))
        else:
            super().__init__(_("%(name)s has taken over this item.") % {"name": holder})
        self.holder = holder


class ReviewClosed(DomainError):
    """The review was decided or became void in the meantime; `by` is who decided, when known."""

    code = "review_closed"

    def __init__(self, by: User | None = None) -> None:
        if by is None:
            super().__init__(_("This item no longer needs a decision."))
        else:
            super().__init__(_("%(name)s has decided this item.") % {"name": by})
        self.by = by


class SkipReasonMissing(DomainError):
    """`Something else` needs a few words."""

    code = "required"


class EscalationReasonMissing(DomainError):
    """A coordinator must be told what to look at."""

    code = "required"


_TAKE = """
, taken AS (
    INSERT INTO moderation_lease AS lease (review_id, holder_id, epoch, taken_at, expires_at)
    SELECT chosen.id, %(holder)s, 1, %(at)s, %(until)s FROM chosen
    ON CONFLICT (review_id) DO UPDATE SET
        epoch = lease.epoch + (lease.holder_id <> excluded.holder_id)::int,
        taken_at = CASE WHEN lease.holder_id = excluded.holder_id AND lease.expires_at > %(at)s
                        THEN lease.taken_at ELSE excluded.taken_at END,
        holder_id = excluded.holder_id,
        expires_at = excluded.expires_at
    WHERE lease.holder_id = excluded.holder_id OR lease.expires_at <= %(at)s
    RETURNING lease.*)
SELECT chosen.id AS review_id, taken.holder_id, taken.epoch, taken.taken_at, taken.expires_at
FROM chosen LEFT JOIN taken ON true
"""

_CHOOSE_ONE = """
WITH chosen AS (
    SELECT id FROM moderation_review WHERE id = %(review)s AND state = 'pending' FOR NO KEY UPDATE)
"""

# What the person holds already; else what is overdue, the longest overdue day first; else by rank.
# Both last ones read an index in order. A part is run only when those before it gave nothing.
_CHOOSE_NEXT = f"""
WITH {AT_WORK},
held AS (
    SELECT review.id
    FROM moderation_lease AS lease JOIN moderation_review AS review ON review.id = lease.review_id
    WHERE lease.holder_id = %(holder)s AND lease.expires_at > %(at)s
      AND review.state = 'pending' AND review.queue = %(queue)s AND review.id <> ALL(%(besides)s)
    ORDER BY lease.taken_at LIMIT 1 FOR NO KEY UPDATE OF review),
overdue AS ({FREE}
    AND review.due_at <= %(at)s
    ORDER BY review.due_at, review.ranks_at LIMIT 1 FOR NO KEY UPDATE OF review SKIP LOCKED),
ranked AS ({FREE}
    ORDER BY review.ranks_at, review.id LIMIT 1 FOR NO KEY UPDATE OF review SKIP LOCKED),
chosen AS (
    SELECT id FROM held UNION ALL SELECT id FROM overdue UNION ALL SELECT id FROM ranked LIMIT 1)
"""  # noqa: S608 - made of constants


_LEASE = ("review_id", "holder_id", "epoch", "taken_at", "expires_at")


def _take(choose: str, *, actor: User, at: datetime, **params: Any) -> Lease | None:
    """Run one statement that chooses a review and takes its lease.

    None when there is nothing to choose. A lease without a holder when somebody else has it, or was a
    moment faster: what they took still looked free to the statement that chose it.
    """
    until = at + timedelta(seconds=settings.LEASE_SECONDS)
    with connection.cursor() as cursor:
        cursor.execute(choose + _TAKE, {**params, "holder": actor.pk, "at": at, "until": until})
        row = cursor.fetchone()
    if row is None:
        return None
    lease = Lease.from_db(connection.alias, _LEASE, row)
    if lease.holder_id and lease.taken_at == at:
        claimed = events.ReviewClaimed(epoch=lease.epoch)
        record(claimed, actor=actor, subject=Review(pk=lease.review_id), at=at)
    return lease


@domain_action
def claim_next(*, actor: User, queue: Queue, at: datetime, besides: Collection[UUID] = ()) -> Lease | None:
    """Take the next review of a queue in hand; one that the actor already holds comes first.

    Two people who ask at once get different reviews; those in `besides` are passed over. What is hard to
    read is never of a kind that the actor declines, and goes first to whoever at work in this queue had
    fewer today (see `selectors.next_item`). Returns None when nothing is left for the actor: the rest is
    in other hands, was skipped by them, waits for a coordinator, or is kept away from them.
    """
    require(may(actor, Permission.DECIDE_REVIEWS))
    asked = asked_by(actor, queue=queue, at=at, besides=besides)
    while (lease := _take(_CHOOSE_NEXT, actor=actor, **asked)) and not lease.holder_id:
        pass  # choose again
    return lease


@domain_action
def claim_ahead(*, actor: User, queue: Queue, besides: Collection[UUID], at: datetime) -> Lease | None:
    """Take the one after `besides` in hand as well, so that it is there when they are decided.

    Returns None near the end of a queue, where it would keep a colleague from working.
    """
    free = Review.objects.filter(queue=queue, state=ReviewState.PENDING, escalated=False)
    free = free.exclude(lease__expires_at__gt=at)
    if free[:LEFT_FOR_OTHERS].count() < LEFT_FOR_OTHERS:
        return None
    return claim_next(actor=actor, queue=queue, at=at, besides=besides)


@domain_action
def claim_review(*, actor: User, review_id: UUID, at: datetime) -> Lease:
    """Take, renew or (when it ran out) take over one review.

    Raises HeldByOther while a colleague has it, ReviewClosed when it needs no decision any more,
    NotAllowed by policy, Review.DoesNotExist.
    """
    review = Review.objects.select_related("profile", "help_request").get(pk=review_id)
    if review.state != ReviewState.PENDING:
        raise closed(review)
    require(policy.may_take(actor, review))
    lease = _take(_CHOOSE_ONE, actor=actor, at=at, review=review_id)
    if lease and lease.holder_id:
        return lease
    holder = lease_holder(review_id, at=at)
    if holder is None:
        raise ReviewClosed
    raise HeldByOther(holder.holder, holder.expires_at)


def renew_lease(
    *, actor: User, review_id: UUID, epoch: int, at: datetime, draft: dict[str, Any] | None = None
) -> Lease:
    """Put the end of a lease off, and keep what was written so far.

    Works on a lease that ran out as long as nobody else took it. Raises LeaseLost or ReviewClosed
    when it is gone; the draft is kept all the same.
    """
    require(may(actor, Permission.DECIDE_REVIEWS))
    review = Review.objects.get(pk=review_id)
    if draft is not None:
        _keep_draft(review, actor=actor, body=draft, at=at)
    if review.state != ReviewState.PENDING:
        raise closed(review)
    mine = Lease.objects.filter(review_id=review_id, holder=actor, epoch=epoch)
    if not mine.update(expires_at=at + timedelta(seconds=settings.LEASE_SECONDS)):
        raise lost(review_id, at=at)
    lease = mine.first()
    if lease is None:  # the account was closed meanwhile
        raise ReviewClosed
    return lease


def _keep_draft(review: Review, *, actor: User, body: dict[str, Any], at: datetime) -> None:
    try:
        Draft.objects.update_or_create(review=review, author=actor, defaults={"body": body, "saved_at": at})
    except IntegrityError:  # the account was closed meanwhile, and the review went with it
        raise ReviewClosed from None


@domain_action
def release_lease(*, actor: User, review_id: UUID, epoch: int, at: datetime) -> None:
    """Put a review back for anybody. Does nothing when the lease is no longer the actor's."""
    if _let_go(actor=actor, review_id=review_id, epoch=epoch, at=at):
        record(events.ReviewReleased(), actor=actor, subject=Review(pk=review_id), at=at)


@domain_action
def release_all(*, actor: User, at: datetime) -> int:
    """Put back everything that the actor has in hand; return how many reviews that were."""
    mine = Lease.objects.filter(holder=actor, expires_at__gt=at, review__state=ReviewState.PENDING)
    held = list(mine.values_list("review_id", "epoch").order_by("review_id"))
    for review_id, epoch in held:
        release_lease(actor=actor, review_id=review_id, epoch=epoch, at=at)
    return len(held)


@domain_action
def skip_review(
    *, actor: User, review_id: UUID, epoch: int, reason: SkipReason, note: str = "", at: datetime
) -> Skip:
    """Leave a review to a colleague: it goes back, and the actor is not offered it again.

    Who skips because they know the person gets no other item of that member either. Raises
    LeaseLost when it is not in the actor's hands, SkipReasonMissing (field `note`), ReviewClosed
    when it is gone.
    """
    require(may(actor, Permission.DECIDE_REVIEWS))
    if reason == SkipReason.OTHER and not note.strip():
        raise SkipReasonMissing(_("Say in a few words why you skip this item."), field="note")
    if not Review.objects.select_for_update(no_key=True).filter(pk=review_id):  # before its lease
        raise ReviewClosed
    if not _let_go(actor=actor, review_id=review_id, epoch=epoch, at=at):
        raise lost(review_id, at=at)
    Draft.objects.filter(review_id=review_id, author=actor).delete()
    skip, _created = Skip.objects.update_or_create(
        review_id=review_id, user=actor, defaults={"reason": reason, "note": note.strip(), "at": at}
    )
    said = "" if reason == SkipReason.TOO_HEAVY else reason  # what somebody can bear is no mark against them
    record(events.ReviewSkipped(), actor=actor, subject=Review(pk=review_id), reason=said, at=at)
    if reason == SkipReason.KNOWS_PERSON:
        declare_tie(actor=actor, site=skip.review.site, member_id=skip.review.member_id, at=at)
    return skip


@domain_action
def escalate_review(*, actor: User, review_id: UUID, epoch: int, reason: str, at: datetime) -> Review:
    """Hand a review to the coordinators: it moves to the urgent queue and only they decide it.

    Cannot be undone. Raises LeaseLost when it is not in the actor's hands, EscalationReasonMissing
    (field `reason`), NotAllowed when it was escalated already.
    """
    review = Review.objects.select_for_update(no_key=True).get(pk=review_id)
    if review.state != ReviewState.PENDING:
        raise closed(review)
    require(policy.may_escalate(actor, review))
    require_words(reason)
    if not _let_go(actor=actor, review_id=review_id, epoch=epoch, at=at):
        raise lost(review_id, at=at)
    hand_up(review, actor=actor, reason=reason, danger=False, at=at)
    return review


def require_words(reason: str) -> None:
    """Raise EscalationReasonMissing (field `reason`) when nothing is said of what to look at."""
    if not reason.strip():
        raise EscalationReasonMissing(_("Say what the coordinator must look at."), field="reason")


def hand_up(review: Review, *, actor: User, reason: str, danger: bool, at: datetime) -> None:
    """Move a locked review to the urgent queue, for coordinators only; with `danger` to its top.

    What was said when it was handed up before stays.
    """
    Draft.objects.filter(review=review, author=actor).delete()
    came_from = Queue(review.queue)
    review.queue = Queue.URGENT
    review.escalated = True
    review.escalation_reason = "\n".join(filter(None, (reason.strip(), review.escalation_reason)))
    review.reasons = [handed_up(danger=danger), *review.reasons]
    review.points = total(review.reasons)
    review.ranks_at = review.opened_at - timedelta(hours=review.points)
    review.store(reason="escalated", at=at, fields=_HANDED_UP_FIELDS)
    record(events.ReviewEscalated(came_from=came_from), actor=actor, subject=review, at=at)


def lease_holder(review_id: UUID, *, at: datetime) -> Lease | None:
    """Return the lease that holds at `at`, with its holder."""
    return Lease.objects.filter(review_id=review_id, expires_at__gt=at).select_related("holder").first()


def lost(review_id: UUID, *, at: datetime) -> LeaseLost:
    """Return the error that says who has the review now."""
    lease = lease_holder(review_id, at=at)
    return LeaseLost(lease.holder if lease else None)


def closed(review: Review) -> ReviewClosed:
    """Return the error that says who decided the review."""
    decision = review.decisions.exclude(state="undone").select_related("decided_by").first()
    return ReviewClosed(decision.decided_by if decision else None)


def _let_go(*, actor: User, review_id: UUID, epoch: int, at: datetime) -> bool:
    mine = Lease.objects.filter(review_id=review_id, holder=actor, epoch=epoch, expires_at__gt=at)
    return bool(mine.update(expires_at=at))
