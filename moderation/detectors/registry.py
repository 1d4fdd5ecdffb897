"""Detectors find words that a moderator must see. This is where later ones are added."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from moderation.choices import Flag
from moderation.rules.engine import Match, RuleSet, read_record
from moderation.rules.library import default_rule_set, default_scales, default_wording
from moderation.rules.rule import POINTS
from moderation.rules.weighing import Sign
from moderation.rules.wording import Judgement


@dataclass(frozen=True)
class Span:
    """Where something stands in one text: characters (Python code points), half-open."""

    start: int
    end: int
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """What one detector or rule found in one field of a subject.

    `start` and `end` are characters (Python code points) in the field's text, half-open. `points`
    is what it adds to a review's priority; `params` fills the explanation in words (see
    `moderation.explanations`) and repeats nothing of the text. `severity` is 1 (a tip or an edit),
    2 (hide and contact) or 3 (at once). `rule_version` is that of a rule that coordinators keep.
    """

    code: str
    field: str
    start: int
    end: int
    points: int
    params: dict[str, Any]
    flag: str = ""
    severity: int = 1
    rule_version: int | None = None


class Detector(Protocol):
    """One thing to look for. `find` yields spans from left to right that do not overlap.

    It takes time linear in the length of the text, whatever the text.
    """

    code: str
    flag: Flag
    severity: int
    points: int

    def find(self, text: str) -> Iterator[Span]:
        """Yield every place in `text` where the thing stands."""
        ...


MOST_SEVERE = 3
WORDING_TITLES = {
    Flag.THREAT: "Leest als een dreiging",
    Flag.CRISIS: "Leest als iemand in nood",
    Flag.SCAM: "Leest als oplichting",
    Flag.MINOR: "Leest als een kind in gevaar",
}
WORDING_CUE = "deze woorden staan vaak in zulke berichten"


_registered: dict[str, Detector] = {}


def register(detector: Detector) -> None:
    """Let `scan` look for this too. Raises ValueError when its code is taken."""
    if detector.code in _registered:
        raise ValueError(f"there is a detector for {detector.code} already")
    _registered[detector.code] = detector


def registered() -> tuple[Detector, ...]:
    """Return every detector, in the order in which they were registered."""
    return tuple(_registered.values())


def scan(
    fields: Mapping[str, str], *, kind: str = "", keywords: Sequence[str] = (), rules: RuleSet | None = None
) -> list[Found]:
    """Return everything that detectors, rules and scales find in these texts, by field and then by place.

    `kind` (`request`, `offer`, `profile`) and `keywords` are what rules may ask for besides;
    without `rules` those that come with the program are used.
    """
    found = [
        Found(
            detector.code,
            name,
            span.start,
            span.end,
            detector.points,
            dict(span.params),
            detector.flag,
            detector.severity,
        )
        for name, text in fields.items()
        for detector in _registered.values()
        for span in detector.find(text)
    ]
    record = read_record(fields, kind=kind, keywords=keywords)
    found += [_of_rule(match) for match in (rules or default_rule_set()).find(record)]
    flags = {one.flag for one in found}
    found += [_of_scale(sign) for sign in default_scales().find(record, flags=flags)]
    judged = default_wording().judge(record)
    found = [one for one in found if not judged.explains_away(one.code)]
    if judged.in_danger and not any(one.flag == judged.kind and one.severity == MOST_SEVERE for one in found):
        found += _of_wording(judged)
    order = {name: position for position, name in enumerate(fields)}
    return sorted(found, key=lambda one: (order[one.field], one.start, one.end))


def _of_rule(match: Match) -> Found:
    rule = match.rule
    return Found(
        rule.code,
        match.field,
        match.start,
        match.end,
        rule.points,
        {"rule": rule.title},
        rule.flag,
        rule.severity,
        rule.version,
    )


def _of_scale(sign: Sign) -> Found:
    scale = sign.scale
    return Found(
        scale.code,
        sign.field,
        sign.start,
        sign.end,
        scale.points,
        {"rule": scale.title, "cue": sign.cue.title},
        scale.flag,
        scale.severity,
    )


def _of_wording(judged: Judgement) -> list[Found]:
    params = {"rule": WORDING_TITLES[judged.kind], "cue": WORDING_CUE}
    return [
        Found(
            f"worded_as_{judged.kind}",
            place.field,
            place.start,
            place.end,
            POINTS[MOST_SEVERE],
            dict(params),
            judged.kind,
            MOST_SEVERE,
        )
        for place in judged.places
    ]
