"""What moderation keeps."""

from moderation.models.appeals import Appeal
from moderation.models.care import HEAVY_A_DAY, MOST_A_DAY, CareSettings, HeavyLook
from moderation.models.danger import DangerStep
from moderation.models.decisions import Decision, Numbering, StandardText
from moderation.models.policies import DecisionPolicy, Policy
from moderation.models.reviews import Draft, Lease, Note, Review, Signal, Skip
from moderation.models.rules import Rule, RuleTrial, RuleVersion
from moderation.models.second_looks import DrawCount, SecondLook
from moderation.models.statements import Fact, RuleAsItWas, Statement
from moderation.models.subjects import HelpRequest, Profile, Subject, TextSketch, Tombstone
from moderation.models.ties import Tie

__all__ = [
    "HEAVY_A_DAY",
    "MOST_A_DAY",
    "Appeal",
    "CareSettings",
    "DangerStep",
    "Decision",
    "DecisionPolicy",
    "Draft",
    "DrawCount",
    "Fact",
    "HeavyLook",
    "HelpRequest",
    "Lease",
    "Note",
    "Numbering",
    "Policy",
    "Profile",
    "Review",
    "Rule",
    "RuleAsItWas",
    "RuleTrial",
    "RuleVersion",
    "SecondLook",
    "Signal",
    "Skip",
    "StandardText",
    "Statement",
    "Subject",
    "TextSketch",
    "Tie",
    "Tombstone",
]
