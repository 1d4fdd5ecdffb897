"""Of very many patterns, those that a line may hold: told in one pass over it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import re2

from moderation.rules.language import options


class Sieve:
    """Patterns with an owner each, sifted by the words that they cannot do without.

    Each pattern keeps an expression of its own: all patterns of a rule as one expression would know a
    state for every way in which their gaps can overlap, and spend its time on making those anew for
    each new text.
    """

    def __init__(self, sources: Sequence[tuple[int, bytes]]) -> None:
        """`sources`: an owner's number and the RE2 source of one of its patterns."""
        self._owners = [owner for owner, _source in sources]
        self._filter = re2.Filter()
        for _owner, source in sources:
            self._filter.Add(source, options())
        if sources:
            self._filter.Compile()
        self._expressions = [self._filter.re(index) for index in range(len(sources))]

    def sift(self, line: bytes) -> Mapping[int, list[Any]]:
        """Return by owner the expressions that the line may hold, in the order in which they were given."""
        held: dict[int, list[Any]] = defaultdict(list)
        if self._owners:
            for index in sorted(self._filter.Match(line, potential=True) or ()):
                held[self._owners[index]].append(self._expressions[index])
        return held


def spans(expressions: Sequence[Any], line: bytes) -> list[tuple[int, int]]:
    """Return where any of these stands, from left to right; of what overlaps, the first to begin."""
    found = sorted(
        (match.start(), order, match.end())
        for order, expression in enumerate(expressions)
        for match in expression.finditer(line)
    )
    kept: list[tuple[int, int]] = []
    for start, _order, end in found:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
