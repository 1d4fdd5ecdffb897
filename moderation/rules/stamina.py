"""How long a rule can take: its own words, over and over, in the longest text that comes in."""

from collections.abc import Iterator
from random import Random
from time import thread_time_ns

from moderation.rules.engine import CompiledRule, RuleSet, read_record
from moderation.rules.language import Lists
from moderation.rules.rule import Rule

LONGEST_TEXT = 10_000
MOST_MILLISECONDS = 100
"""Of the processor, for one text of `LONGEST_TEXT` characters that is made to be slow."""

_SIGNS = "aabbccddeeefghijklmnopqrstuvwxyz 0123456789@. "


def milliseconds(rule: Rule, lists: Lists) -> float:
    """Return how long a rule takes for the slowest of a few texts that nearly match it all the time.

    Stops at the first that takes more than `MOST_MILLISECONDS`; one text takes seconds at most.
    """
    rules = RuleSet([CompiledRule(rule, lists)])
    slowest = 0.0
    for text in _texts(rule):
        record = read_record({"text": text})
        began = thread_time_ns()
        for _match in rules.find(record):
            pass
        slowest = max(slowest, (thread_time_ns() - began) / 1e6)
        if slowest > MOST_MILLISECONDS:
            break
    return slowest


def _texts(rule: Rule) -> Iterator[str]:
    """Yield texts from short to long: every pattern begun and never ended, and signs in no order."""
    chance = Random(1)  # noqa: S311 - no secret
    phrases = [pattern.replace("|", " ").replace("*", "en").split() for pattern in rule.patterns]
    begun = [word for phrase in phrases for word in (phrase[:-1] or phrase) if word.isalnum()]
    for longest in (LONGEST_TEXT // 10, LONGEST_TEXT):
        yield "".join(chance.choices(_SIGNS, k=longest))
        if begun:
            yield " ".join(chance.choices(begun, k=longest // 2))[:longest]
