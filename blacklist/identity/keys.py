"""Blocking keys: whoever is the same person has at least one in common, hardly anybody else has.

About forty a person, each a 32-bit number, so that they fit in one `int[]` under an inverted index.
Two kinds of damage at once (a typo in the name and another postcode) still leave some whole.
"""

from collections.abc import Iterator
from itertools import combinations
from zlib import crc32

from blacklist.identity.birth_dates import is_date, swapped
from blacklist.identity.contacts import is_dutch
from blacklist.identity.nicknames import groups_of
from blacklist.identity.normalising import Person
from blacklist.identity.sounds import sound_of

WORDS = 3
"""Words of a name that make keys."""
DELETED = 8
"""Letters of a name of which one is left out."""
_P4 = 4
_SHORTEST = 3


def keys_of(person: Person) -> frozenset[int]:
    """Return the keys under which a person is kept."""
    return frozenset(_number(key) for key in (*_contacts(person), *_dates(person.born), *_named(person)))


def keys_to_ask(person: Person) -> frozenset[int]:
    """Return the keys by which a person is looked for: also with day and month changed places."""
    keys = keys_of(person)
    if is_date(person.born) and person.born[6:] <= "12":
        turned = swapped(person.born)
        keys |= {_number(key) for key in _dates(turned)}
        keys |= {_number(key) for key in _name_and_date(person, turned)}
    return keys


def terms_of(person: Person) -> frozenset[int]:
    """Return the numbers under which is counted how common a person's names and postcode are."""
    values = {*name_terms(person.first), *name_terms(person.last), person.postcode} - {""}
    return frozenset(term_number(value) for value in values)


def name_terms(name: str) -> set[str]:
    """Return a name as a whole and its words."""
    return {name, *name.split()}


def term_number(value: str) -> int:
    """Return the number of a name or a postcode."""
    return _number(f"term:{value}")


def _number(key: str) -> int:
    number = crc32(key.encode())
    return number - (1 << 32) if number >= 1 << 31 else number


EVERYBODY = term_number("")
"""The term that everybody of a list has."""


def _contacts(person: Person) -> Iterator[str]:
    for one in person.emails.split():
        yield f"e:{one}"
        yield f"m:{one.rpartition('@')[0]}"
    for one in person.phones.split():
        yield f"p:{one[-9:]}"
    for one in person.accounts.split():
        yield f"a:{one}"


def _dates(born: str) -> Iterator[str]:
    if born:
        yield f"b:{born}"


def _codes(name: str) -> list[str]:
    return [code for word in name.split()[:WORDS] if len(code := sound_of(word)) > 1 or len(word) > 1]


def _named(person: Person) -> Iterator[str]:
    firsts, lasts = _codes(person.first), _codes(person.last)
    codes = dict.fromkeys(firsts[:2] + lasts)
    for code in codes:
        yield f"n:{code}"
    for first in firsts[:1]:
        for last in lasts:
            yield "f:" + ":".join(sorted((first, last)))
    for group in groups_of(person.first.partition(" ")[0]):
        for last in lasts:
            yield f"g:{group}:{last}"
    if person.first:
        for last in lasts:
            yield f"i:{person.first[0]}:{last}"
    yield from _name_and_date(person, person.born)
    yield from _name_and_postcode(person, list(codes))


def _name_and_date(person: Person, born: str) -> Iterator[str]:
    if not is_date(born):
        return
    year, month, day = born[:4], born[4:6], born[6:]
    pairs = (f"{year}{month}--", f"{year}--{day}", f"----{month}{day}")
    codes = dict.fromkeys(_codes(person.first)[:2] + _codes(person.last))
    for pair in pairs:
        for code in codes:
            yield f"d:{pair}:{code}"
        if person.postcode:
            yield f"q:{pair}:{person.postcode[:_P4]}"
    for initial in {person.first[:1], person.last[:1]} - {""}:
        for without in _each_left_out(born):
            yield f"w:{without}:{initial}"
    for name in {person.first.partition(" ")[0], person.last.partition(" ")[0]}:
        if len(name) >= _SHORTEST:
            for without in _each_left_out(name[:DELETED]):
                yield f"y:{without}:{year}"


def _name_and_postcode(person: Person, codes: list[str]) -> Iterator[str]:
    postcode = person.postcode
    if not postcode:
        return
    yield f"c:{postcode}"
    for code in codes:
        yield f"r:{postcode[:_P4]}:{code}"
    if not is_dutch(postcode):
        for without in _each_left_out(postcode[:DELETED]):
            for code in codes:
                yield f"z:{without}:{code}"


def _each_left_out(text: str) -> set[str]:
    """Return the text without its first letter, without its second, and so on."""
    return {"".join(rest) for rest in combinations(text, len(text) - 1)} | {text}
