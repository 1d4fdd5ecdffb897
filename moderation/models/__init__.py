"""What moderation keeps."""

from moderation.models.decisions import Decision, Numbering, StandardText
from moderation.models.policies import DecisionPolicy, Policy
from moderation.models.reviews import Draft, Lease, Note, Review, Signal, Skip
from moderation.models.subjects import HelpRequest, Profile, Subject, Tombstone

__all__ = [
    "Decision",
    "DecisionPolicy",
    "Draft",
    "HelpRequest",
    "Lease",
    "Note",
    "Numbering",
    "Policy",
    "Profile",
    "Review",
    "Signal",
    "Skip",
    "StandardText",
    "Subject",
    "Tombstone",
]
