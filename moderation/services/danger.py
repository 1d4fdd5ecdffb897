"""Somebody may be in danger: hand it up at once, and write down what was done."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.errors import DomainError
from backoffice.leaks.check import leaks
from backoffice.leaks.people import Person
from backoffice.staff.models import User
from backoffice.staff.policy import require
from moderation import events, policy
from moderation.choices import DangerDeed, ReviewState
from moderation.models import DangerStep, Lease, Profile, Review
from moderation.services.leases import closed, hand_up, require_words

LONGEST_NOTE = 300


class StepRefused(DomainError):
    """A step cannot be written down so; `field` says why."""

    code = "invalid"


class NoteNames(StepRefused):
    """A note says who the member is, or how to reach them."""

    code = "names"


class CorrectedBefore(DomainError):
    """Somebody said already that this was not done."""

    code = "corrected"


@domain_action
def report_danger(*, actor: User, review_id: UUID, reason: str, at: datetime) -> Review:
    """Put a review at the top for the coordinators: somebody may be in immediate danger.

    Danger goes before a lease: whoever has the review in hand loses it. Cannot be undone. Raises
    ReviewClosed, NotAllowed (also when it was reported before), EscalationReasonMissing.
    """
    review = Review.objects.select_for_update(no_key=True).get(pk=review_id)
    if review.state != ReviewState.PENDING:
        raise closed(review)
    require(policy.may_report_danger(actor, review))
    require_words(reason)
    hand_up(review, actor=actor, reason=reason, danger=True, at=at)
    Lease.objects.filter(review=review, expires_at__gt=at).update(expires_at=at)
    _write(review, DangerDeed.HANDED_UP, actor=actor, at=at)
    return review


@domain_action
def record_step(*, actor: User, review_id: UUID, deed: str, note: str = "", at: datetime) -> DangerStep:
    """Write down that something was done, by the actor and now. Taken back by `correct_step`.

    Works whether or not the review waits, or is in anybody's hands. Raises NotAllowed, StepRefused
    (field `deed` or `note`), NoteNames, Review.DoesNotExist.
    """
    review = Review.objects.select_for_update(no_key=True).get(pk=review_id)
    require(policy.may_record_danger(actor))
    if deed not in DangerDeed or deed == DangerDeed.HANDED_UP:
        raise StepRefused(_("Choose one of the steps."), field="deed")
    note = note.strip()
    if len(note) > LONGEST_NOTE:
        raise StepRefused(_("A note has at most 300 characters."), field="note")
    if note and leaks(note, reporter=_member_of(review)):
        raise NoteNames(_("Leave out who it is: no name, number or address of the member."), field="note")
    return _write(review, DangerDeed(deed), actor=actor, note=note, at=at)


@domain_action
def correct_step(*, actor: User, step_id: int, at: datetime) -> DangerStep:
    """Write down that a step was ticked in error; what was written stays, struck through.

    Raises NotAllowed unless it is one's own (or one coordinates), CorrectedBefore,
    DangerStep.DoesNotExist.
    """
    step = DangerStep.objects.select_related("review").get(pk=step_id, corrects=None)
    Review.objects.select_for_update(no_key=True).get(pk=step.review_id)
    require(policy.may_correct_step(actor, step))
    if DangerStep.objects.filter(corrects=step).exists():
        raise CorrectedBefore(_("This was taken back already."))
    return _write(step.review, DangerDeed(step.deed), actor=actor, corrects=step, at=at)


def _write(
    review: Review,
    deed: DangerDeed,
    *,
    actor: User,
    note: str = "",
    corrects: DangerStep | None = None,
    at: datetime,
) -> DangerStep:
    step = DangerStep.objects.create(
        site=review.site,
        member_id=review.member_id,
        review=review,
        deed=deed,
        note=note,
        by=actor,
        at=at,
        corrects=corrects,
    )
    happened = events.DangerStepCorrected if corrects else events.DangerStepRecorded
    record(happened(step_id=step.pk, deed=deed), actor=actor, subject=review, at=at)
    return step


def _member_of(review: Review) -> Person:
    profile = Profile.objects.filter(site=review.site, member_id=review.member_id).first()
    if profile is None:
        return Person(member_id=review.member_id)
    return Person(
        first_name=profile.first_name,
        infix=profile.infix,
        last_name=profile.last_name,
        email=profile.email,
        phone=profile.phone,
        postcode=profile.postcode,
        member_id=profile.member_id,
    )
