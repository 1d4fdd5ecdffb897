"""Rules at work: all of a set against the texts of one record."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from moderation.rules.language import Lists, compile_any, compile_expression, expression
from moderation.rules.reading import Reading, read
from moderation.rules.rule import Rule
from moderation.rules.sieve import Sieve, spans

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
"""What no UTF-8 can hold, and so RE2 cannot read."""

MOST_FOUND = 12
"""Places that one rule marks in one text; more tell a moderator nothing new."""


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that holds at a place: characters in the text of a field, half-open."""

    rule: Rule
    field: str
    start: int
    end: int


@dataclass(frozen=True)
class Record:
    """What rules look at: the readings of a record's texts, its kind and its keywords."""

    readings: Mapping[str, Reading]
    kind: str = ""
    keywords: Reading | None = None

    @cached_property
    def everything(self) -> bytes:
        """All texts and the keywords in one line, for what may stand anywhere."""
        lines = [reading.line for reading in self.readings.values()]
        return b"".join([*lines, self.keywords.line] if self.keywords else lines)


def read_record(texts: Mapping[str, str], *, kind: str = "", keywords: Sequence[str] = ()) -> Record:
    """Return the record that rules can look at."""
    readings = {name: read(text) for name, text in texts.items()}
    return Record(readings, kind, read(". ".join(keywords)) if keywords else None)


class CompiledRule:
    """A rule with its expressions made. `sources` are those of its patterns, which a set sifts together."""

    def __init__(self, rule: Rule, lists: Lists) -> None:
        def one(patterns: Sequence[str], *, far: bool = False) -> Any:
            return compile_any(patterns, lists=lists, far=far) if patterns else None

        self.rule = rule
        self.sources = [expression(pattern, lists=lists).encode() for pattern in rule.patterns]
        self._each = [one([pattern]) for pattern in rule.patterns] if rule.at_least > 1 else []
        self._typed = [compile_expression(source) for source in rule.expressions]
        self._unless = one(rule.unless, far=True)
        self._unless_near = one(rule.unless_near)
        self._unless_anywhere = one(rule.unless_anywhere)
        self._near = one(rule.near)
        self._anywhere = one(rule.anywhere)

    def find(self, record: Record, sifted: Mapping[str, Sequence[Any]]) -> Iterator[Match]:
        """Yield the places where the rule holds, by field and then from left to right.

        `sifted`: of each field those of the rule's patterns that it may hold, as expressions.
        """
        rule = self.rule
        if rule.kinds and record.kind and record.kind not in rule.kinds:
            return
        for field, reading in record.readings.items():
            left = MOST_FOUND
            for start, end in self._places(reading, sifted[field]):
                if not self._holds_in(record):
                    return
                yield Match(rule, field, start, end)
                left -= 1
                if not left:
                    break

    def _holds_in(self, record: Record) -> bool:
        everything = record.everything
        if self._anywhere and not self._anywhere.search(everything):
            return False
        if self._unless_anywhere and self._unless_anywhere.search(everything):
            return False
        return self.rule.at_least < 2 or self._different(record) >= self.rule.at_least  # noqa: PLR2004

    def _different(self, record: Record) -> int:
        found = sum(any(each.search(r.line) for r in record.readings.values()) for each in self._each)
        texts = [_LONE_SURROGATE.sub("?", reading.text) for reading in record.readings.values()]
        return found + sum(any(each.search(text) for text in texts) for each in self._typed)

    def _places(self, reading: Reading, sifted: Sequence[Any]) -> Iterator[tuple[int, int]]:
        disarming = _Spans(self._unless, reading.line)
        for start, end in spans(sifted, reading.line):
            if self._stands(reading, start, end, disarming):
                yield reading.original(start, end)
        for typed in self._typed:
            for match in typed.finditer(_LONE_SURROGATE.sub("?", reading.text)):
                if match.start() < match.end() and self._stands(
                    reading, *reading.stretch(*match.span()), disarming
                ):
                    yield match.span()

    def _stands(self, reading: Reading, start: int, end: int, disarming: "_Spans") -> bool:
        """Whether what was found there in the line is not disarmed, and has beside it what it needs."""
        if disarming.touch(start + 1, end):
            return False
        if not (self._near or self._unless_near):
            return True
        sentence = reading.line[slice(*reading.sentence(start, end))]
        if self._near and not self._near.search(sentence):
            return False
        return not (self._unless_near and self._unless_near.search(sentence))


class _Spans:
    """Where an expression is found in a line, looked up only when asked."""

    def __init__(self, expression: Any, line: bytes) -> None:
        self._expression = expression
        self._line = line

    @cached_property
    def _found(self) -> list[tuple[int, int]]:
        return [match.span() for match in self._expression.finditer(self._line)]

    def touch(self, start: int, end: int) -> bool:
        """Whether one of them overlaps this stretch."""
        if self._expression is None:
            return False
        after = bisect_left(self._found, (end, 0))
        return after > 0 and self._found[after - 1][1] > start


class RuleSet:
    """Rules that work together, compiled once."""

    def __init__(self, compiled: Sequence[CompiledRule]) -> None:
        self.rules = tuple(one.rule for one in compiled)
        self._compiled = tuple(compiled)
        self._always = {number for number, one in enumerate(compiled) if one.rule.expressions}
        self._sieve = Sieve(
            [(number, source) for number, one in enumerate(compiled) for source in one.sources]
        )

    @classmethod
    def of(cls, rules: Sequence[Rule], *, lists: Lists) -> Self:
        """Return the set of these rules."""
        return cls([CompiledRule(rule, lists) for rule in rules])

    def find(self, record: Record) -> Iterator[Match]:
        """Yield all that the rules find, by rule."""
        sifted = {field: self._sieve.sift(reading.line) for field, reading in record.readings.items()}
        for number in sorted(self._always.union(*sifted.values())):
            own = {field: held.get(number, ()) for field, held in sifted.items()}
            yield from self._compiled[number].find(record, own)
