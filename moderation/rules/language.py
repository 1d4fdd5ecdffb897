"""The language in which rules say what they look for, and how it becomes an expression.

A pattern is words in a row, as a person would write them:

    geld nodig              these words, whatever their capitals, accents or spelling tricks
    betal*  *verslaving     a word that begins or ends so (`*werk*`: has it inside)
    bel|app|mail            one of these words
    (ik ben|wij zijn)       one of these phrases; `(echt)?` may be absent
    ..  ..5                 up to three (five) other words of the same sentence; `...5` of any sentence
    #                       a number
    Naam                    a word that begins with a capital: `{Naam}`
    <  >                    the beginning and the end of a sentence
    {geld}                  one of the words of a list that has a name

Everything becomes an RE2 expression over `Reading.line`: the time it takes grows with the text
alone, whatever the pattern.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import re2
from django.utils.translation import gettext as _

from moderation.rules.reading import plain_word

LONGEST_GAP = 25
MOST_WORDS = 40
MOST_NESTING = 6

_NUMBER = r" [0-9]+(?:[.,][0-9]+)*\b"
_WORD_OF_ANY_KIND = r" [^ |]+"
_PIECE = re.compile(r"\s+|\(|\)\??|\||\{[\w-]+\}\??|\.{2,3}\d*|[<>#]|[^\s()|{}<>#]+")
_LETTERS = re.compile(r"\*?[a-z0-9]+\*?")

Lists = Mapping[str, Sequence[str]]


class BadPattern(ValueError):
    """A pattern that cannot be read. The message says what is wrong with it."""


def expression(pattern: str, *, lists: Lists, far: bool = False) -> str:
    """Return the RE2 source of one pattern. Raises BadPattern.

    `far`: a gap at its end reaches as far as it may, not as short.
    """
    source = _Reader(pattern, lists, depth=0).source()
    return source.removesuffix("?") if far and source.endswith("}?") else source


def compile_any(patterns: Sequence[str], *, lists: Lists, far: bool = False) -> Any:
    """Return one compiled expression that finds any of the patterns. Raises BadPattern."""
    return _compiled("|".join(expression(pattern, lists=lists, far=far) for pattern in patterns).encode())


def compile_expression(source: str) -> Any:
    """Return an expression over a text as it was typed; capitals do not matter. Raises BadPattern."""
    return _compiled(f"(?i:{source})")


def options() -> Any:
    """Return how expressions are made: where something stands is asked, not what is in its brackets."""
    chosen = re2.Options()
    chosen.log_errors = False
    chosen.never_capture = True
    chosen.max_mem = 64 << 20
    return chosen


@lru_cache(maxsize=4096)
def _compiled(source: Any) -> Any:
    try:
        return re2.compile(source, options())
    except re2.error as error:
        raise BadPattern(_("The expression is not understood: %(error)s.") % {"error": error}) from None


class _Reader:
    """Reads one pattern from left to right."""

    def __init__(self, pattern: str, lists: Lists, *, depth: int) -> None:
        if depth > MOST_NESTING:
            raise BadPattern(_("Lists that name each other go too deep."))
        self.pieces = _PIECE.findall(pattern)
        if "".join(self.pieces) != pattern:
            raise BadPattern(_('"%(words)s" has a sign that means nothing here.') % {"words": pattern})
        self.pattern = pattern
        self.lists = lists
        self.depth = depth
        self.at = 0

    def source(self) -> str:
        source, says_something = self._choices(inside=False)
        if self.at < len(self.pieces):
            raise BadPattern(_('"%(words)s" closes a bracket that was not opened.') % {"words": self.pattern})
        if not says_something:
            raise BadPattern(_('"%(words)s" has no word that must be there.') % {"words": self.pattern})
        return source

    def _choices(self, *, inside: bool) -> tuple[str, bool]:
        """Read phrases between bars. Outside brackets a bar only joins the words beside it."""
        phrases: list[str] = []
        always = True
        while True:
            phrase, says_something = self._phrase(bars_end=inside)
            phrases.append(phrase)
            always = always and says_something
            if self._peek() != "|":
                return (phrases[0] if len(phrases) == 1 else f"(?:{'|'.join(phrases)})"), always
            self.at += 1

    def _phrase(self, *, bars_end: bool) -> tuple[str, bool]:
        parts: list[str] = []
        says_something = False
        while (piece := self._peek()) is not None and not piece.startswith(")"):
            if piece.isspace():
                self.at += 1
                continue
            if piece == "|" and bars_end:
                break
            part, counts = self._one()
            while not bars_end and self._peek() == "|":
                self.at += 1
                other, also = self._one()
                part, counts = f"(?:{part}|{other})", counts and also
            parts.append(part)
            says_something = says_something or counts
        return "".join(parts), says_something

    def _one(self) -> tuple[str, bool]:
        piece = self._peek()
        if piece is None or piece.isspace() or piece == "|" or piece.startswith(")"):
            raise BadPattern(_('"%(words)s" has a bar with nothing beside it.') % {"words": self.pattern})
        self.at += 1
        if piece == "(":
            inner, says_something = self._choices(inside=True)
            closing = self._peek()
            if closing is None or not closing.startswith(")"):
                raise BadPattern(_('"%(words)s" does not close a bracket.') % {"words": self.pattern})
            self.at += 1
            return self._maybe(inner, closing, says_something=says_something)
        if piece.startswith("{"):
            return self._maybe(self._list(piece.strip("{}?")), piece, says_something=True)
        if piece.startswith(".."):
            return _gap(piece), False
        if piece in "<>":
            return r" \|", False
        if piece == "#":
            return _NUMBER, True
        return _word(piece), True

    def _maybe(self, source: str, piece: str, *, says_something: bool) -> tuple[str, bool]:
        return (f"(?:{source})?", False) if piece.endswith("?") else (f"(?:{source})", says_something)

    def _list(self, name: str) -> str:
        if name == "Naam":
            return r" \^[a-z0-9~]+\b"
        if name not in self.lists:
            raise BadPattern(_('There is no list "%(name)s".') % {"name": name})
        choices = [_Reader(item, self.lists, depth=self.depth + 1).source() for item in self.lists[name]]
        return "|".join(choices)

    def _peek(self) -> str | None:
        return self.pieces[self.at] if self.at < len(self.pieces) else None


def _gap(piece: str) -> str:
    digits = piece.lstrip(".")
    longest = int(digits) if digits else 3
    if not 0 < longest <= LONGEST_GAP:
        raise BadPattern(_("A gap is 1 to %(longest)d words.") % {"longest": LONGEST_GAP})
    any_word = r" [^ ]+" if piece.startswith("...") else _WORD_OF_ANY_KIND
    return f"(?:{any_word}){{0,{longest}}}?"


def _word(piece: str) -> str:
    begins, ends = piece.startswith("*"), piece.endswith("*")
    plain = plain_word(piece.strip("*"))
    if "*" in piece.strip("*") or not _LETTERS.fullmatch(plain):
        raise BadPattern(_('"%(words)s" is no word.') % {"words": piece})
    before = "[a-z0-9]*" if begins else ""
    after = "[a-z0-9]*" if ends else ""
    return rf" \^?{before}{plain}{after}\b"
