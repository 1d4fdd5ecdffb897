"""A person's name in a text: declined, with typos, in part, with initials.

A name that is also a word (Bakker, Roos) gives nobody away on its own, unless it is used as a name:
after a title or initial, with a capital inside a sentence, as what somebody says or does, or beside
the rest of the name. The addressee's own names are theirs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from backoffice.leaks.common_words import INFIXES, LITTLE_WORDS, NOUNS, OF_PEOPLE, TITLES
from backoffice.leaks.people import Person
from backoffice.leaks.words import Text, Word, fold, osa

_SUFFIXES = ("'s", "'tje", "tjes", "tje", "pje", "jes", "je", "se", "'", "s")
_SHORT = 3
_NEAR = 24
_MOST_INFIXES = 3
_INITIAL = re.compile(r"(?<!\w)([^\W\d_])\.?(?: ?[^\W\d_]\.)* *(?:(?:van|de|der|den|'t|ten|ter) )*\Z")
_STEM = 3
_SURE = 8
"""A name of so many letters is known even with a typo and without a capital."""


@dataclass(frozen=True)
class Name:
    """One word of somebody's name."""

    folded: str
    is_last: bool
    is_word: bool

    @property
    def typos(self) -> int:
        """How many typos still leave it recognisable."""
        length = len(self.folded)
        return 0 if length <= _SHORT else 1 if length <= 7 else 2  # noqa: PLR2004


def names_of(person: Person, *, words: frozenset[str] = frozenset()) -> list[Name]:
    """Return the words of a name that can give somebody away; `words` are known to be words."""
    found = []
    for given, is_last in ((person.first_name, False), (person.last_name, True)):
        for part in re.split(r"[\s\-]+", given):
            folded = fold(part).strip("'.")
            if len(folded) > 1 and folded not in INFIXES - {"ben"}:
                known = folded in NOUNS or folded in LITTLE_WORDS or folded in words
                found.append(Name(folded, is_last, known))
    return found


def find_names(
    text: Text, *, person: Person, own: Person, words: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Yield where `person` is named, as places in `text.clean`. `own` is the addressee; `words` are
    known to be words.
    """
    return _Search(text, person, own, words).found()


class _Search:
    """The search for one person in one text."""

    def __init__(self, text: Text, person: Person, own: Person, words: frozenset[str]) -> None:
        self.text = text
        self.names = names_of(person, words=words)
        self.initial = fold(person.first_name)[:1]
        self.theirs = {name.folded for name in names_of(own)}
        self.shares_initial = fold(own.first_name)[:1] == self.initial
        self.words = words

    def found(self) -> Iterator[tuple[int, int]]:
        for position, word in enumerate(self.text.words):
            for name in self.names:
                if not _alike(word, name) or self._only_a_word(word, name):
                    continue
                if full := self._full_name(position, name):
                    yield full
                elif self._stands_for_them(position, name):
                    yield word.start, word.end
        for word in self.text.spelled:
            if any(word.folded == name.folded for name in self.names) and not self._is_own(word):
                yield word.start, word.end

    def _is_own(self, word: Word) -> bool:
        return any(stem in self.theirs for stem in _stems(word.folded))

    def _only_a_word(self, word: Word, name: Name) -> bool:
        """Return whether what resembles a name is a Dutch word, or one of ours."""
        known = NOUNS | LITTLE_WORDS | self.words
        return not _exactly(word, name) and any(stem in known for stem in _stems(word.folded))

    def _full_name(self, position: int, name: Name) -> tuple[int, int] | None:
        """Return the place of a full name that begins here: first and last name, in either order."""
        word = self.text.words[position]
        following = position + 1
        while following < len(self.text.words) and self.text.words[following].folded in INFIXES:
            following += 1
        if following >= len(self.text.words) or following - position > _MOST_INFIXES + 1:
            return None
        other = self.text.words[following]
        if re.search(r"[.!?\n]", self.text.clean[word.end : other.start]) and len(word.raw) > 1:
            return None
        for second in self.names:
            if second.is_last == name.is_last or not _alike(other, second):
                continue
            if self._only_a_word(other, second) or (self._is_own(word) and self._is_own(other)):
                continue
            certain = not (name.is_word and second.is_word) and _exactly(word, name)
            if (word.capital and other.capital) or (certain and _exactly(other, second)):
                return word.start, other.end
        return None

    def _stands_for_them(self, position: int, name: Name) -> bool:
        """Return whether a part of a name alone gives somebody away where it stands."""
        word = self.text.words[position]
        by_initial = name.is_last and self._initial_before(word)
        if self._is_own(word):
            return by_initial and not self.shares_initial
        if by_initial or self._titled(position):
            return True
        if not _exactly(word, name):
            return _typo_stands(word, name)
        if not name.is_word:
            return word.capital or len(name.folded) > _SHORT
        if word.capital and not word.starts_sentence:
            return not word.raw.isupper()
        after = self.text.words[position + 1] if position + 1 < len(self.text.words) else None
        does = word.capital and after is not None and after.folded in OF_PEOPLE
        return does and name.folded not in LITTLE_WORDS

    def _initial_before(self, word: Word) -> bool:
        before = self.text.clean[max(0, word.start - _NEAR) : word.start]
        found = _INITIAL.search(before)
        return bool(self.initial and found and found[1].isupper() and fold(found[1]) == self.initial)

    def _titled(self, position: int) -> bool:
        """Return whether a title stands before it, infixes between."""
        words = self.text.words
        place = position - 1
        while place >= 0 and words[place].folded in INFIXES:
            place -= 1
        near = place >= 0 and words[position].start - words[place].end < _NEAR
        return near and words[place].folded in TITLES


def _stems(folded: str) -> Iterator[str]:
    yield folded
    for suffix in _SUFFIXES:
        if folded.endswith(suffix) and len(folded) - len(suffix) >= _STEM:
            yield folded[: -len(suffix)].rstrip("'")


def _exactly(word: Word, name: Name) -> bool:
    return any(stem == name.folded for stem in _stems(word.folded))


def _alike(word: Word, name: Name) -> bool:
    """Return whether a word can be this name, declined or with a typo (not in its first letter alone)."""
    if _exactly(word, name):
        return True
    most = name.typos
    return most > 0 and any(_distance(stem, name.folded, most) <= most for stem in _stems(word.folded))


def _distance(one: str, other: str, most: int) -> int:
    """Return how many typos apart two folded names are; "ij" is two letters for who types it."""
    folded = osa(one, other, most=most)
    if folded <= most or "y" not in one + other:
        return folded
    return osa(one.replace("y", "ij"), other.replace("y", "ij"), most=most)


def _typo_stands(word: Word, name: Name) -> bool:
    """Return whether a name with a typo, alone, is still one: a heading is not."""
    sure = len(name.folded) >= _SURE
    if word.capital:
        heading = word.raw.isupper() and len(word.raw) > 1
        return not heading and (not word.starts_sentence or (sure and not name.is_word))
    near = any(osa(stem, name.folded, most=1) == 1 for stem in _stems(word.folded))
    return near and sure and not name.is_word
