"""What dossiers write down."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from backoffice.audit.events import EventData
from incidents.choices.dossiers import (
    DossierOutcome,
    LinkKind,
    MeasureKind,
    OutreachState,
    PartyRole,
    ProposalState,
    TimelineKind,
    WaitingFor,
)


@dataclass(frozen=True, kw_only=True)
class DossierOpened(EventData):
    """A complaint became a dossier."""

    kind: ClassVar[str] = "dossier.opened"
    number: int
    ticket_id: UUID | None
    unknown: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DossierDescribed(EventData):
    """What a dossier says of the complaint was changed."""

    kind: ClassVar[str] = "dossier.described"
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DossierAssigned(EventData):
    """Somebody handles the dossier from now on."""

    kind: ClassVar[str] = "dossier.assigned"
    owner_id: int


@dataclass(frozen=True, kw_only=True)
class DossierWaits(EventData):
    """It is somebody else's turn, or ours again (`waiting_for` is empty)."""

    kind: ClassVar[str] = "dossier.waits"
    waiting_for: WaitingFor | str
    until: date | None


@dataclass(frozen=True, kw_only=True)
class DossierDecided(EventData):
    """It was found out whether it is true."""

    kind: ClassVar[str] = "dossier.decided"
    outcome: DossierOutcome
    offenders: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class DossierHandled(EventData):
    """The dossier was closed; from `expires_on` it may be erased."""

    kind: ClassVar[str] = "dossier.handled"
    expires_on: date
    again: bool


@dataclass(frozen=True, kw_only=True)
class DossierReopened(EventData):
    """A handled dossier is looked into again; its three years stopped."""

    kind: ClassVar[str] = "dossier.reopened"
    expired_on: date


@dataclass(frozen=True, kw_only=True)
class DossierHeld(EventData):
    """The dossier is kept for a legal claim or inquiry, whatever its end."""

    kind: ClassVar[str] = "dossier.held"
    recheck_on: date


@dataclass(frozen=True, kw_only=True)
class DossierReleased(EventData):
    """A legal hold was lifted."""

    kind: ClassVar[str] = "dossier.released"


@dataclass(frozen=True, kw_only=True)
class DossiersLinked(EventData):
    """Two dossiers belong together."""

    kind: ClassVar[str] = "dossier.linked"
    other_id: UUID
    link: LinkKind


@dataclass(frozen=True, kw_only=True)
class PartyAdded(EventData):
    """Somebody has a part in a dossier."""

    kind: ClassVar[str] = "party.added"
    party_id: UUID
    role: PartyRole


@dataclass(frozen=True, kw_only=True)
class InformingDeferred(EventData):
    """Somebody is not told yet that a dossier names them."""

    kind: ClassVar[str] = "party.inform_deferred"
    party_id: UUID
    recheck_on: date


@dataclass(frozen=True, kw_only=True)
class DeferralLifted(EventData):
    """Somebody may be told again that a dossier names them."""

    kind: ClassVar[str] = "party.deferral_lifted"
    party_id: UUID


@dataclass(frozen=True, kw_only=True)
class TimelineWritten(EventData):
    """A line was added to the timeline."""

    kind: ClassVar[str] = "timeline.written"
    entry_id: UUID
    entry_kind: TimelineKind


@dataclass(frozen=True, kw_only=True)
class DossierLetterSent(EventData):
    """A letter from the dossier went to one party; by post when there is no `mail_id`."""

    kind: ClassVar[str] = "dossier.letter_sent"
    party_id: UUID
    letter: str
    mail_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class MeasureTaken(EventData):
    """Something is done about somebody, and they are told."""

    kind: ClassVar[str] = "measure.taken"
    measure_id: UUID
    measure: MeasureKind
    proposed: MeasureKind
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class MeasureLifted(EventData):
    """A measure no longer stands."""

    kind: ClassVar[str] = "measure.lifted"
    measure_id: UUID


@dataclass(frozen=True, kw_only=True)
class RepetitionProposed(EventData):
    """Somebody did it again: a coordinator is asked to look. `halves` is what the dossiers count."""

    kind: ClassVar[str] = "repetition.proposed"
    proposal_id: UUID
    dossiers: tuple[UUID, ...]
    halves: int


@dataclass(frozen=True, kw_only=True)
class RepetitionWeighed(EventData):
    """Founded dossiers about the same person that count for too little to propose anything."""

    kind: ClassVar[str] = "repetition.weighed"
    dossiers: tuple[UUID, ...]
    halves: int
    because: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ProposalSettled(EventData):
    """A coordinator said what becomes of a proposal."""

    kind: ClassVar[str] = "repetition.settled"
    state: ProposalState


@dataclass(frozen=True, kw_only=True)
class SafetyNoted(EventData):
    """Somebody walked the safety lane."""

    kind: ClassVar[str] = "safety.noted"
    check_id: UUID
    called_112: bool
    handed_over: bool


@dataclass(frozen=True, kw_only=True)
class OutreachReceived(EventData):
    """The platform said who was in touch with an offender."""

    kind: ClassVar[str] = "outreach.received"
    people: int


@dataclass(frozen=True, kw_only=True)
class OutreachDone(EventData):
    """Somebody was called or written to, or could not be."""

    kind: ClassVar[str] = "outreach.done"
    task_id: UUID
    state: OutreachState


@dataclass(frozen=True, kw_only=True)
class FileAttached(EventData):
    """A file was put in a dossier."""

    kind: ClassVar[str] = "dossier.file_attached"
    attachment_id: UUID


@dataclass(frozen=True, kw_only=True)
class DossierPrinted(EventData):
    """A dossier was put on paper; with `reader_id` everybody but that party was masked."""

    kind: ClassVar[str] = "dossier.printed"
    parts: tuple[str, ...]
    reader_id: UUID | None
