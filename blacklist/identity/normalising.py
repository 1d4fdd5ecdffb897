"""From what somebody wrote down to the form in which persons are compared."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from blacklist.identity.birth_dates import birth_date_of
from blacklist.identity.contacts import account_of, email_of, phone_of, postcode_of
from blacklist.identity.folding import letters_of
from blacklist.identity.identity import Identity
from blacklist.identity.particles import names_of

MOST = 10
"""Addresses, numbers and accounts of one person that count."""
_HASH = 64


class Person(NamedTuple):
    """An identity in its one form. Unknown is empty; what can be several stands apart by spaces.

    `born` is `YYYYMMDD`, or the text of a date that could not be read.
    """

    first: str = ""
    infix: str = ""
    last: str = ""
    born: str = ""
    postcode: str = ""
    street: str = ""
    place: str = ""
    emails: str = ""
    phones: str = ""
    accounts: str = ""
    photo: str = ""
    salutation: str = ""


def normalise(identity: Identity) -> Person:
    """Return the form in which an identity is compared. Never fails; normalising twice is once."""
    names = names_of(identity.first_name, identity.infix, identity.last_name)
    return Person(
        first=names.first,
        infix=names.infix,
        last=names.last,
        born=birth_date_of(identity.birth_date),
        postcode=postcode_of(identity.postcode),
        street=letters_of(identity.street),
        place=letters_of(identity.place),
        emails=_each(email_of, identity.emails),
        phones=_each(phone_of, identity.phones),
        accounts=_each(account_of, identity.accounts),
        photo=letters_of(identity.photo_hash).replace(" ", "")[:_HASH],
        salutation=_salutation(identity.salutation),
    )


def identity_of(person: Person) -> Identity:
    """Return a normal form as an identity again."""
    return Identity(
        salutation=person.salutation,
        first_name=person.first,
        infix=person.infix,
        last_name=person.last,
        birth_date=person.born,
        postcode=person.postcode,
        street=person.street,
        place=person.place,
        emails=tuple(person.emails.split()),
        phones=tuple(person.phones.split()),
        accounts=tuple(person.accounts.split()),
        photo_hash=person.photo,
    )


def _each(form: Callable[[str], str], texts: Iterable[str]) -> str:
    found = (form(text) for text, _ in zip((text for text in texts if text), range(MOST), strict=False))
    return " ".join(sorted({one for one in found if one}))


def _salutation(text: str | None) -> str:
    """m, f, or nothing when it does not say."""
    words = set(letters_of(text).split())
    if words & {"m", "dhr", "heer", "meneer", "mr", "man", "de heer", "mijnheer"}:
        return "m"
    return "f" if words & {"f", "v", "mevr", "mevrouw", "mw", "mej", "mrs", "ms", "vrouw"} else ""
