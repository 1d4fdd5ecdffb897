"""Opening reviews, moving them along with what they are about, and voiding them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from backoffice import clock
from backoffice.audit.bulk import copy_in
from backoffice.audit.events import EventData, record_many
from backoffice.audit.history import store_many
from backoffice.platforms.sites import rules_for
from backoffice.staff.models import User
from moderation import detectors, events
from moderation.choices import LOOKS_BACK, AgeState, DecisionState, Queue, ReviewState, VoidReason
from moderation.detectors import Found, near_copies
from moderation.detectors.severity import URGENT, severity_of
from moderation.heaviness import heavy_kinds
from moderation.models import Decision, Draft, HelpRequest, Lease, Note, Profile, Review, Signal
from moderation.priority import (
    HANDED_UP,
    WAS_UNDER_16,
    WAS_URGENT,
    Reason,
    in_order,
    reasons_for,
    signal_reasons,
    total,
)
from moderation.rules.engine import RuleSet
from moderation.selectors.rules import rules_at_work
from moderation.services.near_copies import copy_signal, find_copies

_MOVED_FIELDS = ("queue", "member_id", "revision", "version", "ranks_at", "points", "reasons", "heavy")


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
    rules = rules_at_work()
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
        found = look_at(subject, rules=rules)
        if shares := copies.given.get(subject.pk):
            found.append(copy_signal(subject, shares))
        signals += _rank(review, subject, found=found, known=subject.pk in looked_at, at=at)
    if moved:
        Signal.objects.filter(review__in=[review.pk for review in moved]).delete()
    store_many(opened, reason="opened", at=at)
    store_many(moved, reason="moved", at=at, fields=_MOVED_FIELDS)
    copy_in(signals)
    told += [(events.ReviewOpened(queue=Queue(r.queue), points=r.points), r) for r in opened]
    told += [(events.ReviewMoved(queue=Queue(r.queue), points=r.points, version=r.version), r) for r in moved]
    record_many(told, actor=actor, at=at)
    _mark_earlier(copies.earlier, actor=actor, at=at)
    return {review.profile_id or review.help_request_id: review.pk for review in (*opened, *moved)}  # type: ignore[misc]


def _mark_earlier(shares: Mapping[UUID, Collection[float]], *, actor: User, at: datetime) -> None:
    """Add the signal to earlier texts that still wait, once each, now that a near-copy of them came.

    What was decided is not touched, nor what somebody has in hand or another transaction moves: a
    person decides about what they see. `shares` is how alike the copies are.
    """
    if not shares:
        return
    about = Q(profile__in=shares) | Q(help_request__in=shares)
    waiting = Review.objects.filter(about, state=ReviewState.PENDING).exclude(queue__in=LOOKS_BACK)
    free = waiting.exclude(lease__expires_at__gt=at).exclude(signals__code=near_copies.CODE)
    locked = list(
        free.select_related("profile", "help_request")
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True, skip_locked=True)
    )
    still = set(free.filter(pk__in=[review.pk for review in locked]).values_list("pk", flat=True))
    marked = [review for review in locked if review.pk in still]
    signals: list[Signal] = []
    for review in marked:
        subject = review.subject
        assert subject is not None  # it waits
        found = [copy_signal(subject, shares[subject.pk])]
        _weigh(review, [*review.reasons, *signal_reasons(found)])
        signals += _signals(review, found)
    store_many(marked, reason="near_copy_came", at=at, fields=("points", "reasons", "ranks_at"))
    Signal.objects.bulk_create(signals)
    told = [(events.ReviewMoved(queue=Queue(r.queue), points=r.points, version=r.version), r) for r in marked]
    record_many(told, actor=actor, at=at)


def look_at(subject: Profile | HelpRequest, *, rules: RuleSet) -> list[Found]:
    """Return what detectors and these rules find in a subject's texts as they are now."""
    return detectors.scan(
        {name: getattr(subject, name) for name in subject.text_fields},
        kind=subject.kind if isinstance(subject, HelpRequest) else "profile",
        keywords=subject.keywords,
        rules=rules,
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
    signals = _rank(review, locked, found=look_at(locked, rules=rules_at_work()), known=known, at=at)
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
    """Set what a review says of its subject as it is now; return the signals, not yet stored.

    It is urgent for as long as the facts are, or a colleague handed it up; that it was stays said.
    """
    age = age_of(subject, at=at)
    before = {reason["code"] for reason in review.reasons}
    was_child = age != AgeState.UNDER_16 and not before.isdisjoint({"under_16", WAS_UNDER_16["code"]})
    urgent = was_child or severity_of(found) == URGENT
    queue = Queue.URGENT if urgent else _queue(subject, age=age, known=known)
    was_urgent = review.queue == Queue.URGENT or WAS_URGENT["code"] in before
    missing = missing_fields(subject) if isinstance(subject, Profile) else []
    reasons = reasons_for(subject, found=found, queue=queue, age=age, missing=missing, on=clock.local_day(at))
    handed_up: list[Reason] = [reason for reason in review.reasons if reason["code"] in HANDED_UP]
    if was_child:
        reasons.append(WAS_UNDER_16)
    elif was_urgent and queue != Queue.URGENT and not handed_up:
        reasons.append(WAS_URGENT)
    _weigh(review, handed_up + reasons)
    review.heavy = heavy_kinds(found)
    if not review.escalated:
        review.queue = queue
    review.member_id = subject.member_id
    review.revision = subject.revision
    review.version = subject.version
    return _signals(review, found)


def _weigh(review: Review, reasons: Iterable[Reason]) -> None:
    """Let a review rank by these reasons."""
    review.reasons = in_order(reasons)
    review.points = total(review.reasons)
    review.ranks_at = review.opened_at - timedelta(hours=review.points)


def _signals(review: Review, found: Iterable[Found]) -> list[Signal]:
    return [
        Signal(
            review=review,
            version=review.version,
            code=item.code,
            rule_version=item.rule_version,
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
