"""Approving several items at once: one decision each, in a transaction of its own, tied by a lot's id.

What stalls half-way leaves each item either decided or not; the same lot sent again goes on where it
stopped, unless something of it was taken back. The id comes from who asks, so that a lot of which no
answer came can be taken back too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy as _

from backoffice.audit.acting import domain_action
from backoffice.errors import DomainError
from backoffice.staff.models import User
from backoffice.staff.permissions import Permission
from backoffice.staff.policy import may, require
from moderation import policy
from moderation.choices import DecisionState, Outcome, ReviewState
from moderation.models import Decision, Review
from moderation.selectors.approved import approved_before, photo_is_new
from moderation.services.closing import SubjectMoved
from moderation.services.decisions import decide_review, undo_decision
from moderation.services.leases import ReviewClosed, claim_review, closed

MOST = 50


class LotUnfit(DomainError):
    """A lot of nothing, or of more than `MOST` items."""

    code = "invalid"


class PhotoUnseen(DomainError):
    """A photo that nobody approved yet was covered all the time."""

    code = "photo_unseen"


class LotTakenBack(DomainError):
    """The actor took back something of this lot: what was still on its way must not go on."""

    code = "taken_back"


class NothingToTakeBack(DomainError):
    """No decision of the lot stands that is the actor's."""

    code = "nothing"


@dataclass(frozen=True, slots=True)
class Choice:
    """One item of a lot, as the actor saw it. `photo_seen`: its photo was uncovered."""

    review_id: UUID
    version: int
    photo_seen: bool = False


@dataclass(frozen=True, slots=True)
class Lot:
    """What became of each item: the decisions, and why others could not be."""

    decisions: list[Decision] = field(default_factory=list)
    refused: list[tuple[UUID, DomainError]] = field(default_factory=list)


def approve_lot(*, actor: User, lot: UUID, choices: Sequence[Choice], at: datetime) -> Lot:
    """Approve each of these items, or say why not. Can be undone by `undo_lot`, as each by itself.

    Every item is taken in hand and checked as at the desk; besides, nothing may stand against it that
    asks for a look of its own (`policy.may_approve_in_lot`). Call it outside a transaction. Raises
    NotAllowed and LotUnfit (field `review`); then nothing has changed.
    """
    require(may(actor, Permission.DECIDE_REVIEWS))
    if not 0 < len(choices) <= MOST:
        raise LotUnfit(_("Choose 1 to %(most)d items.") % {"most": MOST}, field="review")
    done = Lot()
    for choice in dict.fromkeys(choices):
        try:
            done.decisions.append(_approve(actor=actor, lot=lot, choice=choice, at=at))
        except DomainError as refusal:
            done.refused.append((choice.review_id, refusal))
    return done


def undo_lot(*, actor: User, lot: UUID, at: datetime) -> Lot:
    """Take back what the actor decided in a lot, each by itself; the items are free for anybody.

    What can no longer be taken back is told with why. Raises NothingToTakeBack.
    """
    mine = Decision.objects.filter(lot=lot, decided_by=actor, review__isnull=False)
    mine = mine.exclude(state=DecisionState.UNDONE)
    if not (found := list(mine.order_by("decided_at", "id"))):
        raise NothingToTakeBack(_("There is nothing to take back."))
    done = Lot()
    for decision in found:
        assert decision.review_id is not None
        try:
            taken = undo_decision(actor=actor, decision_id=decision.pk, in_hand=False, at=at)
        except DomainError as refusal:
            done.refused.append((decision.review_id, refusal))
        except ObjectDoesNotExist:  # the account was closed meanwhile, and all of it went
            done.refused.append((decision.review_id, ReviewClosed()))
        else:
            done.decisions.append(taken)
    return done


@domain_action
def _approve(*, actor: User, lot: UUID, choice: Choice, at: datetime) -> Decision:
    """Approve one item; when it is refused nothing of it has changed, its lease neither."""
    locked = Review.objects.select_for_update(of=("self",), no_key=True)
    review = locked.select_related("profile", "help_request").filter(pk=choice.review_id).first()
    if review is None:  # the account was closed meanwhile
        raise ReviewClosed
    if review.state != ReviewState.PENDING:
        if before := _of_this_lot(review, actor=actor, lot=lot):
            return before
        raise closed(review)
    if Decision.objects.filter(lot=lot, decided_by=actor, state=DecisionState.UNDONE).exists():
        raise LotTakenBack(_("You took this lot back. Choose the items again."))
    if review.version != choice.version:
        raise SubjectMoved(review.version)
    require(policy.may_approve_in_lot(actor, review, at=at))
    subject = review.subject
    if subject and not choice.photo_seen and photo_is_new(subject, approved_before([subject])):
        raise PhotoUnseen(_("Look at the photo first."))
    lease = claim_review(actor=actor, review_id=review.pk, at=at)
    return decide_review(
        actor=actor,
        review_id=review.pk,
        epoch=lease.epoch,
        version=choice.version,
        outcome=Outcome.APPROVE,
        lot=lot,
        at=at,
    )


def _of_this_lot(review: Review, *, actor: User, lot: UUID) -> Decision | None:
    standing = review.decisions.exclude(state=DecisionState.UNDONE)
    return standing.filter(lot=lot, decided_by=actor).first()
