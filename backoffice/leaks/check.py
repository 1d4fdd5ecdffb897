"""The check itself."""

import re
from collections.abc import Sequence

from backoffice.leaks.contact import find_contact
from backoffice.leaks.names import find_names
from backoffice.leaks.people import Leak, LeakKind, Person
from backoffice.leaks.phrases import find_phrases
from backoffice.leaks.words import Text, plain_words, vocabulary

_NOBODY = Person()
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»\n]{1,300})[\"”»]")


def leaks(
    letter: str,
    *,
    reporter: Person,
    report: str = "",
    addressee: Person = _NOBODY,
    own_texts: Sequence[str] = (),
    our_texts: Sequence[str] = (),
) -> list[Leak]:
    """Return every place where `letter` gives `reporter` away, from left to right; the widest of each.

    `own_texts` are the member's own words, `our_texts` those that stand in every letter (standard
    texts, house rules): what comes from them is not from the report. A quotation of the
    member's own words is not looked at.
    """
    text = Text(_without_own_quotes(letter, own_texts))
    known = [*own_texts, *our_texts]
    words = vocabulary(known)
    found = [
        *(
            (start, end, LeakKind.NAME)
            for start, end in find_names(text, person=reporter, own=addressee, words=words)
        ),
        *find_contact(text, person=reporter, words=words),
        *((start, end, LeakKind.PHRASE) for start, end in find_phrases(text, report=report, known=known)),
    ]
    return _widest([_leak(letter, text, *one) for one in found])


def _without_own_quotes(letter: str, own_texts: Sequence[str]) -> str:
    """Blank out quotations of the member's own words; the length stays the same."""
    own = [" ".join(plain_words(text)) for text in own_texts]

    def blank(quote: re.Match[str]) -> str:
        inside = " ".join(plain_words(quote[1]))
        theirs = bool(inside) and any(f" {inside} " in f" {text} " for text in own)
        return f"{quote[0][0]}{'.' * len(quote[1])}{quote[0][-1]}" if theirs else quote[0]

    return _QUOTED.sub(blank, letter)


def _leak(letter: str, text: Text, start: int, end: int, kind: LeakKind) -> Leak:
    first, last = text.span(start, end)
    return Leak(first, last, kind, letter[first:last])


def _widest(found: list[Leak]) -> list[Leak]:
    """Drop what lies inside another leak of the same kind."""
    kept: list[Leak] = []
    for leak in sorted(set(found), key=lambda one: (one.start, -one.end)):
        if not any(leak.kind == one.kind and leak.end <= one.end and leak.start >= one.start for one in kept):
            kept.append(leak)
    return kept
