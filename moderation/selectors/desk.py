"""One item as a moderator meets it: the text with its marks, what changed, the member, what may be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from backoffice.staff.models import User
from backoffice.staff.policy import ALLOWED, Verdict
from moderation.changes import FieldChange, changed_fields
from moderation.choices import (
    APPROVING,
    LOOKS_BACK,
    DecisionState,
    Outcome,
    PhotoLook,
    Queue,
    ReviewState,
)
from moderation.explanations import explain, field_name, label
from moderation.marks import Piece, pieces
from moderation.models import (
    Appeal,
    DangerStep,
    Decision,
    Draft,
    HelpRequest,
    Lease,
    Note,
    Policy,
    Profile,
    Review,
    Signal,
    StandardText,
)
from moderation.policy import OutcomeOffer, may_escalate, may_take, needs_age_basis, outcomes_for
from moderation.priority import Reason
from moderation.selectors.care import care_of, is_covered
from moderation.selectors.danger import steps_about
from moderation.selectors.member_card import MemberCard, member_card

JUST_DONE = 20


@dataclass(frozen=True, slots=True)
class Line:
    """Why an item stands where it stands, in words and in a few of them. `points` are hours forward."""

    code: str
    sentence: str
    points: int
    label: str


@dataclass(frozen=True, slots=True)
class SignalLine:
    """A signal with its reason in words and the words that it marks."""

    signal: Signal
    sentence: str
    found: str


@dataclass(frozen=True, slots=True)
class MarkedField:
    """A text of the subject, cut where it is marked."""

    name: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Hold:
    """Who has the item in hand: `seconds` until it runs out; `mine` for the one who looks."""

    holder: User
    epoch: int
    seconds: int
    mine: bool

    @property
    def minutes(self) -> str:
        """What is left, as a clock shows it."""
        return f"{self.seconds // 60}:{self.seconds % 60:02}"


@dataclass(frozen=True, slots=True)
class DeskItem:
    """Everything that stands on the desk about one review.

    `covered`: it is hard to read and whoever looks did not ask for it; then nothing of the text is
    here, and there is nothing to decide yet.
    """

    review: Review
    subject: Profile | HelpRequest | None
    covered: bool
    photos: PhotoLook
    texts: list[MarkedField]
    signals: list[SignalLine]
    reasons: list[Line]
    missing: list[str]
    changes: list[FieldChange]
    changed_since: datetime | None
    member: MemberCard
    notes: list[Note]
    hold: Hold | None
    take_verdict: Verdict
    offers: list[OutcomeOffer]
    may_escalate: bool
    needs_age_basis: bool
    draft: Draft | None
    standing: Decision | None
    appeal: Appeal | None
    danger_steps: list[tuple[DangerStep, Verdict | None]]

    @property
    def title(self) -> str:
        """What the page is called by."""
        return self.review.heavy_words if self.covered else str(self.subject or self.review)

    @property
    def is_second_look(self) -> bool:
        """Whether this is judged again by somebody who does not see what was decided."""
        return self.review.queue == Queue.SECOND_LOOKS

    @property
    def may_take(self) -> bool:
        """Whether the one who looks can take it in hand now."""
        return self.hold is None and bool(self.take_verdict)

    @property
    def missing_names(self) -> list[str]:
        """The mandatory fields that are not there, in words."""
        return [field_name(name) for name in self.missing]

    @property
    def is_profile(self) -> bool:
        """Whether it is a profile, not a request or offer."""
        return isinstance(self.subject, Profile)


def desk_item(*, review_id: UUID, user: User, at: datetime, seen: int | None = None) -> DeskItem:
    """Return one item for `user`. Raises Review.DoesNotExist.

    An item that looks back shows its subject as it was decided on, not as it is now. Changes are
    told since the version that was approved last; with `seen`, since that version.
    """
    related = ("profile", "help_request", "appeal__decision__decided_by", "second_look__decision")
    review = Review.objects.select_related(*related).get(pk=review_id)
    looks_back = review.queue in LOOKS_BACK
    blind = review.queue == Queue.SECOND_LOOKS
    subject = _as_it_was(review) if looks_back else review.subject
    signals = _signals(review)
    lease = Lease.objects.filter(review=review, expires_at__gt=at).select_related("holder").first()
    pending = review.state == ReviewState.PENDING
    hold = _hold(lease, user=user, at=at) if lease and pending else None
    mine = hold is not None and hold.mine
    covered = subject is not None and is_covered(review, user=user, at=at)
    member = member_card(review, subject, at=at)
    has_photo = member.profile is not None and bool(member.profile.photo)
    changes, since = ([], None) if looks_back or covered else _changes(subject, seen=seen)
    return DeskItem(
        review=review,
        subject=subject,
        covered=covered,
        photos=PhotoLook(care_of(user).photos) if has_photo else PhotoLook.COVERED,
        texts=[] if covered else _texts(subject, signals),
        signals=[_signal_line(signal, None if covered else subject) for signal in signals],
        reasons=reason_lines(review.reasons, waits=at - review.opened_at if pending else None),
        missing=[reason["params"]["field"] for reason in review.reasons if reason["code"] == "missing_field"],
        changes=changes,
        changed_since=since,
        member=member,
        notes=[] if blind else list(_notes(review, subject)),
        hold=hold,
        take_verdict=ALLOWED if hold else may_take(user, review),
        offers=outcomes_for(user, review, at=at) if mine and not covered else [],
        may_escalate=mine and bool(may_escalate(user, review)),
        needs_age_basis=mine and needs_age_basis(review, at=at),
        draft=Draft.objects.filter(review=review, author=user).first() if mine else None,
        standing=_standing(review),
        appeal=getattr(review, "appeal", None),
        danger_steps=[] if blind else _danger(review),
    )


def reason_lines(reasons: Sequence[Reason], *, waits: timedelta | None) -> list[Line]:
    """Return reasons in words, the heaviest first; `waits` adds how long the item waited already."""
    lines = [
        _line(reason["code"], reason["points"], {"count": reason.get("count"), **reason.get("params", {})})
        for reason in reasons
    ]
    hours = int(waits.total_seconds() // 3600) if waits else 0
    if hours:
        lines.append(_line("waiting", hours, {"hours": hours}))
    return sorted(lines, key=lambda line: -line.points)


def _line(code: str, points: int, params: Mapping[str, Any]) -> Line:
    return Line(code, explain(code, params=params), points, label(code, params=params))


def just_done(*, user: User, at: datetime) -> QuerySet[Decision]:
    """Return the user's own last decisions that can still be taken back, newest first."""
    return Decision.objects.filter(
        decided_by=user, state=DecisionState.HELD, decided_at__gt=at - timedelta(days=1), undo_until__gt=at
    ).select_related("review__profile", "review__help_request")[:JUST_DONE]


def texts_offered(outcomes: Sequence[Outcome]) -> list[StandardText]:
    """Return the standard texts in use for these outcomes, in the coordinators' order."""
    texts = StandardText.objects.filter(outcome__in=outcomes, active=True).exclude(policy__active=False)
    return list(texts.select_related("policy"))


def rules_offered(outcomes: Sequence[Outcome]) -> list[Policy]:
    """Return the house rules in use that allow any of these outcomes, in the order of the house."""
    return list(Policy.objects.filter(active=True, outcomes__overlap=outcomes))


def _as_it_was(review: Review) -> Profile | HelpRequest | None:
    """Return the subject at the review's own version; None when the member took it away."""
    subject = review.subject
    if subject is None or subject.version == review.version:
        return subject
    versions = subject.history.filter(version=review.version).order_by("-history_date", "-history_id")
    row = versions.first()
    was: Profile | HelpRequest = row.instance if row else subject
    return was


def _signals(review: Review) -> list[Signal]:
    """Return what was found in the version under review; of a look back, as the first decider had it.

    In a second look nothing stands as dismissed: whether a signal was wrong is part of the judgement.
    """
    if review.queue not in LOOKS_BACK:
        return list(review.signals.filter(version=review.version))
    look = getattr(review, "second_look", None)
    first = look.decision if look else review.appeal.decision
    found = list(Signal.objects.filter(review=first.review_id, version=review.version))
    for signal in found if look else ():
        signal.dismissed_at = None
    return found


def _hold(lease: Lease, *, user: User, at: datetime) -> Hold:
    seconds = int((lease.expires_at - at).total_seconds())
    return Hold(lease.holder, lease.epoch, seconds, mine=lease.holder_id == user.pk)


def _texts(subject: Profile | HelpRequest | None, signals: Sequence[Signal]) -> list[MarkedField]:
    if subject is None:
        return []
    return [
        MarkedField(name, pieces(getattr(subject, name), [s for s in signals if s.field == name]))
        for name in subject.text_fields
    ]


def _signal_line(signal: Signal, subject: Profile | HelpRequest | None) -> SignalLine:
    text = getattr(subject, signal.field, "") if signal.field else ""
    return SignalLine(
        signal,
        explain(signal.code, params=signal.params, field=signal.field),
        text[signal.start : signal.end],
    )


def _changes(
    subject: Profile | HelpRequest | None, *, seen: int | None
) -> tuple[list[FieldChange], datetime | None]:
    """Return what changed since the version seen, or else since the one that was approved last."""
    if subject is None:
        return [], None
    version, since = seen, None
    if version is None:
        approved = (
            Decision.objects.filter(review__in=subject.reviews.all(), outcome__in=APPROVING)
            .exclude(state=DecisionState.UNDONE)
            .order_by("-decided_at")
            .first()
        )
        if approved is None or approved.version == subject.version:
            return [], None
        version, since = approved.version, approved.decided_at
    before = subject.history.filter(version=version).order_by("-history_date", "-history_id").first()
    if before is None:
        return [], None
    return changed_fields(before, subject, fields=subject.material_fields), since


def _notes(review: Review, subject: Profile | HelpRequest | None) -> QuerySet[Note]:
    about = Q(review=review)
    if isinstance(subject, Profile):
        about |= Q(review__profile=subject)
    elif subject is not None:
        about |= Q(review__help_request=subject)
    return Note.objects.filter(about).select_related("author")


def _danger(review: Review) -> list[tuple[DangerStep, Verdict | None]]:
    """Return what was done for the member; here nothing of it is taken back."""
    return [(step, None) for step in steps_about(site=review.site, member_id=review.member_id)]


def _standing(review: Review) -> Decision | None:
    if review.state == ReviewState.PENDING:
        return None
    return review.decisions.exclude(state=DecisionState.UNDONE).select_related("decided_by").first()
