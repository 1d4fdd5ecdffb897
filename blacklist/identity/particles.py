"""Names in parts: first names, tussenvoegsels, surnames; however they were filled in."""

from typing import NamedTuple

from blacklist.identity.folding import name_letters

PARTICLES = frozenset(
    "aan af al bij d da de del della den der des di do dos du el en het in la le les l onder op over s t te"
    " ten ter tot uit uyt v van vande vanden vander vd vdr ver vom von voor zu zum zur auf bey by".split()
)
TITLES = frozenset(
    "baron bc dhr dr drs fam familie heer ing ir jhr jkvr mej mevr mevrouw mr mrs ms msc mw prof".split()
)
LONGEST = 6
"""Words of a name that count."""


class Names(NamedTuple):
    """Folded; the words of each apart by a space."""

    first: str
    infix: str
    last: str


def names_of(first: str | None, infix: str | None, last: str | None) -> Names:
    """Part a name. "J. v.d. Berg", "Berg, van den", "in 't Veld" and "Jansen-de Vries" come apart rightly.

    A name of particles alone stays a name. Initials before a surname, and what stands after a comma,
    are a first name when none was given.
    """
    before, _comma, after = (last or "").partition(",")
    surname = name_letters(before).split()
    behind = name_letters(after).split()
    given = name_letters(first).split()
    given = [word for word in given if word not in TITLES] or given
    between = name_letters(infix).split()
    if not surname:
        surname, behind = behind, []
    elif all(word in PARTICLES for word in behind):
        between += behind
    elif not given:
        given = [word for word in behind if word not in PARTICLES]
        between += [word for word in behind if word in PARTICLES]
    else:
        surname += behind
    given, tail = _infix_apart(given[:LONGEST])
    own = [word for word in surname if word not in PARTICLES]
    between += [*tail, *(word for word in surname if own and word in PARTICLES)]
    own = own or surname
    if not given and own:
        given, own = _initials_apart(own[:LONGEST])
    return Names(_joined(given), _infix(between), _joined(own))


def _initials_apart(words: list[str]) -> tuple[list[str], list[str]]:
    """Part "j p berg"; leave "berg" and "jansen vries" whole."""
    count = next((place for place, word in enumerate(words[:-1]) if len(word) > 1), len(words) - 1)
    return words[:count], words[count:]


def _infix_apart(given: list[str]) -> tuple[list[str], list[str]]:
    """Take particles that were filled in behind a first name off it: "jan van der"."""
    end = len(given)
    while end > 1 and given[end - 1] in PARTICLES and len(given[end - 1]) > 1:
        end -= 1
    return given[:end], given[end:]


def _infix(words: list[str]) -> str:
    """One form of a tussenvoegsel: each word once, short ones written out."""
    long = {"v": ["van"], "vd": ["van", "de"], "vdr": ["van", "der"], "vande": ["van", "de"], "d": ["de"]}
    long |= {"vanden": ["van", "den"], "vander": ["van", "der"], "t": ["het"]}
    return _joined(list(dict.fromkeys(part for word in words for part in long.get(word, [word]))))


def _joined(words: list[str]) -> str:
    return " ".join(words[:LONGEST])
