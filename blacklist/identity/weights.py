"""What each level is worth, in bits: log2 of how much likelier it is between records of one person.

One bit doubles the odds. `m`, how often records of one person look so, and `u`, how often those of two
people do, were counted in pairs of generated Australian records and of damaged Dutch persons, and
rounded towards each other; how common the value itself is comes on top (`Rarity`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log2
from types import MappingProxyType

from blacklist.identity.keys import term_number
from blacklist.identity.levels import Level

Bits = Mapping[Level, float]

FIRST: Bits = {
    Level.EXACT: 7.5,
    Level.NICKNAME: 4.0,
    Level.PART: 5.0,
    Level.ONE_EDIT: 5.8,
    Level.SOUNDS: 4.0,
    Level.INITIAL: 2.0,
    Level.CLOSE: 2.5,
    Level.LOOSE: -0.5,
    Level.DIFFERENT: -3.0,
}
LAST: Bits = {
    Level.EXACT: 8.5,
    Level.PART: 6.5,
    Level.ONE_EDIT: 7.2,
    Level.SOUNDS: 5.0,
    Level.CLOSE: 3.5,
    Level.LOOSE: 0.5,
    Level.DIFFERENT: -3.0,
}
BORN: Bits = {
    Level.EXACT: 14.5,
    Level.SWAPPED: 9.0,
    Level.TRANSPOSED: 7.0,
    Level.NEW_YEAR: 6.0,
    Level.ONE_EDIT: 4.5,
    Level.TWO_PARTS: 1.0,
    Level.CLOSE: -2.0,
    Level.PART: -3.0,
    Level.DIFFERENT: -4.4,
}
POSTCODE: Bits = {
    Level.EXACT: 10.0,
    Level.TRANSPOSED: 6.5,
    Level.ONE_EDIT: 6.0,
    Level.AREA: 5.0,
    Level.CLOSE: 2.5,
    Level.REGION: 0.0,
    Level.DIFFERENT: -3.5,
}
STREET: Bits = {Level.EXACT: 4.0, Level.CLOSE: 3.0, Level.AREA: 2.0, Level.DIFFERENT: 0.0}
PLACE: Bits = {Level.EXACT: 2.5, Level.ONE_EDIT: 2.0, Level.SOUNDS: 2.0}
EMAIL: Bits = {Level.EXACT: 24.0, Level.ONE_EDIT: 9.0, Level.PART: 7.0}
PHONE: Bits = {Level.EXACT: 23.0, Level.ONE_EDIT: 5.0}
ACCOUNT: Bits = {Level.EXACT: 25.0}
PHOTO: Bits = {Level.EXACT: 14.0, Level.CLOSE: 9.0}
INFIX: Bits = {Level.EXACT: 0.8, Level.DIFFERENT: -0.4}
SALUTATION: Bits = {Level.EXACT: 0.3, Level.DIFFERENT: -1.5}


@dataclass(frozen=True, kw_only=True)
class Weights:
    """The bits of every level of every field, and how a sum of them becomes a probability.

    `version` is stored with what they judged. `expected` is how many of a thousand signups are of somebody
    who is listed, `slope` how much a bit of the sum counts: fields of one person go together more
    than the sum takes them to.
    """

    version: str
    fields: Mapping[str, Bits]
    swap: float = -3.5
    expected: float = 1.0
    slope: float = 0.7

    def probability(self, bits: float, *, listed: int) -> float:
        """Return how likely a sum of bits means the same person, on a list of so many. Between 0 and 1."""
        prior = log2(self.expected / 1000 / max(listed, 1))
        return float(1 / (1 + 2 ** (-self.slope * (bits + prior))))


WEIGHTS = Weights(
    version="2026-11",
    fields=MappingProxyType(
        {
            "first_name": FIRST,
            "last_name": LAST,
            "infix": INFIX,
            "salutation": SALUTATION,
            "birth_date": BORN,
            "postcode": POSTCODE,
            "street": STREET,
            "place": PLACE,
            "email": EMAIL,
            "phone": PHONE,
            "account": ACCOUNT,
            "photo": PHOTO,
        }
    ),
)


@dataclass(frozen=True, kw_only=True)
class Rarity:
    """How common values are on a list of `listed` people: `counts` by the number of the term."""

    listed: int = 0
    counts: Mapping[int, int] = field(default_factory=dict)

    def bits(self, value: str) -> float:
        """Return log2 of one in how many has this value. Once seen counts as never."""
        seen = max(self.counts.get(term_number(value), 0), 1)
        return log2((self.listed + _BESIDES) / seen)


_BESIDES = 300
"""People that a list is filled up with, so that a list of ten does not think every name common."""
