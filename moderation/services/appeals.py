"""Objecting to a decision: taken in once, judged by somebody else (DSA article 20)."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from backoffice import clock
from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.errors import DomainError
from backoffice.staff.models import User
from backoffice.staff.policy import require
from moderation import events, policy
from moderation.choices import AppealChannel, Queue
from moderation.models import Appeal, Decision, HelpRequest, Profile, Review
from moderation.services.letters import confirm_appeal

LONGEST_APPEAL = 10_000


class DecisionUnknown(DomainError):
    """There is no such decision about this site."""

    code = "decision_unknown"


class AppealedBefore(DomainError):
    """Somebody objected to this decision already."""

    code = "appealed_before"


class AppealRefused(DomainError):
    """The appeal says nothing, or too much."""

    code = "invalid"


@domain_action
def receive_appeal(
    *, actor: User, site: str, external_id: str, decision_id: UUID, text: str, at: datetime
) -> tuple[Appeal, bool]:
    """Take in an appeal that a platform hands over under its own number. Cannot be undone.

    The member gets a letter that it came in. Returns it, and whether it is new: the same number for
    the same decision changes nothing.
    Raises DecisionUnknown, AppealedBefore, AppealRefused (with the field), NotAllowed (codes
    `not_appealable`, `too_late`).
    """
    decision = _lock(Decision.objects.filter(site=site), decision_id)
    known = Appeal.objects.filter(decision=decision).first()
    if known is not None and known.external_id == external_id:
        return known, False
    if Appeal.objects.filter(site=site, external_id=external_id).exists():
        raise _number_is_taken()
    try:
        with transaction.atomic():
            return _open(
                decision, actor=actor, channel=AppealChannel.API, external_id=external_id, text=text, at=at
            ), True
    except IntegrityError:  # the same number came for another decision at this very moment
        raise _number_is_taken() from None


@domain_action
def take_in_appeal(*, actor: User, decision_id: UUID, text: str, at: datetime) -> Appeal:
    """Write down an appeal that reached the servicedesk. Cannot be undone.

    The member gets a letter that it came in.
    Raises NotAllowed, DecisionUnknown, AppealedBefore, AppealRefused (with the field).
    """
    require(policy.may_take_in_appeals(actor))
    decision = _lock(Decision.objects.all(), decision_id)
    return _open(decision, actor=actor, channel=AppealChannel.SERVICEDESK, external_id="", text=text, at=at)


def _number_is_taken() -> AppealedBefore:
    return AppealedBefore(_("This number belongs to an appeal about another decision."), field="appeal_id")


def _lock(decisions: QuerySet[Decision], decision_id: UUID) -> Decision:
    """Lock a decision: two who object to the same one wait for each other.

    What it is about is locked before it, as everywhere: closing the account waits, or is waited for.
    """
    about = decisions.filter(pk=decision_id).values_list("review__profile", "review__help_request").first()
    for model, key in zip((Profile, HelpRequest), about or (), strict=False):
        model._base_manager.select_for_update(no_key=True).filter(pk=key).first()
    found = decisions.select_for_update(no_key=True, of=("self",)).select_related("review")
    decision = found.filter(pk=decision_id).first()
    if decision is None:
        raise DecisionUnknown(_("There is no such decision."), field="decision_id")
    return decision


def _open(
    decision: Decision, *, actor: User, channel: AppealChannel, external_id: str, text: str, at: datetime
) -> Appeal:
    text = text.strip()
    if not text or len(text) > LONGEST_APPEAL:
        raise AppealRefused(_("Say in 1 to 10,000 characters why the member does not agree."), field="text")
    if Appeal.objects.filter(decision=decision).exists():
        raise AppealedBefore(policy.APPEALED_BEFORE.message, field="decision_id")
    require(policy.may_appeal(decision, at=at))
    about = decision.review
    review = Review(
        queue=Queue.APPEALS,
        subject_kind=decision.subject_kind,
        profile_id=about.profile_id if about else None,
        help_request_id=about.help_request_id if about else None,
        site=decision.site,
        member_id=decision.member_id,
        revision=decision.revision,
        version=decision.version,
        opened_at=at,
        ranks_at=at,
        due_at=clock.end_of_next_day(at),
        not_for=decision.decided_by,
        heavy=about.heavy if about else [],
    )
    review.store(reason="appeal", at=at)
    appeal = Appeal(
        decision=decision,
        review=review,
        site=decision.site,
        member_id=decision.member_id,
        external_id=external_id,
        channel=channel,
        text=text,
        received_at=at,
    )
    appeal.store(reason="received", at=at)
    confirm_appeal(appeal, at=at)
    record(
        events.AppealReceived(decision_id=decision.pk, review_id=review.pk, channel=channel),
        actor=actor,
        subject=appeal,
        at=at,
    )
    return appeal
