"""Detectors find words that a moderator must see. This is where later ones are added."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class Span:
    """Where something stands in one text: characters (Python code points), half-open."""

    start: int
    end: int
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """What one detector found in one field of a subject.

    `start` and `end` are characters (Python code points) in the field's text, half-open. `points`
    is what it adds to a review's priority; `params` fills the explanation in words (see
    `moderation.explanations`) and repeats nothing of the text.
    """

    code: str
    field: str
    start: int
    end: int
    points: int
    params: dict[str, Any]


class Detector(Protocol):
    """One thing to look for. `find` yields spans from left to right that do not overlap.

    It takes time linear in the length of the text, whatever the text.
    """

    code: str
    points: int

    def find(self, text: str) -> Iterator[Span]:
        """Yield every place in `text` where the thing stands."""
        ...


_registered: dict[str, Detector] = {}


def register(detector: Detector) -> None:
    """Let `scan` look for this too. Raises ValueError when its code is taken."""
    if detector.code in _registered:
        raise ValueError(f"there is a detector for {detector.code} already")
    _registered[detector.code] = detector


def registered() -> tuple[Detector, ...]:
    """Return every detector, in the order in which they were registered."""
    return tuple(_registered.values())


def scan(fields: Mapping[str, str]) -> list[Found]:
    """Return everything that the detectors find in these texts, by field and then by place."""
    found = [
        Found(detector.code, name, span.start, span.end, detector.points, dict(span.params))
        for name, text in fields.items()
        for detector in _registered.values()
        for span in detector.find(text)
    ]
    order = {name: position for position, name in enumerate(fields)}
    return sorted(found, key=lambda one: (order[one.field], one.start, one.end))
