"""A text as rules read it: words in one plain form, each knowing where it stands in the original.

Lower case, no accents, no apostrophes, look-alike letters and digits in words made letters
("wh4tsapp"), letters that were spread out put together ("g e l d", "b.e.l"). A word that has a
capital where its sentence does not ask for one is marked, sentences are bounded, nothing else is kept.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

BOUND = "|"
"""Stands between sentences, and before and after the whole."""

CAPITAL = "^"
"""Stands before a word with a capital that does not (only) begin a sentence: a name, most likely."""

_LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕԁһкмтвнαοεικνρτυ",
    "aeopcyxijsdhkmtbhaoeiknptu",
) | {ord("ĳ"): "ij", ord("ø"): "o", ord("ß"): "ss", ord("æ"): "ae", ord("œ"): "oe", ord("ł"): "l"}
_INVISIBLE = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff\ufe0e\ufe0f"
_APOSTROPHES = "'’‘`´"
_LEET = str.maketrans("013457@$€!", "oieastasei")
_TOKEN = re.compile(
    rf"(?P<number>\d+(?:[.,]\d+)*(?:,-{{1,2}})?(?![^\W\d]))"
    rf"|(?P<word>[^\W_](?:[^\W_]|[{_INVISIBLE}\u0300-\u036f]"
    rf"|[{_APOSTROPHES}\-\u2010\u2011*@$!](?=[^\W_]))*)"
    rf"|(?P<sign>€)"
    rf"|(?P<bound>[.!?;\u2026]+(?=\s|$|[\"')\]»”])|[.!?\u2026]+(?=[A-Z])|\n\s*|[:](?=\s))"
)
_LETTERS_APART = re.compile(
    r"(?<![^\W_])(?:[^\W\d_](?:(?P<joint>[ .\-_*·])[^\W\d_])(?:(?P=joint)[^\W\d_]){2,40}"
    r"|[^\W\d_]\.[^\W\d_]\.[^\W\d_])(?![^\W_])"
)
_INSIDE_LETTERS = re.compile(r"(?<=[a-z])[013457@$€!](?=[a-z])")
_NO_LETTER = re.compile(r"[^a-z0-9~]")
_STRETCHED = re.compile(r"([a-z])\1{2,}")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the reading and where it stands in the original: characters, half-open."""

    plain: str
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """The words of one text, and `line`: all of them in ASCII, each after one space."""

    text: str
    words: tuple[Word, ...]

    @cached_property
    def line(self) -> bytes:
        """The words as patterns search them."""
        return (" " + " ".join(word.plain for word in self.words) + " ").encode()

    @cached_property
    def _starts(self) -> list[int]:
        starts, position = [], 0
        for word in self.words:
            starts.append(position)
            position += len(word.plain) + 1
        return starts

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of `line` stands in the original; bounds at its edges do not count."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = max(bisect_right(self._starts, max(end - 1, start)) - 1, first)
        while first < last and self.words[first].plain == BOUND:
            first += 1
        while last > first and self.words[last].plain == BOUND:
            last -= 1
        return self.words[first].start, self.words[last].end

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """Return where characters of the original stand in `line`: the words that they touch.

        Signs between words are taken for the next word, at the end of a sentence for the last one.
        """
        first = bisect_right(self.words, start, key=lambda word: word.end)
        last = bisect_left(self.words, end, key=lambda word: word.start) - 1
        if last < first:
            first = min(first, len(self.words) - 1)
            first = last = max(last, 0) if self.words[first].plain == BOUND else first
        return self._starts[first], self._starts[last] + 1 + len(self.words[last].plain)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of `line` of the sentences that a stretch of it lies in."""
        opening = self.line.rfind(b" | ", 0, start + 2)
        closing = self.line.find(b" | ", max(end - 1, start + 1))
        return max(opening, 0), len(self.line) if closing < 0 else closing + 3


def read(text: str) -> Reading:
    """Return the reading of a text. Takes time linear in its length."""
    words = [Word(BOUND, 0, 0)]
    parts = _parts(text)
    for position, (start, end, said) in enumerate(parts):
        if said == BOUND:
            if words[-1].plain != BOUND:
                words.append(Word(BOUND, start, end))
            continue
        plain = plain_word(said)
        if plain:
            begins = words[-1].plain == BOUND and text[words[-1].start : words[-1].end] != ":"
            name = said[0].isupper() and not (begins and _is_plain(parts, position + 1))
            words.append(Word(CAPITAL + plain if name else plain, start, end))
    if words[-1].plain != BOUND or len(words) == 1:
        words.append(Word(BOUND, len(text), len(text)))
    return Reading(text, tuple(words))


def _is_plain(parts: list[tuple[int, int, str]], position: int) -> bool:
    """Whether the part there begins with no capital."""
    return position >= len(parts) or not parts[position][2][:1].isupper()


def _parts(text: str) -> list[tuple[int, int, str]]:
    parts: list[tuple[int, int, str]] = []
    position = 0
    for spread in _LETTERS_APART.finditer(text):
        parts += _tokens(text, position, spread.start())
        joined = spread[0].replace(spread["joint"] or ".", "")
        parts.append((spread.start(), spread.end(), joined))
        position = spread.end()
    return parts + _tokens(text, position, len(text))


def _tokens(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    return [
        (match.start(), match.end(), BOUND if match["bound"] else match[0])
        for match in _TOKEN.finditer(text, start, end)
    ]


@lru_cache(maxsize=20_000)
def plain_word(word: str) -> str:
    """Return the plain form of one word, in ASCII. Doing it twice changes nothing.

    What has no letter of ours ("日本") becomes "~".
    """
    if word == "€":
        return "euro"
    folded = unicodedata.normalize("NFKD", word.casefold()).translate(_LOOK_ALIKES)
    folded = "".join(char for char in folded if not unicodedata.combining(char))
    if not folded.isascii():
        folded = "".join(_ascii(char) for char in folded)
    if folded.isalpha():
        return _STRETCHED.sub(_shorter, folded)
    if folded[:1].isdigit() and not any(char.isalpha() for char in folded):
        return folded.replace("-", "").rstrip(",")
    while True:
        letters = _NO_LETTER.sub("", _INSIDE_LETTERS.sub(_as_letter, folded))
        if letters == folded:
            return _STRETCHED.sub(_shorter, letters)
        folded = letters


def _as_letter(sign: re.Match[str]) -> str:
    return sign[0].translate(_LEET)


def _shorter(stretched: re.Match[str]) -> str:
    return stretched[1] * 2 if stretched[1] in "aeou" else stretched[1]


def _ascii(char: str) -> str:
    if char.isascii():
        return char
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    return "~" if char.isalnum() else ""
