"""What moderation writes down: ids and codes only."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from backoffice.audit.events import EventData
from moderation.choices import AppealChannel, DangerDeed, Outcome, Queue, Settlement


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
    policies: tuple[str, ...]
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
class HouseRuleAdded(EventData):
    """A house rule came into use under this number."""

    kind: ClassVar[str] = "house_rule.added"
    code: str


@dataclass(frozen=True, kw_only=True)
class HouseRuleChanged(EventData):
    """A house rule says or allows something else from this version on."""

    kind: ClassVar[str] = "house_rule.changed"
    code: str
    version: int


@dataclass(frozen=True, kw_only=True)
class HouseRuleRetired(EventData):
    """Nothing new is rested on a house rule."""

    kind: ClassVar[str] = "house_rule.retired"
    code: str


@dataclass(frozen=True, kw_only=True)
class HouseRuleRestored(EventData):
    """A house rule is in use again."""

    kind: ClassVar[str] = "house_rule.restored"
    code: str


@dataclass(frozen=True, kw_only=True)
class SignalRuleDrafted(EventData):
    """A new rule, or a change of one, was written down; nothing looks for it yet."""

    kind: ClassVar[str] = "signal_rule.drafted"
    code: str
    version: int


@dataclass(frozen=True, kw_only=True)
class SignalRuleTried(EventData):
    """A version of a rule was tried on the last texts, beside the one in use."""

    kind: ClassVar[str] = "signal_rule.tried"
    code: str
    version: int
    against: int | None
    texts: int
    newly: int
    gone: int


@dataclass(frozen=True, kw_only=True)
class SignalRuleSwitchedOn(EventData):
    """A version of a rule looks through what comes in from now on."""

    kind: ClassVar[str] = "signal_rule.switched_on"
    code: str
    version: int


@dataclass(frozen=True, kw_only=True)
class SignalRuleSwitchedOff(EventData):
    """A rule looks for nothing any more."""

    kind: ClassVar[str] = "signal_rule.switched_off"
    code: str


@dataclass(frozen=True, kw_only=True)
class LetterStopped(EventData):
    """A letter would have given away who reported something, by these kinds of words; it was not sent."""

    kind: ClassVar[str] = "letter.stopped"
    kinds: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class StatementsExported(EventData):
    """Statements of reasons of these days were written to a file for the Commission's database."""

    kind: ClassVar[str] = "statements.exported"
    first: date
    last: date
    written: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class AppealReceived(EventData):
    """A member objects to a decision; somebody else looks."""

    kind: ClassVar[str] = "appeal.received"
    decision_id: UUID
    review_id: UUID
    channel: AppealChannel


@dataclass(frozen=True, kw_only=True)
class SecondLookDrawn(EventData):
    """A decision was drawn to be judged again."""

    kind: ClassVar[str] = "second_look.drawn"
    decision_id: UUID


@dataclass(frozen=True, kw_only=True)
class SecondLookJudged(EventData):
    """Somebody judged again, without knowing what was decided."""

    kind: ClassVar[str] = "second_look.judged"
    agrees: bool


@dataclass(frozen=True, kw_only=True)
class SecondLookSettled(EventData):
    """A coordinator said whose judgement is the house's."""

    kind: ClassVar[str] = "second_look.settled"
    settlement: Settlement


@dataclass(frozen=True, kw_only=True)
class TieDeclared(EventData):
    """A moderator said that they know a member; whom is in no event."""

    kind: ClassVar[str] = "tie.declared"
    tie_id: int


@dataclass(frozen=True, kw_only=True)
class TieWithdrawn(EventData):
    """A moderator gets the items of a member again."""

    kind: ClassVar[str] = "tie.withdrawn"
    tie_id: int


@dataclass(frozen=True, kw_only=True)
class DangerStepRecorded(EventData):
    """Something was done for somebody who may be in danger."""

    kind: ClassVar[str] = "danger.step_recorded"
    step_id: int
    deed: DangerDeed


@dataclass(frozen=True, kw_only=True)
class DangerStepCorrected(EventData):
    """A step was ticked in error: it was not done."""

    kind: ClassVar[str] = "danger.step_corrected"
    step_id: int
    deed: DangerDeed


@dataclass(frozen=True, kw_only=True)
class CareSettingsChanged(EventData):
    """Somebody changed these of their own settings; to what is in no event."""

    kind: ClassVar[str] = "care_settings.changed"
    fields: tuple[str, ...]


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


@dataclass(frozen=True, kw_only=True)
class RecordReceived(EventData):
    """A platform's record was taken in and made or changed a subject."""

    kind: ClassVar[str] = "record.received"
    result: str
    revision: int
    version: int


@dataclass(frozen=True, kw_only=True)
class HelpRequestErased(EventData):
    """A platform took a request or offer away; its text is gone here."""

    kind: ClassVar[str] = "help_request.erased"


@dataclass(frozen=True, kw_only=True)
class AccountErased(EventData):
    """Everything of a closed account was removed; the numbers say how many rows."""

    kind: ClassVar[str] = "account.erased"
    profile_id: UUID | None
    help_requests: int
    reviews: int
    decisions: int


@dataclass(frozen=True, kw_only=True)
class PhotoReceived(EventData):
    """A member's photo was replaced by a new one."""

    kind: ClassVar[str] = "photo.received"
    version: int


@dataclass(frozen=True, kw_only=True)
class ReviewOpened(EventData):
    """Something waits for a look."""

    kind: ClassVar[str] = "review.opened"
    queue: Queue
    points: int


@dataclass(frozen=True, kw_only=True)
class ReviewMoved(EventData):
    """What waited changed: its review follows to the new version."""

    kind: ClassVar[str] = "review.moved"
    queue: Queue
    points: int
    version: int


@dataclass(frozen=True, kw_only=True)
class ReviewVoided(EventData):
    """A review needs no decision any more."""

    kind: ClassVar[str] = "review.voided"


@dataclass(frozen=True, kw_only=True)
class TextAdded(EventData):
    """A standard text was added."""

    kind: ClassVar[str] = "standard_text.added"
    outcome: str


@dataclass(frozen=True, kw_only=True)
class TextChanged(EventData):
    """The words of a standard text, or its house rule, were changed."""

    kind: ClassVar[str] = "standard_text.changed"
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class TextMoved(EventData):
    """A standard text changed places with its neighbour."""

    kind: ClassVar[str] = "standard_text.moved"
    up: bool


@dataclass(frozen=True, kw_only=True)
class TextRetired(EventData):
    """A standard text is offered no longer."""

    kind: ClassVar[str] = "standard_text.retired"


@dataclass(frozen=True, kw_only=True)
class TextRestored(EventData):
    """A standard text is offered again."""

    kind: ClassVar[str] = "standard_text.restored"
