"""What moderation writes down: ids and codes only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from backoffice.audit.events import EventData
from moderation.choices import Outcome, Queue


@dataclass(frozen=True, kw_only=True)
class ReviewClaimed(EventData):
    """Somebody took a review in hand. Renewing is not an event."""

    kind: ClassVar[str] = "review.claimed"
    epoch: int


@dataclass(frozen=True, kw_only=True)
class ReviewReleased(EventData):
    """Somebody put a review back without deciding."""

    kind: ClassVar[str] = "review.released"


@dataclass(frozen=True, kw_only=True)
class ReviewSkipped(EventData):
    """Somebody left a review to a colleague; the event's reason says why."""

    kind: ClassVar[str] = "review.skipped"


@dataclass(frozen=True, kw_only=True)
class ReviewEscalated(EventData):
    """A review went to the coordinators."""

    kind: ClassVar[str] = "review.escalated"
    came_from: Queue


@dataclass(frozen=True, kw_only=True)
class DecisionMade(EventData):
    """A review was decided; nothing has left the house yet."""

    kind: ClassVar[str] = "decision.made"
    review_id: UUID
    outcome: Outcome
    revision: int
    version: int


@dataclass(frozen=True, kw_only=True)
class DecisionUndone(EventData):
    """A decision was taken back inside its undo window."""

    kind: ClassVar[str] = "decision.undone"
    review_id: UUID
    superseded: bool


@dataclass(frozen=True, kw_only=True)
class DecisionBecameFinal(EventData):
    """The undo window closed; the decision leaves the house under this number."""

    kind: ClassVar[str] = "decision.final"
    outcome: Outcome
    sequence: int


@dataclass(frozen=True, kw_only=True)
class NoteAdded(EventData):
    """A remark among colleagues was written beside a review."""

    kind: ClassVar[str] = "note.added"
    note_id: int


@dataclass(frozen=True, kw_only=True)
class SignalDismissed(EventData):
    """Somebody said that a signal was wrong."""

    kind: ClassVar[str] = "signal.dismissed"
    signal_id: int
    code: str
