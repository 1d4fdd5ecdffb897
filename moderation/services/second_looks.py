"""A blind second look: judging again what was decided, and settling what differs."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.errors import DomainError
from backoffice.staff.models import User
from backoffice.staff.policy import require
from moderation import events, policy
from moderation.choices import APPROVING, Outcome, ReviewState, Settlement
from moderation.models import Review, SecondLook
from moderation.services.closing import close_review, require_reason
from moderation.services.grounds import grounds_for
from moderation.services.leases import closed
from moderation.services.openings import reopen_subject


class NothingToSettle(DomainError):
    """The two agreed, or it was settled before."""

    code = "nothing_to_settle"


@domain_action
def judge_again(
    *,
    actor: User,
    review_id: UUID,
    epoch: int,
    version: int,
    outcome: Outcome,
    policies: Sequence[str] = (),
    reason: str = "",
    at: datetime,
) -> SecondLook:
    """Say what one would have decided, without knowing what was. Changes nothing else; cannot be undone.

    Guarded as `decide_review` is. The two agree when the outcome is the same and, where it
    restricts, they name a house rule in common. Raises what `decide_review` raises.
    """
    review = Review.objects.select_related("profile", "help_request", "second_look__decision").get(
        pk=review_id
    )
    if review.state != ReviewState.PENDING:
        raise closed(review)
    require(policy.may_judge_again(actor, review, outcome, at=at) and policy.has_read(actor, review, at=at))
    require_reason(outcome, reason)
    rules = grounds_for(policies, outcome=outcome)
    close_review(actor=actor, review_id=review_id, epoch=epoch, version=version, reason="judged_again", at=at)
    look = review.second_look
    first = set(look.decision.grounds.values_list("policy__code", flat=True))
    look.outcome = outcome
    look.policies = [rule.code for rule in rules]
    look.reason = reason.strip()
    look.judged_by = actor
    look.judged_at = at
    same = outcome == look.decision.outcome or {outcome, look.decision.outcome} <= APPROVING
    look.agrees = same and (not first or bool(first & set(look.policies)))
    look.store(reason="judged", at=at)
    record(events.SecondLookJudged(agrees=look.agrees), actor=actor, subject=look, at=at)
    return look


@domain_action
def settle_second_look(
    *, actor: User, look_id: UUID, settlement: Settlement, note: str = "", at: datetime
) -> SecondLook:
    """Say which of two judgements is the house's, for the next time. Cannot be undone.

    When the second is right and the text is still here, its subject comes under review again, for
    anybody but the first decider. Raises NotAllowed, NothingToSettle.
    """
    look = (
        SecondLook.objects.select_for_update(of=("self",), no_key=True)
        .select_related("decision__decided_by", "review__profile", "review__help_request")
        .get(pk=look_id)
    )
    require(policy.may_settle(actor, look))
    if look.agrees is not False or look.settlement:
        raise NothingToSettle(_("There is nothing to settle here."))
    look.settlement = settlement
    look.settlement_note = note.strip()
    look.settled_by = actor
    look.settled_at = at
    look.store(reason="settled", at=at)
    if settlement == Settlement.SECOND and look.review.subject is not None:
        reopen_subject(look.review.subject, not_for=look.decision.decided_by, actor=actor, at=at)
    record(events.SecondLookSettled(settlement=settlement), actor=actor, subject=look, at=at)
    return look
