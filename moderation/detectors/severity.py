"""How severe a text is as a whole: its worst signal, and what some make of each other."""

from collections.abc import Iterable

from moderation.choices import Flag
from moderation.detectors.registry import Found

URGENT = 3
"""What goes to the urgent queue."""

WORSE_TOGETHER: tuple[frozenset[str], ...] = (
    frozenset({Flag.MINOR, Flag.CONTACT}),
    frozenset({Flag.MINOR, Flag.OFF_PLATFORM}),
    frozenset({Flag.MINOR, Flag.ROMANTIC_SEXUAL}),
    frozenset({Flag.MINOR, Flag.DRUGS_WEAPONS}),
    frozenset({Flag.DRUGS_WEAPONS, Flag.OFF_PLATFORM}),
)
"""Kinds of signals that are urgent when they stand in one text: a child that can be reached, a dealer."""


def severity_of(found: Iterable[Found]) -> int:
    """Return 0 (nothing) to 3 (danger)."""
    items = list(found)
    flags = {item.flag for item in items}
    if any(together <= flags for together in WORSE_TOGETHER):
        return URGENT
    return max((item.severity for item in items), default=0)
