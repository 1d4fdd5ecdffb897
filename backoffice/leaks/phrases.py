"""Words that a letter took from a report: who wrote them would know them again, and so may others."""

import re
from collections.abc import Iterable, Iterator

from backoffice.leaks.common_words import INFIXES, LITTLE_WORDS
from backoffice.leaks.words import Text, plain_words

RUN = 5
"""So many words in a row are no coincidence, when nobody else wrote them."""
RUN_IN_QUOTES = 2
LONG_WORD = 4
TELLING_WORDS = 2
"""Of the words in a run, so many must say something."""

_QUOTED = re.compile(
    '["\u201c\u201e\u00ab\u2018\']([^"\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019\n]{3,300})["\u201d\u00bb\u2019\']'
)


def find_phrases(text: Text, *, report: str, known: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield where the letter repeats the report, as places in `text.clean`.

    What stands in one of `known` texts (the member's own, ours) in the same words is nobody's.
    """
    reported = plain_words(report)
    ours = [plain_words(one) for one in known]
    telling = _runs(reported, RUN) - set().union(*(_runs(words, RUN) for words in ours), set())
    yield from _repeats(text, telling)
    for quote in _QUOTED.finditer(text.clean):
        words = tuple(plain_words(quote[1]))
        size = len(words)
        if (
            size >= RUN_IN_QUOTES
            and _says_something(words, 1)
            and words in _runs(reported, size)
            and not any(words in _runs(one, size) for one in ours)
        ):
            yield quote.span(1)


def _runs(words: list[str], size: int) -> set[tuple[str, ...]]:
    return {tuple(words[start : start + size]) for start in range(len(words) - size + 1)}


def _repeats(text: Text, telling: set[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Yield the longest places that runs in `telling` make together, where their words say something."""
    folded = [word.folded for word in text.words]
    starts = [at for at in range(len(folded) - RUN + 1) if tuple(folded[at : at + RUN]) in telling]
    pieces: list[tuple[int, int]] = []
    for at in starts:
        if pieces and at <= pieces[-1][1]:
            pieces[-1] = (pieces[-1][0], at + RUN)
        else:
            pieces.append((at, at + RUN))
    for begin, end in pieces:
        if _says_something(tuple(folded[begin:end]), TELLING_WORDS):
            yield text.words[begin].start, text.words[end - 1].end


def _says_something(words: tuple[str, ...], enough: int) -> bool:
    said = [w for w in words if len(w) > LONG_WORD and w not in LITTLE_WORDS and w not in INFIXES]
    return len(said) >= enough
