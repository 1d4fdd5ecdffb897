"""What moderation keeps."""

from moderation.models.decisions import Decision, StandardText
from moderation.models.reviews import Draft, Lease, Note, Review, Signal, Skip
from moderation.models.subjects import HelpRequest, Profile, Subject, Tombstone

__all__ = [
    "Decision",
    "Draft",
    "HelpRequest",
    "Lease",
    "Note",
    "Profile",
    "Review",
    "Signal",
    "Skip",
    "StandardText",
    "Subject",
    "Tombstone",
]
