"""Invented Dutch persons, and what becomes of their data when they come back."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any
from zlib import crc32

from faker.providers.person.nl_NL import Provider

from blacklist.identity import Identity

BORN_FROM = date(1930, 1, 1)
_DAYS = 28_000
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ALIKE = (
    ("k", "c"),
    ("z", "s"),
    ("v", "f"),
    ("ij", "y"),
    ("dt", "d"),
    ("ss", "s"),
    ("ph", "f"),
    ("ou", "au"),
)
_NICKNAMES = (
    ("Johannes", "Jan"), ("Cornelis", "Kees"), ("Elisabeth", "Bep"), ("Wilhelmina", "Mien"),
    ("Hendrik", "Henk"), ("Petrus", "Piet"), ("Gerardus", "Gerrit"), ("Catharina", "Trijntje"),
    ("Maria", "Ria"), ("Antonius", "Toon"),
)  # fmt: skip
_PARTICLES = ("", "", "", "van", "de", "van der", "van den", "ten")
_JOINED, _TWINS, _TURNED = 0.25, 0.1, 0.4
"""Surnames made of two, twins among relatives, day and month turned among wrong dates."""
_STREETS = ("Dorpsstraat", "Kerkweg", "Molenlaan", "Stationsstraat", "Wilgenhof", "Lindelaan", "Esdoornplein")


class People:
    """A population out of which persons are drawn. The same seed gives the same people.

    Names are as common as in life: a few of many, most of a few.
    """

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self._firsts = [*_NICKNAMES_ONLY, *_names(Provider.first_names_male, Provider.first_names_female)]
        self._lasts = _names(Provider.last_names)
        self._first_weights = list(accumulate(1 / (n + 8) ** 0.8 for n in range(len(self._firsts))))
        self._last_weights = list(accumulate(1 / (n + 12) ** 0.75 for n in range(len(self._lasts))))

    def person(self) -> Identity:
        """Return somebody new."""
        chance = self.chance
        first = self._one(self._firsts, self._first_weights)
        last = self._one(self._lasts, self._last_weights)
        if chance.random() < _JOINED:
            last += self._one(self._lasts, self._last_weights).lower()  # as rare as most names are
        area = int(1000 + 8999 * chance.random() ** 1.3)
        return Identity(
            first_name=first,
            infix=chance.choice(_PARTICLES),
            last_name=last,
            birth_date=BORN_FROM + timedelta(days=chance.randrange(_DAYS)),
            postcode=f"{area} {chance.choice('ABCDEGHJ')}{chance.choice('ABCDEGHJKLMNPRSTVWXZ')}".upper(),
            street=f"{chance.choice(_STREETS)} {chance.randrange(1, 200)}",
            emails=(f"{first}.{last}{chance.randrange(1000)}@voorbeeld{chance.randrange(20)}.nl".lower(),),
            phones=(f"06{chance.randrange(10**7, 10**8):08}",),
        )

    def relative(self, person: Identity) -> Identity:
        """Return somebody else of the same household: a child, a brother, a twin now and then."""
        twin = self.chance.random() < _TWINS
        other = self.person()
        return replace(
            other,
            infix=person.infix,
            last_name=person.last_name,
            postcode=person.postcode,
            street=person.street,
            birth_date=person.birth_date if twin else other.birth_date,
        )

    def returning(self, person: Identity, *, reachable: bool) -> Identity:
        """Return how a person signs up again: with one or two things otherwise, by mistake or not.

        `reachable` keeps the mail address or the number; else both are new.
        """
        other = self.person()
        keep = self.chance.choice(("mail", "phone")) if reachable else ""
        person = replace(
            person,
            emails=person.emails if keep == "mail" else other.emails,
            phones=person.phones if keep == "phone" else other.phones,
        )
        for damage in self.chance.sample(_DAMAGES, self.chance.choice((0, 1, 1, 1, 2, 2, 3))):
            person = getattr(self, damage)(person, other)
        return person

    def _typo_first(self, person: Identity, _other: Identity) -> Identity:
        return replace(person, first_name=self._typo(person.first_name or ""))

    def _typo_last(self, person: Identity, _other: Identity) -> Identity:
        return replace(person, last_name=self._typo(person.last_name or ""))

    def _otherwise_spelt(self, person: Identity, _who: Identity) -> Identity:
        last = (person.last_name or "").lower()
        for pair in _ALIKE:
            one, other = pair if pair[0] in last else pair[::-1]
            last = last.replace(one, other)
        return replace(person, last_name=last)

    def _called(self, person: Identity, _other: Identity) -> Identity:
        names = {**dict(_NICKNAMES), **{short: long for long, short in _NICKNAMES}}
        first = person.first_name or ""
        return replace(person, first_name=names.get(first, f"{first[:1]}."))

    def _married(self, person: Identity, other: Identity) -> Identity:
        return replace(person, last_name=f"{other.last_name}-{person.last_name}", infix="")

    def _moved(self, person: Identity, other: Identity) -> Identity:
        return replace(person, postcode=other.postcode, street=other.street)

    def _moved_nearby(self, person: Identity, other: Identity) -> Identity:
        return replace(person, postcode=(person.postcode or "")[:4] + (other.postcode or "")[4:], street=None)

    def _names_turned(self, person: Identity, _other: Identity) -> Identity:
        return replace(person, first_name=person.last_name, last_name=person.first_name, infix="")

    def _date_mistaken(self, person: Identity, _other: Identity) -> Identity:
        born = str(person.birth_date or "")
        if self.chance.random() < _TURNED and isinstance(person.birth_date, date):
            return replace(person, birth_date=f"{born[:5]}{born[8:]}-{born[5:7]}")
        place = self.chance.choice((2, 3, 6, 9))
        return replace(person, birth_date=f"{born[:place]}{self.chance.randrange(10)}{born[place + 1 :]}")

    def _no_date(self, person: Identity, _other: Identity) -> Identity:
        return replace(person, birth_date=None)

    def _no_postcode(self, person: Identity, _other: Identity) -> Identity:
        return replace(person, postcode=None, street=None)

    def _typo(self, word: str) -> str:
        chance = self.chance
        place = chance.randrange(max(len(word) - 1, 1))
        kind = chance.randrange(4)
        before, here, after = word[:place], word[place : place + 1], word[place + 1 :]
        if kind == 0:
            return before + after
        if kind == 1:
            return before + here + chance.choice(_LETTERS) + after
        if kind == 2:  # noqa: PLR2004 - of four kinds
            return before + chance.choice(_LETTERS) + after
        return before + after[:1] + here + after[1:]

    def _one(self, values: list[str], weights: list[float]) -> str:
        return self.chance.choices(values, cum_weights=weights)[0]


_DAMAGES = (
    "_typo_first", "_typo_last", "_otherwise_spelt", "_called", "_married", "_moved", "_moved_nearby",
    "_names_turned", "_date_mistaken", "_no_date", "_no_postcode",
)  # fmt: skip
_NICKNAMES_ONLY = [name for pair in _NICKNAMES for name in pair]


def _names(*lists: Any) -> list[str]:
    return sorted({name for names in lists for name in names}, key=lambda name: (hash_of(name), name))


def hash_of(name: str) -> int:
    """Return an order that has nothing to do with the alphabet, the same on every machine."""
    return crc32(name.encode())
