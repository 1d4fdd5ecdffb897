"""Closing a review that one has in hand: the guards that every judgement passes.

Two stand in the very statement that closes: the lease's epoch (who) and the version seen (what).
"""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backoffice.audit.history import returning_update
from backoffice.errors import DomainError
from backoffice.staff.models import User
from moderation.choices import EXPLAINED, Outcome, ReviewState
from moderation.models import Review
from moderation.services.leases import ReviewClosed, closed, lost


class SubjectMoved(DomainError):
    """The member changed the text while it was being read; `version` is the new one."""

    code = "subject_moved"

    def __init__(self, version: int) -> None:
        super().__init__(_("The member has changed this. Look at what changed and decide again."))
        self.version = version


class ReasonMissing(DomainError):
    """A judgement that needs one has no reason."""

    code = "required"


def require_reason(outcome: Outcome, reason: str) -> None:
    """Raise ReasonMissing (field `reason`) when an outcome needs a reason and has none."""
    if outcome in EXPLAINED and not reason.strip():
        raise ReasonMissing(_("Give a reason: somebody will want to know why."), field="reason")


# The review is locked before its lease, everywhere: two statements that want both never deadlock.
_CLOSE = """
WITH seen AS (
    SELECT id FROM moderation_review
    WHERE id = %(review)s AND state = 'pending' AND version = %(version)s FOR NO KEY UPDATE),
mine AS (
    SELECT lease.review_id FROM moderation_lease AS lease JOIN seen ON seen.id = lease.review_id
    WHERE lease.holder_id = %(actor)s AND lease.epoch = %(epoch)s AND lease.expires_at > %(at)s
    FOR UPDATE OF lease),
closed AS (
    UPDATE moderation_review AS review SET state = 'decided', closed_at = %(at)s
    FROM mine WHERE review.id = mine.review_id
    RETURNING review.id, review.revision, review.member_id, review.help_request_id),
put_down AS (
    UPDATE moderation_lease AS lease SET expires_at = %(at)s
    FROM closed WHERE lease.review_id = closed.id),
thrown_away AS (
    DELETE FROM moderation_draft AS draft USING closed
    WHERE draft.review_id = closed.id AND draft.author_id = %(actor)s)
SELECT closed.id, closed.revision, coalesce(asked.request_id, closed.member_id) AS external_id
FROM closed LEFT JOIN moderation_helprequest AS asked ON asked.id = closed.help_request_id
"""


class Closed(NamedTuple):
    """A review that was just closed: the platform's revision and number of what it is about."""

    review_id: UUID
    revision: int
    external_id: str


def close_review(
    *, actor: User, review_id: UUID, epoch: int, version: int, reason: str, at: datetime
) -> Closed:
    """Close a review that the actor has in hand, and put it down: its lease ends, their draft goes.

    Raises ReviewClosed, SubjectMoved, LeaseLost; then nothing has changed.
    """
    given = {"review": review_id, "version": version, "actor": actor.pk, "epoch": epoch, "at": at}
    rows = returning_update(Review, _CLOSE, given, reason=reason, at=at)
    if not rows:
        raise _why_refused(review_id, version=version, at=at)
    (row,) = rows
    return Closed(*row)


def _why_refused(review_id: UUID, *, version: int, at: datetime) -> DomainError:
    review = Review.objects.filter(pk=review_id).first()
    if review is None:  # the account was closed meanwhile
        return ReviewClosed()
    if review.state != ReviewState.PENDING:
        return closed(review)
    if review.version != version:
        return SubjectMoved(review.version)
    return lost(review_id, at=at)
