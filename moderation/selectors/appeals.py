"""Decisions that a member may object to, as who takes an appeal in looks for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from backoffice.staff.models import User
from backoffice.staff.policy import Verdict
from moderation.choices import RESTRICTING, DecisionState
from moderation.models import Decision, Profile
from moderation.policy import last_day_to_appeal, may_take_in_appeal
from moderation.selectors.lookup import find_decisions

MOST = 20


@dataclass(frozen=True, slots=True)
class Restriction:
    """A decision that restricts somebody. `last_day` is None where nobody may object to it."""

    decision: Decision
    profile: Profile | None
    last_day: date | None
    verdict: Verdict


def restrictions(*, typed: str, user: User, at: datetime) -> Sequence[Restriction]:
    """Return the newest decisions that were meant by `typed`, one more than `MOST` where there are more."""
    standing = Decision.objects.filter(outcome__in=sorted(RESTRICTING)).exclude(state=DecisionState.UNDONE)
    found = find_decisions(standing, typed).select_related("review__help_request", "statement", "appeal")
    decisions = list(found.order_by("-decided_at")[: MOST + 1])
    members = {(one.site, one.member_id) for one in decisions}
    about = Q(site__in={site for site, _ in members}, member_id__in={member for _, member in members})
    profiles = {(one.site, one.member_id): one for one in Profile.objects.filter(about)} if members else {}
    return [
        Restriction(
            decision,
            profiles.get((decision.site, decision.member_id)),
            last_day_to_appeal(decision),
            may_take_in_appeal(user, decision, at=at),
        )
        for decision in decisions
    ]
