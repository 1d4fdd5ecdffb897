"""The rules and scales that come with the program, and the lists of words that they may name."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from moderation.rules.engine import RuleSet
from moderation.rules.rule import BadRule, Rule, parse_rule
from moderation.rules.weighing import Scales, parse_scale
from moderation.rules.wording import Bounds, Wording

FOLDER = Path(__file__).parent / "defaults"
LISTS_FILE = "lists.toml"
SCALES_FOLDER = FOLDER / "scales"
WORDING_FILE = "wording.tsv"
WORDING_BOUNDS = Bounds(danger=2.30, calm=-0.60, harmless=-0.80)
"""Chosen on three sets of 240 texts, each judged by weights learnt without it. A higher `danger` finds
less, a lower one takes along more texts without. A higher `calm` explains away rules that were right. A
lower `harmless` finds up to 3 in 100 more of the texts with harm, for up to 2 in 100 less precision."""


@cache
def word_lists() -> Mapping[str, tuple[str, ...]]:
    """Return the lists that a pattern may name as `{name}`."""
    given = tomllib.loads((FOLDER / LISTS_FILE).read_text())
    return MappingProxyType({name: tuple(words) for name, words in given.items()})


@cache
def default_rules() -> tuple[Rule, ...]:
    """Return the rules that come with the program; a test tries their patterns."""
    rules: list[Rule] = []
    for path in sorted(FOLDER.glob("*.toml")):
        if path.name == LISTS_FILE:
            continue
        for given in tomllib.loads(path.read_text())["rule"]:
            try:
                rules.append(parse_rule({"flag": path.stem, **given}, lists=word_lists(), tried=True))
            except BadRule as bad:
                where = f"{path.name}, {given.get('code', '?')}, {bad.field}"
                raise BadRule(where, bad.problem) from None
    codes = [rule.code for rule in rules]
    if twice := {code for code in codes if codes.count(code) > 1}:
        raise BadRule("code", f"used twice: {', '.join(sorted(twice))}")
    return tuple(rules)


@cache
def default_rule_set() -> RuleSet:
    """Return the rules that come with the program, compiled."""
    return RuleSet.of(default_rules(), lists=word_lists())


@cache
def default_scales() -> Scales:
    """Return the scales that come with the program, compiled."""
    paths = sorted(SCALES_FOLDER.glob("*.toml"))
    return Scales([parse_scale(tomllib.loads(path.read_text())) for path in paths], lists=word_lists())


@cache
def default_wording() -> Wording:
    """Return the weights of words that come with the program."""
    lines = [line for line in (FOLDER / WORDING_FILE).read_text().splitlines() if not line.startswith("# ")]
    rows = (line.split("\t") for line in lines[1:])
    return Wording({words: tuple(map(float, weights)) for words, *weights in rows}, WORDING_BOUNDS)
