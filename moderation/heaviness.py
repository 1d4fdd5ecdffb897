"""What is hard to read: kinds that follow from what was found in a text."""

from collections.abc import Iterable
from typing import Protocol

from moderation.choices import Flag, HeavyKind

KINDS: dict[str, HeavyKind] = {
    Flag.CRISIS: HeavyKind.CRISIS,
    Flag.THREAT: HeavyKind.VIOLENCE,
    Flag.ROMANTIC_SEXUAL: HeavyKind.SEXUAL,
    Flag.HATE_INSULT: HeavyKind.HATE,
}
HEAVY_FROM = 2
"""The severity from which a signal is hard to read: below it is a tip or an edit."""

CHILD_FROM = 3
"""Somebody who sounds young is not hard to read; a child in danger is."""

LIGHT = frozenset({"dating"})
"""Rules whose finds are never hard to read, whatever their severity: a search for a partner."""


class Seen(Protocol):
    """What a detector found, stored or not."""

    @property
    def code(self) -> str: ...
    @property
    def flag(self) -> str: ...
    @property
    def severity(self) -> int: ...


def heavy_kinds(found: Iterable[Seen]) -> list[HeavyKind]:
    """Return what is hard to read in a text, each kind once, in the order of the screen.

    Who is or sounds under 16 in a sexual text is a child in danger.
    """
    hard = [one for one in found if one.code not in LIGHT]
    kinds = {KINDS[one.flag] for one in hard if one.flag in KINDS and one.severity >= HEAVY_FROM}
    young = {one.severity for one in hard if one.flag == Flag.MINOR}
    if young and (max(young) >= CHILD_FROM or HeavyKind.SEXUAL in kinds):
        kinds.add(HeavyKind.CHILD)
    return [kind for kind in HeavyKind if kind in kinds]
