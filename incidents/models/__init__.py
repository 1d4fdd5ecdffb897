"""What incidents keeps."""

from incidents.models.care import OutreachTask, SafetyCheck
from incidents.models.dossiers import Dossier, DossierLink
from incidents.models.files import StoredFile
from incidents.models.inbound import InboundMail
from incidents.models.measures import Evidence, Measure, RepetitionProposal
from incidents.models.messages import Enclosure, Message
from incidents.models.parties import Party
from incidents.models.tickets import IllegalTransition, Notice, Receipt, StandardAnswer, Ticket
from incidents.models.timeline import Attachment, TimelineEntry

__all__ = [
    "Attachment",
    "Dossier",
    "DossierLink",
    "Enclosure",
    "Evidence",
    "IllegalTransition",
    "InboundMail",
    "Measure",
    "Message",
    "Notice",
    "OutreachTask",
    "Party",
    "Receipt",
    "RepetitionProposal",
    "SafetyCheck",
    "StandardAnswer",
    "StoredFile",
    "Ticket",
    "TimelineEntry",
]
