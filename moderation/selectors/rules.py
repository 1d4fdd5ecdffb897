"""The signal rules at work, compiled; and what became of what each found."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

import structlog
from django.db.models import Count, Q, QuerySet

from moderation.choices import RESTRICTING, DecisionState
from moderation.models import Rule, RuleVersion, Signal
from moderation.models.rules import KINDS
from moderation.rules.engine import CompiledRule, RuleSet
from moderation.rules.language import BadPattern
from moderation.rules.library import word_lists
from moderation.rules.rule import BadRule, parse_rule

logger = structlog.get_logger(__name__)


IN_WORDS = (
    "title",
    "flag",
    "severity",
    "points",
    "house_rule",
    "patterns",
    "unless",
    "unless_near",
    "unless_anywhere",
    "near",
    "anywhere",
    "at_least",
    "kinds",
    "expressions",
)
"""What a version says, in the order of the screen."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a version says: its name and its lines; beside another version, which came and went."""

    label: str
    lines: tuple[str, ...]
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """In how many items a rule found something, in how many it was called wrong, how many were restricted."""

    items: int = 0
    dismissed: int = 0
    restricted: int = 0


def rules_at_work() -> RuleSet:
    """Return the rules that are switched on, each in its version in use.

    One query of one index. Versions never change, so that their keys say everything: what they look
    for is read and compiled only when other ones are on than the last time in this process.
    """
    on = Rule.objects.filter(active=True).order_by("current_id")
    return _set_of(tuple(on.values_list("current_id", flat=True)))


_compiled: dict[int, CompiledRule | None] = {}
"""Versions made ready in this process, by key; a version never changes."""


@lru_cache(maxsize=2)
def _set_of(keys: tuple[int, ...]) -> RuleSet:
    """Return the set of these versions. One that cannot be used any more must not stop what comes in."""
    new = RuleVersion.objects.filter(pk__in=[key for key in keys if key not in _compiled])
    for version in new.select_related("rule", "house_rule"):
        _compiled[version.pk] = compile_version(version)
        if _compiled[version.pk] is None:
            logger.error("a signal rule cannot be used", rule_version=version.pk)
    return RuleSet([compiled for key in keys if (compiled := _compiled[key])])


def compile_version(version: RuleVersion) -> CompiledRule | None:
    """Return a version ready for work; None when it can no longer be read: a list of words is gone."""
    try:
        rule = parse_rule(version.given, lists=word_lists(), tried=True)
        return CompiledRule(replace(rule, version=version.number), word_lists())
    except (BadRule, BadPattern):
        return None


def figures_by_rule(*, since: datetime) -> dict[str, RuleFigures]:
    """Return what became of what rules and detectors found since `since`, by code. One query."""
    return _figures(Signal.objects.all(), by="code", since=since)


def figures_by_version(rule: Rule, *, since: datetime) -> dict[int, RuleFigures]:
    """Return the same of one rule, by number of version. One query."""
    ours = Signal.objects.filter(code=rule.code, rule_version__isnull=False)
    return _figures(ours, by="rule_version", since=since)


def _figures(signals: QuerySet[Signal], *, by: str, since: datetime) -> dict[Any, RuleFigures]:
    standing = Q(review__decisions__state__in=[DecisionState.HELD, DecisionState.FINAL])
    restricted = standing & Q(review__decisions__outcome__in=sorted(RESTRICTING))
    counted = (
        signals.filter(review__opened_at__gte=since)
        .order_by()
        .values(by)
        .annotate(
            items=Count("review", distinct=True),
            dismissed=Count("review", distinct=True, filter=Q(dismissed_at__isnull=False)),
            restricted=Count("review", distinct=True, filter=restricted),
        )
    )
    return {counts.pop(by): RuleFigures(**counts) for counts in counted}


def said_by(version: RuleVersion) -> list[Said]:
    """Return what a version says, in words, what it leaves open left out."""
    said = ((name, _lines(version, name)) for name in IN_WORDS)
    return [
        Said(_label(name), lines) for name, lines in said if lines and (name, lines) != ("at_least", ("1",))
    ]


def differences(version: RuleVersion, other: RuleVersion) -> list[Said]:
    """Return what a version says that the other does not, and what the other said (`gone`)."""
    found = []
    for name in IN_WORDS:
        ours, theirs = _lines(version, name), _lines(other, name)
        came = tuple(line for line in ours if line not in theirs)
        gone = tuple(line for line in theirs if line not in ours)
        if came or gone:
            found.append(Said(_label(name), came, gone))
    return found


def _label(name: str) -> str:
    label = str(getattr(RuleVersion._meta.get_field(name), "verbose_name", name))
    return label[:1].upper() + label[1:]


def _lines(version: RuleVersion, name: str) -> tuple[str, ...]:
    value = getattr(version, name)
    match name:
        case "flag":
            return (version.get_flag_display(),)
        case "severity":
            return (version.get_severity_display(),)
        case "kinds":
            return tuple(str(dict(KINDS)[kind]) for kind in value)
    if isinstance(value, list):
        return tuple(value)
    return (str(value),) if value is not None else ()
