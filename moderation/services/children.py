"""Forgetting members who were confirmed to be under 16 (R22): as soon as it has been told."""

from datetime import datetime, timedelta

from backoffice.audit.acting import domain_action
from backoffice.outbox.announcements import still_waiting
from backoffice.staff.models import User
from moderation.choices import DecisionState, Outcome, SubjectKind
from moderation.models import Decision
from moderation.services.erasure import erase_accounts
from moderation.services.locks import lock_subjects
from moderation.services.tombstones import bury, digest_of

LONGEST_WAIT = timedelta(hours=24)
"""A receiver or a mail server that is down keeps a child's data here no longer than this."""


def forget_children(*, actor: User, at: datetime, limit: int = 100) -> int:
    """Remove everything of members who were confirmed to be under 16; the photo after commit.

    What must still leave, to the platform and to the member, leaves first, for `LONGEST_WAIT` at
    most. Of the decision stays what the platform reads back, without its words, until it closes
    the account. The member's number is never taken in again. Cannot be undone. Returns how many.
    """
    confirmed = Decision.objects.filter(
        outcome=Outcome.CONFIRM_UNDER_16, state=DecisionState.FINAL, review__isnull=False
    )
    found = list(confirmed.order_by("final_at", "pk"))
    waiting = still_waiting(about=[str(decision.pk) for decision in found])
    overdue = set(confirmed.filter(final_at__lte=at - LONGEST_WAIT).values_list("pk", flat=True))
    told = [one for one in found if one.pk in overdue or str(one.pk) not in waiting][:limit]
    for decision in told:
        _forget(decision=decision, actor=actor, at=at)
    return len(told)


@domain_action
def _forget(*, decision: Decision, actor: User, at: datetime) -> None:
    lock_subjects([(SubjectKind.PROFILE, decision.site, decision.member_id)])
    bury([(digest_of(SubjectKind.PROFILE, decision.site, decision.member_id), None)], at=at)
    erase_accounts(accounts=[(decision.site, decision.member_id)], emptied=[decision.pk], actor=actor, at=at)
