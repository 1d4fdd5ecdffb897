"""A person's name in a text: declined, with typos, in part, with initials.

A name that is also a word (Bakker, Roos) gives nobody away on its own, unless it is used as a name:
after a title or initial, with a capital inside a sentence, as what somebody says or does, or beside
the rest of the name. The addressee's own names are theirs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from moderation.leaks.common_words import INFIXES, LITTLE_WORDS, NOUNS, OF_PEOPLE, TITLES
from moderation.leaks.people import Person
from moderation.leaks.words import Text, Word, fold, osa

_SUFFIXES = ("'s", "'tje", "tjes", "tje", "pje", "jes", "je", "se", "'", "s")
_SHORT = 3
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
    """Yield where `person` is named, as places in `text.clean`. `own` is the addressee."""
    names = names_of(person, words=words)
    theirs = {name.folded for name in names_of(own)}
    initial = fold(person.first_name)[:1]
    for position, word in enumerate(text.words):
        before = text.words[position - 1] if position else None
        after = text.words[position + 1] if position + 1 < len(text.words) else None
        for name in names:
            if not _alike(word, name):
                continue
            full = _beside(text, position, name, names, theirs)
            if full:
                yield full
            elif _own(word, theirs) and not _by_initial(text, position, initial, own, name):
                continue
            elif _gives_away(text, word, name, before, after, initial=initial):
                yield word.start, word.end
    for word in text.spelled:
        if any(word.folded == name.folded for name in names) and word.folded not in theirs:
            yield word.start, word.end


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
    return most > 0 and any(osa(stem, name.folded, most=most) <= most for stem in _stems(word.folded))


def _own(word: Word, theirs: set[str]) -> bool:
    return any(stem in theirs for stem in _stems(word.folded))


def _beside(
    text: Text, position: int, name: Name, names: list[Name], theirs: set[str]
) -> tuple[int, int] | None:
    """Return the place of a full name that begins here: first and last name, in either order."""
    word = text.words[position]
    following = position + 1
    while following < len(text.words) and text.words[following].folded in INFIXES:
        following += 1
    if following >= len(text.words) or following - position > 4:  # noqa: PLR2004
        return None
    other = text.words[following]
    if re.search(r"[.!?\n]", text.clean[word.end : other.start]) and len(word.raw) > 1:
        return None
    for second in names:
        if second.is_last == name.is_last or not _alike(other, second):
            continue
        if _own(word, theirs) and _own(other, theirs):
            continue
        capitals = word.capital and other.capital
        certain = not (name.is_word and second.is_word) and _exactly(word, name) and _exactly(other, second)
        if capitals or certain:
            return word.start, other.end
    return None


def _by_initial(text: Text, position: int, initial: str, own: Person, name: Name) -> bool:
    """Return whether a last name that the addressee shares has somebody else's initial before it."""
    if not name.is_last or fold(own.first_name)[:1] == initial:
        return False
    return _initial_before(text, text.words[position], initial)


def _initial_before(text: Text, word: Word, initial: str) -> bool:
    before = text.clean[max(0, word.start - 24) : word.start]
    found = re.search(r"(?<!\w)([^\W\d_])\.?(?: ?[^\W\d_]\.)* *(?:(?:van|de|der|den|'t|ten|ter) )*\Z", before)
    return bool(initial and found and found[1].isupper() and fold(found[1]) == initial)


def _gives_away(
    text: Text, word: Word, name: Name, before: Word | None, after: Word | None, *, initial: str
) -> bool:
    """Return whether a part of a name alone gives somebody away where it stands."""
    titled = before is not None and _titled(text, word)
    if titled or (name.is_last and _initial_before(text, word, initial)):
        return True
    if not _exactly(word, name):
        return _typo_gives_away(word, name)
    inside = word.capital and not word.starts_sentence
    if not name.is_word:
        return word.capital or len(name.folded) > _SHORT
    as_subject = word.starts_sentence and word.capital and after is not None and after.folded in OF_PEOPLE
    return inside or (as_subject and name.folded not in LITTLE_WORDS)


def _typo_gives_away(word: Word, name: Name) -> bool:
    known = any(stem in NOUNS or stem in LITTLE_WORDS for stem in _stems(word.folded))
    if known or (name.is_word and not word.capital):
        return False
    if word.capital and not word.starts_sentence:
        return True
    return len(name.folded) >= _SURE and word.folded[:1] == name.folded[:1] and not name.is_word


def _titled(text: Text, word: Word) -> bool:
    """Return whether a title stands before it, infixes between."""
    words = text.words
    place = words.index(word) - 1
    while place >= 0 and words[place].folded in INFIXES:
        place -= 1
    return place >= 0 and words[place].folded in TITLES and word.start - words[place].end < 24  # noqa: PLR2004
