"""Texts as words that can be compared: without case, accents, and characters that nobody sees."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_APOSTROPHES = "'`\u00b4\u2018\u2019"
_WORD = re.compile(rf"[^\W\d_]+(?:[{_APOSTROPHES}][^\W\d_]+)*['\u2019]?|\d+")
_SPELLED = re.compile(r"(?<!\w)[^\W\d_](?:[ .\-_·*][^\W\d_]){3,}(?!\w)")
_SENTENCE_ENDS = re.compile(
    "(?:^|[.!?…]['\")\\]\u201d\u2019]*\\s+|\n\\s*|•\\s*|^- )['\"(\\[\u201c\u2018\u201e]*\\Z"
)
_LOOKED_THROUGH = {"Cf", "Mn"}
"""Categories of Unicode: what is invisible, and accents that stand apart from their letter."""


@dataclass(frozen=True)
class Word:
    """One word of a text: where it stands, and how it is compared."""

    start: int
    end: int
    raw: str
    folded: str
    starts_sentence: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.raw[:1].isupper()


def fold(text: str) -> str:
    """Return a text as it is compared: "Meijèr" as "meyer"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return plain.translate(_ALIKE).replace("ij", "y")


_ALIKE = str.maketrans({"\u0131": "i", "ø": "o", "ł": "l", "đ": "d", **dict.fromkeys(_APOSTROPHES, "'")})


class Text:
    """A text with its words; invisible characters are looked through, places are those of the original."""

    def __init__(self, original: str) -> None:
        seen = [
            (char, at)
            for at, char in enumerate(original)
            if unicodedata.category(char) not in _LOOKED_THROUGH
        ]
        self.clean = "".join(char for char, _ in seen)
        self._places = [at for _, at in seen]
        self.words = [self._word(match) for match in _WORD.finditer(self.clean)]
        self.spelled = [self._word(match) for match in _SPELLED.finditer(self.clean)]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the characters of the original for those of the clean text; `end` after `start`."""
        return self._places[start], self._places[end - 1] + 1

    def _word(self, match: re.Match[str]) -> Word:
        raw = match[0]
        before = self.clean[max(0, match.start() - 12) : match.start()]
        starts = match.start() == 0 or bool(_SENTENCE_ENDS.search(before))
        letters = re.sub(r"[ .\-_·*]", "", raw)
        return Word(match.start(), match.end(), raw, fold(letters), starts)


def plain_words(text: str) -> list[str]:
    """Return the words of a text as they are compared."""
    return [word.folded for word in Text(text).words]


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that these texts use without a capital: they are words there, not names."""
    return frozenset(word.folded for text in texts for word in Text(text).words if not word.capital)


def osa(left: str, right: str, *, most: int) -> int:
    """Return the optimal string alignment distance, or `most` + 1 when it is more than `most`.

    Insertions, deletions, replacements and swaps of two neighbours count 1 each.
    """
    if abs(len(left) - len(right)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, one in enumerate(left, start=1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(right, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (one != other))
            if earlier and j > 1 and one == right[j - 2] and left[i - 2] == other:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
