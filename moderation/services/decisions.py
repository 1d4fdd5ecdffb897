"""Deciding, taking back, becoming final. Nothing leaves the house before the undo window has closed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from backoffice.audit.acting import domain_action
from backoffice.audit.events import record, record_many
from backoffice.audit.history import store_many
from backoffice.errors import DomainError
from backoffice.outbox.announcements import Announcement
from backoffice.staff.models import User
from backoffice.staff.policy import require
from moderation import events, policy
from moderation.announcements import decision_data
from moderation.choices import (
    APPROVING,
    LOOKS_BACK,
    ON_APPEAL,
    DecisionState,
    Outcome,
    ReviewState,
    VoidReason,
)
from moderation.models import Decision, DecisionPolicy, Profile, Review
from moderation.services.closing import close_review, require_reason
from moderation.services.grounds import grounds_for
from moderation.services.leases import ReviewClosed, claim_review, closed
from moderation.services.letters import Report, hand_over_letters, require_discretion, write_letters
from moderation.services.statements import state_reasons
from moderation.transparency.terms import Source


class TipMissing(DomainError):
    """A tip without words."""

    code = "required"


class AgeBasisMissing(DomainError):
    """An approval of somebody whose age is unknown does not say how we know (R21)."""

    code = "required"


@domain_action
def decide_review(
    *,
    actor: User,
    review_id: UUID,
    epoch: int,
    version: int,
    outcome: Outcome,
    policies: Sequence[str] = (),
    reason: str = "",
    message: str = "",
    age_basis: str = "",
    report: Report | None = None,
    lot: UUID | None = None,
    at: datetime,
) -> Decision:
    """Decide a review that the actor has in hand. Can be undone for `settings.UNDO_SECONDS`.

    `epoch` and `version` are those the actor saw. `policies` are the numbers of the house rules
    that it rests on. `reason` is for colleagues and the platform, `message` for the member.
    `age_basis` says how we know that somebody without a birth date is 16 or older. `report` is
    what led to it: the letter must not give away whose it was. `lot` ties it to others that were
    made with the same press.

    Raises NotAllowed by policy (code `covered` when the text is hard to read and nobody showed it to
    the actor), ReasonMissing, HouseRuleMissing, HouseRuleUnfit and
    AgeBasisMissing (with the field), LetterGivesAway, ReviewClosed, SubjectMoved, LeaseLost. Then
    nothing has changed.
    """
    review = Review.objects.get(pk=review_id)
    if review.state != ReviewState.PENDING:
        raise closed(review)
    require(policy.may_decide(actor, review, outcome, at=at) and policy.has_read(actor, review, at=at))
    rules_on = review.appeal.decision if outcome in ON_APPEAL else None
    require_reason(outcome, reason)
    if outcome == Outcome.TIP and not message.strip():
        raise TipMissing(_("Write the tip that the member gets."), field="message")
    grounds = grounds_for(policies, outcome=outcome)
    age_unknown = outcome in APPROVING and policy.needs_age_basis(review, at=at)
    if age_unknown and not age_basis.strip():
        raise AgeBasisMissing(_("Say how we know that this member is 16 or older."), field="age_basis")

    profile = _lock_profile(review) if age_unknown else None
    done = close_review(actor=actor, review_id=review_id, epoch=epoch, version=version, reason=outcome, at=at)
    if profile is not None:
        profile.age_confirmed_basis = age_basis.strip()
        profile.store(reason="age_confirmed", at=at, fields=["age_confirmed_basis"])
    decision = Decision(
        review=review,
        site=review.site,
        subject_kind=review.subject_kind,
        subject_external_id=rules_on.subject_external_id if rules_on else done.external_id,
        member_id=review.member_id,
        revision=done.revision,
        version=version,
        outcome=outcome,
        rules_on=rules_on,
        reason=reason.strip(),
        message=message.strip(),
        decided_by=actor,
        decided_at=at,
        lot=lot,
        lease_epoch=epoch,
        undo_until=at + timedelta(seconds=settings.UNDO_SECONDS),
    )
    decision.store(reason="decided", at=at)
    DecisionPolicy.objects.bulk_create(
        [DecisionPolicy(decision=decision, policy=rule, policy_version=rule.version) for rule in grounds]
    )
    if grounds:
        subject = review.subject
        assert subject is not None  # only an appeal may be about a text that is gone
        source = Source.NOTICE if report else Source.OWN_INITIATIVE
        statement = state_reasons(decision=decision, subject=subject, rules=grounds, source=source, at=at)
        require_discretion(statement=statement, subject=subject, report=report)
    record(
        events.DecisionMade(
            review_id=review.pk,
            outcome=outcome,
            policies=tuple(rule.code for rule in grounds),
            revision=decision.revision,
            version=version,
        ),
        actor=actor,
        subject=decision,
        at=at,
    )
    return decision


@domain_action
def undo_decision(*, actor: User, decision_id: UUID, in_hand: bool = True, at: datetime) -> Decision:
    """Take back one's own decision inside its window; nothing has left the house.

    The review waits again, in the actor's hands or (not `in_hand`) free for anybody. When the
    member removed the text meanwhile, or a newer version is under review already, the old review
    becomes void instead.
    Raises NotAllowed (code `not_yours` or `too_late`).
    """
    found = Decision.objects.get(pk=decision_id)
    review = _lock_with_subject(found)
    decision = Decision.objects.select_for_update(no_key=True).get(pk=decision_id)
    require(policy.may_undo(actor, decision, at=at))
    decision.state = DecisionState.UNDONE
    decision.store(reason="undone", at=at, fields=["state"])
    superseded = _reopen(review, at=at)
    record(
        events.DecisionUndone(review_id=review.pk, superseded=superseded),
        actor=actor,
        subject=decision,
        at=at,
    )
    if in_hand and not superseded:
        claim_review(actor=actor, review_id=review.pk, at=at)
    return decision


@domain_action
def finalise_due(*, actor: User, at: datetime, limit: int = 500) -> int:
    """Make decisions final whose undo window has closed, number them and announce them.

    Numbers are given under a lock that is held until the commit: a reader who asks for what comes
    after a number never misses one. Letters are written before it, and put in the outbox with them.
    Cannot be undone. Returns how many; call again while it is `limit`.
    """
    due = list(
        Decision.objects.filter(state=DecisionState.HELD, undo_until__lte=at)
        .order_by("undo_until", "id")
        .prefetch_related("grounds__policy", "rules_on")
        .select_for_update(skip_locked=True, no_key=True)[:limit]
    )
    if not due:
        return 0
    written = write_letters(decisions=due, at=at)
    for sequence, decision in enumerate(due, start=_take_numbers(len(due))):
        decision.state = DecisionState.FINAL
        decision.sequence = sequence
        decision.final_at = at
    store_many(due, reason="final", at=at, fields=["state", "sequence", "final_at"])
    record_many(
        [(events.DecisionBecameFinal(outcome=Outcome(d.outcome), sequence=d.sequence or 0), d) for d in due],
        actor=actor,
        at=at,
        announce=[_announcement(decision) for decision in due],
    )
    hand_over_letters(written, actor=actor, at=at)
    return len(due)


def _take_numbers(count: int) -> int:
    """Return the first of `count` new numbers. Others wait for this transaction's end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO moderation_numbering AS taken (series, last) VALUES ('decisions', %s)"
            " ON CONFLICT (series) DO UPDATE SET last = taken.last + excluded.last RETURNING last",
            [count],
        )
        (last,) = cursor.fetchone()
    return int(last) - count + 1


def _announcement(decision: Decision) -> Announcement:
    return Announcement(
        site=decision.site, type="decision.final", about=str(decision.pk), data=decision_data(decision)
    )


def _lock_profile(review: Review) -> Profile:
    """Lock the profile that a decision also writes; before its review, as intake does."""
    assert review.profile_id is not None
    locked = Profile.objects.select_for_update(no_key=True).filter(pk=review.profile_id)
    profile: Profile | None = locked.first()
    if profile is None:  # the account was closed meanwhile
        raise ReviewClosed
    return profile


def _lock_with_subject(decision: Decision) -> Review:
    """Lock the subject before the review, as intake does, so that neither waits for the other."""
    review = Review.objects.select_related("profile", "help_request").get(decisions=decision)
    subject = review.subject
    if subject is not None:
        type(subject).objects.select_for_update(no_key=True).filter(pk=subject.pk).first()
    return (
        Review.objects.select_for_update(of=("self",), no_key=True)
        .select_related("profile", "help_request")
        .get(pk=review.pk)
    )


def _reopen(review: Review, *, at: datetime) -> bool:
    """Put a decided review back to waiting. Returns whether a newer state overtook it (it is void then)."""
    subject = review.subject
    if review.queue in LOOKS_BACK:
        void = ""
    elif subject is None:
        void = VoidReason.SUBJECT_REMOVED
    elif subject.reviews.filter(state=ReviewState.PENDING).exclude(queue__in=LOOKS_BACK).exists():
        void = VoidReason.SUPERSEDED
    else:
        void = ""
        review.version = subject.version
        review.revision = subject.revision
    if not void:
        review.state = ReviewState.PENDING
        review.closed_at = None
        review.store(reason="undone", at=at, fields=["state", "closed_at", "version", "revision"])
        return False
    review.state = ReviewState.VOID
    review.void_reason = void
    review.store(reason="undone", at=at, fields=["state", "void_reason"])
    return True
