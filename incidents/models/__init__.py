"""What the servicedesk keeps."""

from incidents.models.files import StoredFile
from incidents.models.messages import Enclosure, Message
from incidents.models.tickets import IllegalTransition, Notice, Receipt, StandardAnswer, Ticket

__all__ = [
    "Enclosure",
    "IllegalTransition",
    "Message",
    "Notice",
    "Receipt",
    "StandardAnswer",
    "StoredFile",
    "Ticket",
]
