"""Words that the database knows, and which may follow which."""

from incidents.choices.tickets import (
    TICKET_TRANSITIONS,
    UNDER_WAY,
    Channel,
    CloseReason,
    Direction,
    NoticeTarget,
    NotKept,
    Right,
    TicketKind,
    TicketState,
    WaitingFor,
)

__all__ = [
    "TICKET_TRANSITIONS",
    "UNDER_WAY",
    "Channel",
    "CloseReason",
    "Direction",
    "NotKept",
    "NoticeTarget",
    "Right",
    "TicketKind",
    "TicketState",
    "WaitingFor",
]
