"""Opening reviews, moving them along with what they are about, and voiding them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from backoffice import clock
from backoffice.audit.events import EventData, record_many
from backoffice.audit.history import store_many
from backoffice.platforms.sites import rules_for
from backoffice.staff.models import User
from moderation import detectors, events
from moderation.choices import LOOKS_BACK, AgeState, DecisionState, Queue, ReviewState, VoidReason
from moderation.detectors import Found
from moderation.detectors.severity import URGENT, severity_of
from moderation.models import Decision, Draft, HelpRequest, Lease, Note, Profile, Review, Signal
from moderation.priority import HANDED_UP, WAS_URGENT, Reason, reasons_for, total
from moderation.services.near_copies import find_copies

_MOVED_FIELDS = ("queue", "member_id", "revision", "version", "ranks_at", "points", "reasons")


@dataclass(frozen=True, slots=True)
class Change:
    """A subject that was just stored. `material`: somebody must look at it."""

    subject: Profile | HelpRequest
    created: bool
    material: bool


def missing_fields(profile: Profile) -> list[str]:
    """Return the fields that the profile's site demands and that are not there (R30-R32), sorted."""
    return sorted(name for name in rules_for(profile.site).mandatory if not getattr(profile, name))


def age_of(subject: Profile | HelpRequest, *, at: datetime) -> AgeState:
    """Return what is known of a member's age; an earlier decision may have established it (R20, R21)."""
    if not isinstance(subject, Profile):
        return AgeState.OLD_ENOUGH
    state = subject.age_state(on=clock.local_day(at))
    if state == AgeState.UNKNOWN and subject.age_confirmed_basis:
        return AgeState.OLD_ENOUGH
    return state


def open_reviews(changes: Sequence[Change], *, actor: User, at: datetime) -> dict[UUID, UUID]:
    """Give every changed subject the one review that waits for it; return subject -> review ids.

    An open review follows its subject, whatever changed: version, signals, reasons and queue; its
    due moment stays. Otherwise one is opened when the change is material. A few statements for
    any number. The subjects are locked by the caller.
    """
    waiting = _waiting([change.subject for change in changes if not change.created])
    looked_at = _decided_profiles([change.subject for change in changes if not change.created])
    opened: list[Review] = []
    moved: list[Review] = []
    signals: list[Signal] = []
    told: list[tuple[EventData, Review]] = []
    copies = find_copies([change.subject for change in changes], at=at)
    for change in changes:
        subject = change.subject
        review = waiting.get(subject.pk)
        if review is None:
            if not change.material:
                continue
            review = _new_review(subject, at=at)
            opened.append(review)
        else:
            moved.append(review)
        found = look_at(subject)
        if subject.pk in copies:
            found.append(copies[subject.pk])
        signals += _rank(review, subject, found=found, known=subject.pk in looked_at, at=at)
    if moved:
        Signal.objects.filter(review__in=[review.pk for review in moved]).delete()
    store_many(opened, reason="opened", at=at)
    store_many(moved, reason="moved", at=at, fields=_MOVED_FIELDS)
    Signal.objects.bulk_create(signals, batch_size=1000)
    told += [(events.ReviewOpened(queue=Queue(r.queue), points=r.points), r) for r in opened]
    told += [(events.ReviewMoved(queue=Queue(r.queue), points=r.points, version=r.version), r) for r in moved]
    record_many(told, actor=actor, at=at)
    return {review.profile_id or review.help_request_id: review.pk for review in (*opened, *moved)}  # type: ignore[misc]


def look_at(subject: Profile | HelpRequest) -> list[Found]:
    """Return what detectors and rules find in a subject's texts as they are now."""
    return detectors.scan(
        {name: getattr(subject, name) for name in subject.text_fields},
        kind=subject.kind if isinstance(subject, HelpRequest) else "profile",
        keywords=subject.keywords,
    )


def reopen_subject(subject: Profile | HelpRequest, *, not_for: User, actor: User, at: datetime) -> Review:
    """Put a subject under review again, for anybody but `not_for`; return the review that waits.

    One that waits already is left as it is.
    """
    model = type(subject)
    locked: Profile | HelpRequest = model._base_manager.select_for_update(no_key=True).get(pk=subject.pk)
    if waiting := _waiting([locked]).get(locked.pk):
        return waiting
    review = _new_review(locked, at=at)
    review.not_for = not_for
    known = locked.pk in _decided_profiles([locked])
    signals = _rank(review, locked, found=look_at(locked), known=known, at=at)
    review.store(reason="reopened", at=at)
    Signal.objects.bulk_create(signals)
    record_many(
        [(events.ReviewOpened(queue=Queue(review.queue), points=review.points), review)], actor=actor, at=at
    )
    return review


def void_reviews(reviews: Iterable[Review], *, actor: User, at: datetime) -> None:
    """Let go of a removed request: open reviews become void, and what was found in its text goes.

    An appeal stays open: that the text is gone does not take somebody's right away. `reviews` are
    all those about it, locked. Cannot be undone.
    """
    every = list(reviews)
    pending = [r for r in every if r.state == ReviewState.PENDING and r.queue not in LOOKS_BACK]
    for review in every:
        review.help_request = None
    for review in pending:
        review.state = ReviewState.VOID
        review.void_reason = VoidReason.SUBJECT_REMOVED
        review.closed_at = at
    store_many(
        every, reason="subject_removed", at=at, fields=["help_request", "state", "void_reason", "closed_at"]
    )
    keys = [review.pk for review in every]
    Signal.objects.filter(review__in=keys).delete()
    Draft.objects.filter(review__in=keys).delete()
    gone = [review.pk for review in pending]
    Note.objects.filter(review__in=gone).delete()
    Lease.objects.filter(review__in=gone).delete()
    record_many([(events.ReviewVoided(), review) for review in pending], actor=actor, at=at)


def _waiting(subjects: Sequence[Profile | HelpRequest]) -> dict[UUID, Review]:
    waiting: dict[UUID, Review] = {}
    for name, kind in (("profile", Profile), ("help_request", HelpRequest)):
        keys = [subject.pk for subject in subjects if isinstance(subject, kind)]
        if keys:
            found = Review.objects.filter(**{f"{name}__in": keys}, state=ReviewState.PENDING)
            found = found.exclude(queue__in=LOOKS_BACK)
            for review in found.order_by("pk").select_for_update(no_key=True):
                waiting[getattr(review, f"{name}_id")] = review
    return waiting


def _decided_profiles(subjects: Sequence[Profile | HelpRequest]) -> set[UUID]:
    keys = [subject.pk for subject in subjects if isinstance(subject, Profile)]
    if not keys:
        return set()
    standing = Decision.objects.filter(review__profile__in=keys).exclude(state=DecisionState.UNDONE)
    return set(standing.values_list("review__profile", flat=True))


def _new_review(subject: Profile | HelpRequest, *, at: datetime) -> Review:
    return Review(
        subject_kind=subject.kind_of_subject,
        profile=subject if isinstance(subject, Profile) else None,
        help_request=subject if isinstance(subject, HelpRequest) else None,
        site=subject.site,
        opened_at=at,
        due_at=clock.end_of_next_day(at),
    )


def _rank(
    review: Review, subject: Profile | HelpRequest, *, found: Sequence[Found], known: bool, at: datetime
) -> list[Signal]:
    """Set what a review says of its subject as it is now; return the signals, not yet stored."""
    age = age_of(subject, at=at)
    queue = Queue.URGENT if severity_of(found) == URGENT else _queue(subject, age=age, known=known)
    missing = missing_fields(subject) if isinstance(subject, Profile) else []
    reasons = reasons_for(subject, found=found, queue=queue, age=age, missing=missing, on=clock.local_day(at))
    kept: list[Reason] = [reason for reason in review.reasons if reason["code"] in HANDED_UP]
    if review.queue == Queue.URGENT and queue != Queue.URGENT and not kept:
        reasons.insert(0, WAS_URGENT)  # a new text or birth date does not take it out of sight
    review.reasons = kept + reasons
    review.points = total(review.reasons)
    review.ranks_at = review.opened_at - timedelta(hours=review.points)
    if not (review.escalated or review.queue == Queue.URGENT):
        review.queue = queue
    review.member_id = subject.member_id
    review.revision = subject.revision
    review.version = subject.version
    return [
        Signal(
            review=review,
            version=subject.version,
            code=item.code,
            field=item.field,
            start=item.start,
            end=item.end,
            points=item.points,
            flag=item.flag,
            severity=item.severity,
            params=item.params,
        )
        for item in found
    ]


def _queue(subject: Profile | HelpRequest, *, age: AgeState, known: bool) -> Queue:
    if isinstance(subject, HelpRequest):
        return Queue.HELP_REQUESTS
    if age == AgeState.UNDER_16:
        return Queue.URGENT
    if age == AgeState.UNKNOWN:
        return Queue.AGE_UNKNOWN
    return Queue.CHANGED_PROFILES if known else Queue.NEW_PROFILES
