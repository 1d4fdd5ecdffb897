"""One rule: what to look for, what disarms it, and what it means when it is found."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.utils.translation import gettext as _

from moderation.choices import Flag
from moderation.rules.language import BadPattern, Lists, compile_any, compile_expression

POINTS = {1: 10, 2: 30, 3: 100}
"""What a signal of each severity adds to a priority, unless the rule says otherwise."""

MOST_POINTS = 1000
MOST_PATTERNS = 400
LONGEST_PATTERN = 1000
LONGEST_TITLE = 120
_CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")


class BadRule(ValueError):
    """A rule that cannot be used. `field` is the field that is wrong, `problem` says why to who wrote it."""

    def __init__(self, field: str, problem: str) -> None:
        self.field = field
        self.problem = problem
        super().__init__(f"{field}: {problem}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What to look for in texts. Patterns are written as `moderation.rules.language` says.

    `patterns` and `expressions` (RE2 over the text as it was typed) are what is found. A place is
    let go when a pattern of `unless` touches it, when one of `unless_near` stands in the same
    sentence, or one of `unless_anywhere` anywhere in the record. It counts only when one of
    `near` stands in its sentence and one of `anywhere` in the record, where these are given, and
    when at least `at_least` different patterns are found. `kinds` limits it to records of that
    kind (`request`, `offer`, `profile`); empty means all. `version` is the one that it is of a
    rule that coordinators keep; None when it came straight from the program.
    """

    code: str
    flag: Flag
    severity: int
    title: str
    points: int
    house_rule: str = ""
    patterns: tuple[str, ...] = ()
    expressions: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    unless_near: tuple[str, ...] = ()
    unless_anywhere: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    anywhere: tuple[str, ...] = ()
    at_least: int = 1
    kinds: tuple[str, ...] = ()
    version: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return what is given of the rule, as JSON can hold it; `parse_rule` makes the same rule of it."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if name in FIELDS
        }


_PATTERN_FIELDS = ("patterns", "unless", "unless_near", "unless_anywhere", "near", "anywhere")
FIELDS = tuple(field.name for field in fields(Rule) if field.name != "version")
"""What is given of a rule."""

_KINDS = frozenset({"request", "offer", "profile"})


def parse_rule(given: Mapping[str, Any], *, lists: Lists, tried: bool = False) -> Rule:
    """Return the rule that these fields make. Raises BadRule, which names the field.

    `points` may be absent: they then follow from the severity. `tried` leaves out making every
    expression, which takes a while: for rules that are known to be right.
    """
    if unknown := sorted(given.keys() - set(FIELDS)):
        raise BadRule(unknown[0], _("There is no such field."))
    for name in ("code", "flag", "severity", "title"):
        if name not in given:
            raise BadRule(name, _("This must be filled in."))
    code = _text(given, "code", longest=40)
    if not _CODE.fullmatch(code):
        raise BadRule("code", _("Small letters, digits and underscores, beginning with a letter."))
    if given["flag"] not in Flag.values:
        raise BadRule("flag", _("Must be one of: %(choices)s.") % {"choices": ", ".join(Flag.values)})
    severity = _number(given, "severity", 1, 3)
    rule = Rule(
        code=code,
        flag=Flag(given["flag"]),
        severity=severity,
        title=_text(given, "title", longest=LONGEST_TITLE),
        points=_number(given, "points", 0, MOST_POINTS) if "points" in given else POINTS[severity],
        house_rule=_text(given, "house_rule", longest=40) if given.get("house_rule") else "",
        expressions=_texts(given, "expressions"),
        at_least=_number(given, "at_least", 1, 10) if "at_least" in given else 1,
        kinds=_texts(given, "kinds"),
        patterns=_texts(given, "patterns"),
        unless=_texts(given, "unless"),
        unless_near=_texts(given, "unless_near"),
        unless_anywhere=_texts(given, "unless_anywhere"),
        near=_texts(given, "near"),
        anywhere=_texts(given, "anywhere"),
    )
    _check(rule)
    if not tried:
        _try(rule, lists)
    return rule


def _check(rule: Rule) -> None:
    if not (rule.patterns or rule.expressions):
        raise BadRule("patterns", _("There is nothing to look for."))
    if rule.at_least > len(rule.patterns) + len(rule.expressions):
        raise BadRule("at_least", _("There are not that many different words."))
    if not set(rule.kinds) <= _KINDS:
        raise BadRule("kinds", _("Must be one of: %(choices)s.") % {"choices": ", ".join(sorted(_KINDS))})


def _try(rule: Rule, lists: Lists) -> None:
    for name in _PATTERN_FIELDS:
        for pattern in getattr(rule, name):
            try:
                compile_any([pattern], lists=lists)
            except BadPattern as problem:
                raise BadRule(name, str(problem)) from None
    for source in rule.expressions:
        try:
            compiled = compile_expression(source)
        except BadPattern as problem:
            raise BadRule("expressions", str(problem)) from None
        if compiled.search(""):
            raise BadRule("expressions", _("This also matches nothing at all, and so everywhere."))


def _text(given: Mapping[str, Any], name: str, *, longest: int) -> str:
    value = given[name]
    if not isinstance(value, str) or not value.strip():
        raise BadRule(name, _("This must be filled in."))
    if len(value) > longest:
        raise BadRule(name, _("At most %(longest)d characters.") % {"longest": longest})
    return value


def _texts(given: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = given.get(name, ())
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) and one.strip() for one in value):
        raise BadRule(name, _("Must be a list of texts."))
    if len(value) > MOST_PATTERNS:
        raise BadRule(name, _("At most %(most)d lines.") % {"most": MOST_PATTERNS})
    if any(len(one) > LONGEST_PATTERN for one in value):
        raise BadRule(name, _("Each line at most %(longest)d characters.") % {"longest": LONGEST_PATTERN})
    return tuple(value)


def _number(given: Mapping[str, Any], name: str, lowest: int, highest: int) -> int:
    value = given[name]
    if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
        problem = _("Must be a whole number from %(lowest)d to %(highest)d.")
        raise BadRule(name, problem % {"lowest": lowest, "highest": highest})
    return value
