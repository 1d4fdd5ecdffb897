"""How likely two persons are one, and by which fields."""

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple

from blacklist.identity import levels
from blacklist.identity.levels import Level
from blacklist.identity.normalising import Person
from blacklist.identity.weights import WEIGHTS, Rarity, Weights

_BELOW = {Level.ONE_EDIT: 0.6, Level.NICKNAME: 0.4, Level.PART: 0.7, Level.SOUNDS: 0.5, Level.CLOSE: 0.3}
"""How much of a name's rarity counts when it is not quite the same."""
_USUAL = {"first_name": 7.0, "last_name": 8.0, "postcode": 9.0}
"""Bits of rarity for which the weights are meant."""
_BOTH = 2
_LOW, _HIGH = -5.0, 4.0
"""Bits that rarity takes off at most, or adds."""


class Evidence(NamedTuple):
    """What one field says: its level, and its bits (below zero: against)."""

    field: str
    level: Level
    weight: float


class Comparison(NamedTuple):
    """Two persons compared. `bits` is the sum of what the evidence weighs, `score` the probability of it."""

    score: float
    bits: float
    evidence: tuple[Evidence, ...]


class Comparer:
    """Compares one person with others of one list. A value that either misses says nothing."""

    def __init__(self, person: Person, *, rarity: Rarity, weights: Weights = WEIGHTS) -> None:
        self.person = person
        self.rarity = rarity
        self.weights = weights
        self._rare: dict[str, float] = {}

    def compare(self, other: Person) -> Comparison:
        """Compare with one other person. Comparing the other with this one says the same."""
        evidence = (*self._names(other), *self._rest(other))
        if shared := _household(evidence):
            evidence = (*evidence, Evidence("household", Level.DIFFERENT, -shared))
        bits = sum(one.weight for one in evidence)
        return Comparison(self.weights.probability(bits, listed=self.rarity.listed), bits, evidence)

    def _names(self, other: Person) -> list[Evidence]:
        mine = self.person
        straight = []
        if mine.first and other.first:
            level = levels.first_name_level(mine.first, other.first)
            straight.append(self._name("first_name", level, mine.first, other.first))
        if mine.last and other.last:
            level = levels.last_name_level(mine.last, other.last)
            straight.append(self._name("last_name", level, mine.last, other.last))
        if len(straight) == _BOTH and all(one.level is Level.EXACT for one in straight):
            return straight
        turned = [Evidence("names", Level.SWAPPED, self.weights.swap)]
        for field, name, theirs in (
            ("first_name", mine.first, other.last),
            ("last_name", mine.last, other.first),
        ):
            if name and theirs:
                turned.append(
                    self._name(field, levels.any_name_level(name, theirs), name, theirs, turned=True)
                )
        return max(straight, turned, key=lambda found: sum(one.weight for one in found))

    def _name(self, field: str, level: Level, value: str, other: str, *, turned: bool = False) -> Evidence:
        as_field = "first_name" if turned else field
        weight = self.weights.fields[as_field].get(level, 0.0)
        share = 1.0 if level is Level.EXACT else _BELOW.get(level, 0.0)
        if share:
            rare = min(self._rarity(value), self._rarity(other)) - _USUAL[as_field]
            weight = max(weight + share * min(max(rare, _LOW), _HIGH), 0.0)
        return Evidence(field, level, weight)

    def _rarity(self, value: str) -> float:
        found = self._rare.get(value)
        if found is None:
            found = self._rare[value] = self.rarity.bits(value)
        return found

    def _rest(self, other: Person) -> Iterator[Evidence]:
        mine, bits = self.person, self.weights.fields
        if mine.born and other.born:
            level = levels.birth_date_level(mine.born, other.born)
            yield Evidence("birth_date", level, bits["birth_date"][level])
        near = Level.DIFFERENT
        if mine.postcode and other.postcode:
            near = levels.postcode_level(mine.postcode, other.postcode)
            weight = bits["postcode"][near]
            if near is Level.EXACT:
                weight += min(max(self._rarity(mine.postcode) - _USUAL["postcode"], _LOW), _HIGH)
            yield Evidence("postcode", near, weight)
        for field, of, level_of in _SIMPLE:
            value, theirs = of(mine), of(other)
            if value and theirs and not (field == "place" and near in _SAME_PLACE):
                level = level_of(value, theirs)
                weight = bits[field].get(level, 0.0)
                if field == "street" and near is Level.EXACT:
                    weight = max(weight - _STREET_IN_POSTCODE, 0.0)
                yield Evidence(field, level, weight)


def _household(evidence: Iterable[Evidence]) -> float:
    """Return the bits that a family at one postcode explains.

    With another first name: half of what surname and postcode have in common, and half of a shared birth
    date beside it (twins). With the same first name and another birth date (father and son): half of what
    the names and the postcode have in common. Never more than any of these brought itself, so that one
    more field that matches lowers nothing.
    """
    found = {one.field: one for one in evidence}
    if not found.keys() >= {"first_name", "last_name"}:
        return 0.0
    bits = {field: max(one.weight, 0.0) for field, one in found.items()}
    family = min(bits["last_name"], bits.get("postcode", 0.0))
    born = found.get("birth_date")
    if found["first_name"].level is Level.DIFFERENT:
        return (family + min(family, bits.get("birth_date", 0.0))) / 2
    if born is not None and born.level in _BORN_APART:
        return min(family, bits["first_name"]) / 2
    return 0.0


_BORN_APART = {Level.DIFFERENT, Level.PART, Level.CLOSE}


def _equal(value: str, other: str) -> Level:
    return Level.EXACT if value == other else Level.DIFFERENT


_STREET_IN_POSTCODE = 2.0
"""Bits of a street that its postcode has said already."""
_SAME_PLACE = {Level.EXACT, Level.AREA}
"""What a postcode says, its place says again."""
_SIMPLE: tuple[tuple[str, Callable[[Person], str], Callable[[str, str], Level]], ...] = (
    ("infix", attrgetter("infix"), _equal),
    ("salutation", attrgetter("salutation"), _equal),
    ("street", attrgetter("street"), levels.street_level),
    ("place", attrgetter("place"), levels.place_level),
    ("email", attrgetter("emails"), levels.email_level),
    ("phone", attrgetter("phones"), levels.phone_level),
    ("account", attrgetter("accounts"), levels.account_level),
    ("photo", attrgetter("photo"), levels.photo_level),
)
