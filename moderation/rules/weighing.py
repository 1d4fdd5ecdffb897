"""Weak signs weighed together: what no single sentence says, a whole text may.

A scale has cues, each with a weight. A cue counts once, however often it is found; some cues speak
against (a film, a removal, a pet) and weigh less than nothing. When the sum reaches what the scale
needs, every place that spoke for it is a signal with its own reason.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from moderation.choices import Flag
from moderation.rules.engine import Record
from moderation.rules.language import BadPattern, Lists, expression
from moderation.rules.reading import Reading
from moderation.rules.rule import POINTS, BadRule
from moderation.rules.sieve import Sieve

HEAVIEST = 9
STRETCH = 1500
"""Bytes within which signs belong together: some 250 words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One sign. It is there when a pattern is found, or when something with one of `flags` was found."""

    title: str
    weight: int
    patterns: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What the cues say together once their weights reach `needs`."""

    code: str
    flag: Flag
    severity: int
    title: str
    needs: int
    house_rule: str
    cues: tuple[Cue, ...]

    @property
    def points(self) -> int:
        """What it adds to a priority."""
        return POINTS[self.severity]


@dataclass(frozen=True, slots=True)
class Sign:
    """A cue that spoke for a scale, where it stands: characters in the text of a field, half-open."""

    scale: Scale
    cue: Cue
    field: str
    start: int
    end: int


def parse_scale(given: Mapping[str, Any]) -> Scale:
    """Return the scale that these fields make. Raises BadRule, which names the field."""
    try:
        cues = tuple(
            Cue(
                title=cue["title"],
                weight=cue["weight"],
                patterns=tuple(cue.get("patterns", ())),
                flags=frozenset(cue.get("flags", ())),
            )
            for cue in given["cue"]
        )
        scale = Scale(**{name: value for name, value in given.items() if name != "cue"}, cues=cues)
    except (KeyError, TypeError) as problem:
        raise BadRule("cue", f"a field is missing or unknown: {problem}") from None
    for cue in cues:
        if not (cue.patterns or cue.flags) or not 0 < abs(cue.weight) <= HEAVIEST:
            raise BadRule("cue", f'"{cue.title}" has nothing to look for, or no weight')
        if strange := sorted(cue.flags - set(Flag.values)):
            raise BadRule("flags", f"there is no {strange[0]}")
    return scale


class Scales:
    """Scales that weigh the same texts, compiled once."""

    def __init__(self, scales: Sequence[Scale], *, lists: Lists) -> None:
        """Raise BadRule when a pattern cannot be read."""
        self.scales = tuple(scales)
        self._cues = [(scale, cue) for scale in scales for cue in scale.cues]
        try:
            self._sieve = Sieve(
                [
                    (number, expression(pattern, lists=lists).encode())
                    for number, (_scale, cue) in enumerate(self._cues)
                    for pattern in cue.patterns
                ]
            )
        except BadPattern as problem:
            raise BadRule("patterns", str(problem)) from None

    def find(self, record: Record, *, flags: Collection[str]) -> Iterator[Sign]:
        """Yield the signs of every scale that has enough of them. `flags`: what was found besides."""
        for stretch in _stretches(record.readings):
            places = self._places(stretch)
            weights = dict.fromkeys((scale.code for scale in self.scales), 0)
            for number, (scale, cue) in enumerate(self._cues):
                if number in places or not cue.flags.isdisjoint(flags):
                    weights[scale.code] += cue.weight
            for number, (piece, start, end) in sorted(places.items()):
                scale, cue = self._cues[number]
                if cue.weight > 0 and weights[scale.code] >= scale.needs:
                    reading = record.readings[piece.field]
                    yield Sign(
                        scale, cue, piece.field, *reading.original(piece.start + start, piece.start + end)
                    )

    def _places(self, stretch: Sequence["_Piece"]) -> dict[int, tuple["_Piece", int, int]]:
        """Where each cue is found first, by its number."""
        places: dict[int, tuple[_Piece, int, int]] = {}
        for piece in stretch:
            for number, expressions in self._sieve.sift(piece.line).items():
                if number not in places:
                    found = [match.span() for each in expressions if (match := each.search(piece.line))]
                    if found:
                        places[number] = (piece, *min(found))
        return places


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some sentences of a field: the line of its reading from `start` on."""

    field: str
    start: int
    line: bytes


def _stretches(readings: Mapping[str, Reading]) -> Iterator[list[_Piece]]:
    """Yield the texts in stretches of about STRETCH bytes: in a long text everything stands somewhere."""
    stretch: list[_Piece] = []
    left = STRETCH
    for field, reading in readings.items():
        line, start = reading.line, 0
        while start < len(line) - 1:
            end = _end_of_piece(line, start, left)
            if end > start:
                stretch.append(_Piece(field, start, line[start : end + 1]))
                left -= end - start
                start = end
            if start < len(line) - 1:
                yield stretch
                stretch, left = [], STRETCH
    yield stretch


def _end_of_piece(line: bytes, start: int, left: int) -> int:
    """Return the space at which a piece ends: of a sentence, or else of a word; `start` if none fits."""
    if len(line) - 1 - start <= left:
        return len(line) - 1
    sentence = line.rfind(b" | ", start + 1, start + left)
    if sentence >= 0:
        return sentence + 2
    if left < STRETCH:
        return start
    word = line.rfind(b" ", start + 1, start + left)
    return word if word >= 0 else start + left
