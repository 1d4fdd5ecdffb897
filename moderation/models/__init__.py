"""What moderation keeps."""

from moderation.models.decisions import Decision, Numbering, StandardText
from moderation.models.reviews import Draft, Lease, Note, Review, Signal, Skip
from moderation.models.subjects import HelpRequest, Profile, Subject, Tombstone

__all__ = [
    "Decision",
    "Draft",
    "HelpRequest",
    "Lease",
    "Note",
    "Numbering",
    "Profile",
    "Review",
    "Signal",
    "Skip",
    "StandardText",
    "Subject",
    "Tombstone",
]
