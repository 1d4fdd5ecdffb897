"""How a text is worded as a whole: words and pairs that stand more often in texts of danger, or of none.

A linear model that people can read: `defaults/wording.tsv` has a line for every word or pair, with its
weight for each question. The weights of what stands in a text are added and divided by the root of how
many stand there. They were learnt by logistic regression from labelled texts; none of those is kept.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from moderation.choices import Flag
from moderation.rules.engine import Record
from moderation.rules.reading import BOUND, CAPITAL, Reading, Word

KINDS = (Flag.THREAT, Flag.CRISIS, Flag.SCAM, Flag.MINOR)
QUESTIONS = ("danger", "harm", *map(str, KINDS))
"""What there are weights for: danger, anything at all that a moderator acts on, each kind of danger."""

START = "(start)"
"""The line of the file on which every sum begins."""

MOST_WORDS = 250
"""Words that are judged as one text."""

FEWEST = 24
"""Words and pairs that must be known: a single sentence says too little of how a text is worded."""
MOST_PLACES = 5

DOUBTFUL_DANGER = frozenset(
    {
        "threat_to_harm", "veiled_threat", "signs_of_danger", "violence_at_home", "quiet_goodbye",
        "wish_to_be_dead", "acute_help", "harmed_by_somebody", "fraud_in_a_frame", "menace",
        "implied_threat", "leaving_life", "unsafe_home", "preys_on_trust", "lone_child",
    }
)  # fmt: skip
DOUBTFUL_HARM = frozenset(
    {
        "sale", "weapons", "sexual", "paid_help", "loan", "prepayment", "business", "dating", "drugs",
        "easy_money", "pupil", "young_age", "other_app", "own_illness", "illness_of_somebody_else",
        "mind_or_addiction", "rate", "amount",
    }
)  # fmt: skip
"""Rules and scales that go by words which mean nothing in a calm text."""

_SUFFIX = re.compile(
    r"(?<=[a-z]{4})(?:heden|heid|tjes|etjes|jes|tje|pje|je|ende|end|ten|den|de|te|en|er|st|t|s|e|d)$"
)
_DOUBLED = re.compile(r"([a-z])\1")


@dataclass(frozen=True, slots=True)
class Place:
    """Words that speak for danger: characters in the text of a field, half-open."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the wording of a record says. `kind` and `places` say something only when there is danger."""

    in_danger: bool = False
    calm: bool = False
    harmless: bool = False
    kind: Flag = Flag.CRISIS
    places: tuple[Place, ...] = ()

    def explains_away(self, code: str) -> bool:
        """Whether what this rule or scale found means nothing in a text that is worded so."""
        return (self.calm and code in DOUBTFUL_DANGER) or (self.harmless and code in DOUBTFUL_HARM)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Scores from which there is danger, and below which a text is calm or harmless."""

    danger: float
    calm: float
    harmless: float


class Wording:
    """The weights, ready to judge with."""

    def __init__(self, weights: Mapping[str, Sequence[float]], bounds: Bounds) -> None:
        """`weights`: by word or pair (`features` makes them) one for each of QUESTIONS."""
        self._start = weights[START]
        self._weights = weights
        self._bounds = bounds

    def judge(self, record: Record) -> Judgement:
        """Judge every stretch of the record; the worst one counts."""
        judged = [(scores, words) for words in _stretches(record.readings) if (scores := self._scores(words))]
        if not judged:
            return Judgement()
        (danger, _harm, *kinds), words = max(judged, key=lambda one: one[0])
        places = tuple(self._telling(words)) if danger >= self._bounds.danger else ()
        return Judgement(
            in_danger=bool(places),
            calm=danger < self._bounds.calm,
            harmless=max(scores[1] for scores, _words in judged) < self._bounds.harmless,
            kind=max(zip(kinds, KINDS, strict=True))[1],
            places=places,
        )

    def _scores(self, words: Sequence[tuple[str, Word]]) -> list[float] | None:
        """Return the score for each question; None when there is too little to go by."""
        weights = self._weights
        known = [weights[feature] for feature in features(words) if feature in weights]
        if len(known) < FEWEST:
            return None
        root = math.sqrt(len(known))
        return [start + sum(column) / root for start, *column in zip(self._start, *known, strict=True)]

    def _telling(self, words: Sequence[tuple[str, Word]]) -> Iterator[Place]:
        """Yield the places whose words weigh most, none twice."""
        weighed = sorted(
            (
                (self._weights[feature][0], at)
                for feature, at in features(words).items()
                if feature in self._weights
            ),
            reverse=True,
        )
        taken: set[int] = set()
        for weight, (first, last) in weighed:
            if weight <= 0 or len(taken) >= MOST_PLACES:
                return
            if not taken.intersection(range(first, last + 1)) and words[first][0] == words[last][0]:
                taken.update(range(first, last + 1))
                yield Place(words[first][0], words[first][1].start, words[last][1].end)


def features(words: Sequence[tuple[str, Word]]) -> dict[str, tuple[int, int]]:
    """Return what weights are looked up for, with the first and last word that each stands at first.

    Stems; two stems in a row; two with one between them, where no sentence ends.
    """
    stems = [stem(word.plain) for _field, word in words]
    found: dict[str, tuple[int, int]] = {}
    before = last = BOUND
    for at, one in enumerate(stems):
        if one != BOUND:
            found.setdefault(one, (at, at))
            if before != BOUND:
                found.setdefault(f"{before} .. {one}", (at - 2, at))
        if at and not one == last == BOUND:
            found.setdefault(f"{last} {one}", (at - 1, at))
        before, last = last, one
    return found


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return a word without its ending, roughly; `#` for a number, `^` for a name: names say nothing."""
    if word.startswith(CAPITAL):
        return CAPITAL
    if word[:1].isdigit():
        return "#"
    return _DOUBLED.sub(r"\1", _SUFFIX.sub("", word))


def _stretches(readings: Mapping[str, Reading]) -> list[list[tuple[str, Word]]]:
    words = [(field, word) for field, reading in readings.items() for word in reading.words]
    return [words[start : start + MOST_WORDS] for start in range(0, len(words), MOST_WORDS)]
