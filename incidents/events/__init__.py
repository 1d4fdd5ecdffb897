"""What the servicedesk writes down: ids and codes only."""

from incidents.events.tickets import (
    AnswerTextKept,
    MessageAdded,
    RightsDismissed,
    TicketAnswered,
    TicketAssigned,
    TicketClassified,
    TicketClosed,
    TicketMerged,
    TicketOpened,
    TicketPut,
    TicketReopened,
    TicketSplit,
)

__all__ = [
    "AnswerTextKept",
    "MessageAdded",
    "RightsDismissed",
    "TicketAnswered",
    "TicketAssigned",
    "TicketClassified",
    "TicketClosed",
    "TicketMerged",
    "TicketOpened",
    "TicketPut",
    "TicketReopened",
    "TicketSplit",
]
