"""Texts that are nearly the same: what two texts share of their short runs of letters.

A text becomes a sketch: the smallest hashes of its runs of letters, which keeps nothing that could
be read (Broder, "On the resemblance and containment of documents", 1997). Digits count as one, so
that another price or telephone number makes no other text.
"""

import re
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from zlib import crc32

from moderation.choices import Flag
from moderation.rules.reading import BOUND, CAPITAL, read

CODE = "near_copy"
FLAG = Flag.DUPLICATE
SEVERITY = 1
POINTS = 20

RUN = 7
"""Letters in one run by which texts are compared; spaces count."""

SKETCH = 96
"""Hashes of runs kept of a text."""

LONG_RUN = 14
PROBES = 32
"""Candidates share one of so many hashes of long runs, which texts by other people seldom share."""

ALIKE = 0.25
"""From this share of runs on, texts are near-copies. Others on one subject share half of that at most."""

MOST = 50
"""So many that share a probe, and so many that are the same, are kept in mind."""

SHORTEST = 60
"""Letters that a text must have: short ones are alike by chance."""

_DIGITS = re.compile(r"\d+")

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a text to compare it with others: sorted hashes, none when it is too short."""

    runs: tuple[int, ...] = ()
    probes: tuple[int, ...] = ()


def sketch_of(text: str) -> Sketch:
    """Return the sketch of a text."""
    words = [word.plain.removeprefix(CAPITAL) for word in read(text).words if word.plain != BOUND]
    letters = _DIGITS.sub("0", " ".join(words)).encode()
    if len(letters) < SHORTEST:
        return Sketch()
    return Sketch(_smallest(letters, RUN, SKETCH), _smallest(letters, LONG_RUN, PROBES))


def _smallest(letters: bytes, length: int, count: int) -> tuple[int, ...]:
    hashes = {crc32(letters[start : start + length]) for start in range(len(letters) - length + 1)}
    return tuple(sorted(hashes)[:count])


def likeness(one: Collection[int], other: Collection[int]) -> float:
    """Return what share of their runs two texts have in common, estimated: 0 to 1."""
    if not (one and other):
        return 0.0
    both = {*one} & {*other}
    count = min(SKETCH, len(one) + len(other) - len(both))
    if len(both) < ALIKE * count:
        return len(both) / count  # at most that, and too little: most pairs end here
    smallest = sorted({*one, *other})[:SKETCH]
    return len(both.intersection(smallest)) / count


def _latest() -> deque[tuple[int, ...]]:
    return deque(maxlen=MOST)


class Sketches(Generic[Key]):
    """Sketches in memory, and which of them are alike. What is the same is compared once.

    When very many are alike, in a wave of advertising, only the last `MOST` of those that share a
    probe, or are the same, count: whoever sends ten thousand does not keep the house busy for hours.
    """

    def __init__(self) -> None:
        self._same: dict[tuple[int, ...], deque[Key]] = {}
        self._by_probe: dict[int, deque[tuple[int, ...]]] = defaultdict(_latest)

    def add(self, key: Key, *, runs: Sequence[int], probes: Iterable[int]) -> None:
        """Keep a sketch."""
        sketch = tuple(runs)
        if sketch not in self._same:
            self._same[sketch] = deque(maxlen=MOST)
            for probe in probes:
                self._by_probe[probe].append(sketch)
        self._same[sketch].append(key)

    def like(self, sketch: Sketch) -> dict[Key, float]:
        """Return the kept texts that are near-copies of this one, with their likeness."""
        candidates = {runs for probe in sketch.probes for runs in self._by_probe.get(probe, ())}
        shares = {runs: likeness(sketch.runs, runs) for runs in candidates}
        return {key: share for runs, share in shares.items() if share >= ALIKE for key in self._same[runs]}


def copies_in(texts: Iterable[tuple[Key, str]]) -> dict[Key, float]:
    """Return the texts that have a near-copy in the stream, before or after, and how alike it is."""
    kept: Sketches[Key] = Sketches()
    closest: dict[Key, float] = {}
    for key, text in texts:
        sketch = sketch_of(text)
        for other, share in kept.like(sketch).items():
            for one in (key, other):
                closest[one] = max(share, closest.get(one, 0.0))
        kept.add(key, runs=sketch.runs, probes=sketch.probes)
    return closest
