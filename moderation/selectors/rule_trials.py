"""The last texts that came in and what was decided about them, to try a signal rule on; what it showed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Coalesce

from moderation.choices import APPROVING, RESTRICTING, DecisionState, Outcome, SubjectKind
from moderation.marks import Piece, pieces
from moderation.models import (
    Decision,
    DecisionPolicy,
    HelpRequest,
    Profile,
    RuleTrial,
    RuleVersion,
    Signal,
)

TEXTS = 1000
RESTRICTED, OTHERWISE, APPROVED = "restricted", "otherwise", "approved"
"""What was decided about a text: restricted under the rule's house rule, under another one, or approved."""

SHOWN = 25
"""So many texts of a kind stand on the page of a trial."""

AROUND = 120
"""Characters shown before and after what is marked."""

AnySubject = Profile | HelpRequest
Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """What was decided about a text as it stands: whether it was restricted, and under which house rules."""

    restricted: bool
    review_id: UUID
    policies: frozenset[int]

    def said(self, *, house_rule: int | None) -> str:
        """Return what it says of a rule that points to a house rule, or to none."""
        if not self.restricted:
            return APPROVED
        return RESTRICTED if house_rule is None or house_rule in self.policies else OTHERWISE


def latest_texts() -> list[AnySubject]:
    """Return the last thousand profiles with a text and help requests that came in, as they stand."""
    profiles = Profile.objects.exclude(about="").order_by("-received_at")[:TEXTS]
    requests = HelpRequest.objects.order_by("-received_at")[:TEXTS]
    both: Iterable[AnySubject] = chain(profiles, requests)
    return sorted(both, key=lambda one: one.received_at, reverse=True)[:TEXTS]


def judged(subjects: Sequence[AnySubject]) -> dict[UUID, Judged]:
    """Return what was decided about each of these in the version that it has now; what stands counts.

    A restriction that was overturned on appeal counts as an approval.
    """
    versions = {subject.pk: subject.version for subject in subjects}
    standing = Decision.objects.exclude(state=DecisionState.UNDONE)
    about = Q(review__profile__in=list(versions)) | Q(review__help_request__in=list(versions))
    rows = [
        (key, review, subject, outcome)
        for key, review, subject, version, outcome in standing.filter(
            about, outcome__in=sorted(APPROVING | RESTRICTING)
        )
        .annotate(subject=Coalesce("review__profile", "review__help_request"))
        .order_by("decided_at")
        .values_list("pk", "review", "subject", "version", "outcome")
        if versions[subject] == version
    ]
    restricting = [key for key, _review, _subject, outcome in rows if outcome in RESTRICTING]
    overturned = set(
        standing.filter(rules_on__in=restricting, outcome=Outcome.OVERTURN).values_list("rules_on", flat=True)
    )
    rested: dict[UUID, set[int]] = {}
    grounds = DecisionPolicy.objects.filter(decision__in=restricting)
    for key, rule in grounds.values_list("decision", "policy"):
        rested.setdefault(key, set()).add(rule)
    return {
        subject: Judged(
            outcome in RESTRICTING and key not in overturned,
            review,
            frozenset(rested.get(key, ())),
        )
        for key, review, subject, outcome in rows  # the latest comes last, and counts
    }


def seen_by_others(reviews: Iterable[UUID], *, code: str) -> set[UUID]:
    """Return the reviews in which another rule or detector found something that nobody called wrong."""
    others = Signal.objects.filter(review__in=list(reviews), dismissed_at__isnull=True).exclude(code=code)
    return set(others.values_list("review", flat=True))


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The part of a text where something is marked; cut off before or after it where there is more."""

    pieces: list[Piece]
    more_before: bool
    more_after: bool


@dataclass(frozen=True, slots=True)
class TrialText:
    """One text of a trial: where the version in use and the one that was tried mark it.

    `subject` is None when it was removed or changed since. `begins` is how its main text begins.
    `seen`: another rule or detector found it.
    """

    kind: str
    subject: AnySubject | None
    said: str
    before: list[Excerpt]
    after: list[Excerpt]
    begins: list[Excerpt]
    seen: bool

    @property
    def is_profile(self) -> bool:
        """Whether it is a profile, not a request or offer."""
        return isinstance(self.subject, Profile)

    @property
    def shown(self) -> list[Excerpt]:
        """What is marked; how it begins when nothing is."""
        return self.after or self.before or self.begins

    @property
    def marked_alike(self) -> bool:
        """Whether both mark the same places."""
        return [_marked(one) for one in self.before] == [_marked(one) for one in self.after]


@dataclass(frozen=True, slots=True)
class TrialGroup:
    """Texts of one kind: how many there are, what was decided about them, and the first of them."""

    count: int
    restricted: int
    otherwise: int
    approved: int
    texts: list[TrialText]

    @property
    def undecided(self) -> int:
        """How many nobody decided about as they stand."""
        return self.count - self.restricted - self.otherwise - self.approved

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.texts)


@dataclass(frozen=True, slots=True)
class TrialReport:
    """What a trial showed. `before` and `after` are all that the two flag; they show no texts.

    `missed` was restricted and is not found by the version; `missed_before` not by the one in use.
    """

    trial: RuleTrial
    before: TrialGroup
    after: TrialGroup
    newly: TrialGroup
    gone: TrialGroup
    same: TrialGroup
    missed: TrialGroup
    missed_before: TrialGroup


def trial_report(trial: RuleTrial) -> TrialReport:
    """Return a trial as a person reads it, with the texts as they stand now. Two queries."""
    found = trial.found
    newly = [one for one in found if not one["before"]]
    gone = [one for one in found if not one["after"]]
    same = [one for one in found if one["before"] and one["after"]]
    missed = [one for one in trial.missed if not one["after"]]
    missed_before = [one for one in trial.missed if not one["before"]]
    shown = [one for group in (newly, gone, same, missed) for one in group[:SHOWN]]
    subjects = _as_tried(shown)

    def group(rows: Sequence[Mapping[str, Any]], *, show: bool = True) -> TrialGroup:
        said = [row["said"] for row in rows]
        texts = [_trial_text(trial, row, subjects) for row in rows[:SHOWN]] if show else []
        counts = {"restricted": RESTRICTED, "otherwise": OTHERWISE, "approved": APPROVED}
        return TrialGroup(
            count=len(rows), texts=texts, **{name: said.count(one) for name, one in counts.items()}
        )

    return TrialReport(
        trial=trial,
        before=group([one for one in found if one["before"]], show=False),
        after=group([one for one in found if one["after"]], show=False),
        newly=group(newly),
        gone=group(gone),
        same=group(same),
        missed=group(missed),
        missed_before=group(missed_before, show=False),
    )


def _as_tried(rows: Sequence[Mapping[str, Any]]) -> dict[tuple[str, int], AnySubject]:
    """Return the texts that are still what they were when they were tried, by key and version."""
    keys = [row["subject"] for row in rows]
    profiles, requests = Profile.objects.filter(pk__in=keys), HelpRequest.objects.filter(pk__in=keys)
    both: Iterable[AnySubject] = chain(profiles, requests)
    return {(str(subject.pk), subject.version): subject for subject in both}


def _trial_text(
    trial: RuleTrial, row: Mapping[str, Any], subjects: Mapping[tuple[str, int], AnySubject]
) -> TrialText:
    subject = subjects.get((row["subject"], row["version"]))
    return TrialText(
        kind=str(SubjectKind(row["kind"]).label),
        subject=subject,
        said=row["said"],
        before=_excerpts(subject, row["before"], trial.against),
        after=_excerpts(subject, row["after"], trial.version),
        begins=[_excerpt(str(getattr(subject, subject.text_fields[-1])), [])] if subject else [],
        seen=row.get("seen", False),
    )


def _excerpts(
    subject: AnySubject | None, places: Sequence[Place], version: RuleVersion | None
) -> list[Excerpt]:
    if subject is None or version is None:
        return []
    return [
        _excerpt(
            str(getattr(subject, name)),
            [
                Signal(code="", field=name, start=start, end=end, params={"rule": version.title})
                for field, start, end in places
                if field == name
            ],
        )
        for name in subject.text_fields
        if any(field == name for field, _start, _end in places)
    ]


def _marked(excerpt: Excerpt) -> list[tuple[str, bool]]:
    return [(piece.text, bool(piece.signals)) for piece in excerpt.pieces]


def _excerpt(text: str, signals: Sequence[Signal]) -> Excerpt:
    first = max(0, min((signal.start for signal in signals), default=0) - AROUND)
    last = min(len(text), max((signal.end for signal in signals), default=AROUND) + AROUND)
    for signal in signals:
        signal.start -= first
        signal.end -= first
    return Excerpt(pieces(text[first:last], signals), first > 0, last < len(text))
