"""What is done to tickets: keys and codes only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from backoffice.audit.events import EventData
from incidents.choices import Channel, CloseReason, Direction, Right, TicketKind, TicketState, WaitingFor


@dataclass(frozen=True, kw_only=True)
class TicketOpened(EventData):
    """Something reached the servicedesk."""

    kind: ClassVar[str] = "ticket.opened"
    ticket_kind: TicketKind
    channel: Channel
    with_dossier: bool
    rights: tuple[Right, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TicketClassified(EventData):
    """Somebody said what kind of ticket it is; the reason says that no dossier was made, where none was."""

    kind: ClassVar[str] = "ticket.classified"
    was: TicketKind
    now: TicketKind
    with_dossier: bool


@dataclass(frozen=True, kw_only=True)
class TicketAssigned(EventData):
    """Somebody handles a ticket from now on; nobody when `owner_id` is None."""

    kind: ClassVar[str] = "ticket.assigned"
    owner_id: int | None


@dataclass(frozen=True, kw_only=True)
class TicketPut(EventData):
    """A ticket waits for somebody, or does so no longer (`waiting_for` None)."""

    kind: ClassVar[str] = "ticket.waits"
    waiting_for: WaitingFor | None


@dataclass(frozen=True, kw_only=True)
class TicketClosed(EventData):
    """A ticket was handled."""

    kind: ClassVar[str] = "ticket.closed"
    how: CloseReason


@dataclass(frozen=True, kw_only=True)
class TicketReopened(EventData):
    """A ticket that was handled is not: somebody opened it, or its sender wrote again."""

    kind: ClassVar[str] = "ticket.reopened"


@dataclass(frozen=True, kw_only=True)
class TicketMerged(EventData):
    """A ticket and its messages went into another."""

    kind: ClassVar[str] = "ticket.merged"
    into: UUID
    messages: int


@dataclass(frozen=True, kw_only=True)
class TicketSplit(EventData):
    """Some messages of a ticket became a ticket of their own."""

    kind: ClassVar[str] = "ticket.split"
    new: UUID
    messages: int


@dataclass(frozen=True, kw_only=True)
class TicketAnswered(EventData):
    """An answer went to the outbox; the ticket now stands at `state`."""

    kind: ClassVar[str] = "ticket.answered"
    message_id: UUID
    state: TicketState
    from_text: int | None


@dataclass(frozen=True, kw_only=True)
class MessageAdded(EventData):
    """A message came in, or somebody noted something."""

    kind: ClassVar[str] = "ticket.message_added"
    message_id: UUID
    direction: Direction
    automatic: bool = False
    reopened: bool = False


@dataclass(frozen=True, kw_only=True)
class RightsDismissed(EventData):
    """Somebody says that a message asks for none of the rights that it seemed to ask for."""

    kind: ClassVar[str] = "ticket.rights_dismissed"
    rights: tuple[Right, ...]


@dataclass(frozen=True, kw_only=True)
class AnswerTextKept(EventData):
    """A standard answer was added, changed, retired or restored; the reason says which."""

    kind: ClassVar[str] = "standard_answer.kept"
