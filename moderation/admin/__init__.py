"""Looking things up: lists and read-only pages of what moderation keeps."""

from moderation.admin.decisions import DecisionAdmin
from moderation.admin.house_rules import PolicyAdmin
from moderation.admin.profiles import ProfileAdmin
from moderation.admin.requests import HelpRequestAdmin
from moderation.admin.reviews import ReviewAdmin
from moderation.admin.signal_rules import RuleAdmin, RuleVersionAdmin
from moderation.admin.texts import StandardTextAdmin

__all__ = [
    "DecisionAdmin",
    "HelpRequestAdmin",
    "PolicyAdmin",
    "ProfileAdmin",
    "ReviewAdmin",
    "RuleAdmin",
    "RuleVersionAdmin",
    "StandardTextAdmin",
]
