"""A text cut where signals begin and end, so that a page can mark what was found."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from moderation.explanations import explain
from moderation.models import Signal


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with the signals that stand on it, none for plain text."""

    text: str
    signals: tuple[Signal, ...] = ()

    @property
    def why(self) -> str:
        """The reasons in words."""
        return "; ".join(
            explain(signal.code, params=signal.params, field=signal.field) for signal in self.signals
        )

    @property
    def dismissed(self) -> bool:
        """Whether every signal here was said to be wrong."""
        return all(signal.dismissed_at for signal in self.signals)


def pieces(text: str, signals: Iterable[Signal]) -> list[Piece]:
    """Return the whole of `text` in pieces, in order; joined they are the text again.

    Spans may overlap. What lies outside the text (found in another version) is left out.
    """
    standing = [signal for signal in signals if signal.start < min(signal.end, len(text))]
    cuts = {0, len(text)}
    for signal in standing:
        cuts |= {signal.start, min(signal.end, len(text))}
    found = []
    coming = deque(sorted(standing, key=lambda signal: signal.start))
    here: list[Signal] = []
    for start, end in pairwise(sorted(cuts)):
        here = [signal for signal in here if signal.end >= end]
        while coming and coming[0].start <= start:
            here.append(coming.popleft())
        found.append(Piece(text[start:end], tuple(here)))
    return found
