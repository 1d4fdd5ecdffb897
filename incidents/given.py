"""What somebody tells us to write down: known, or unknown with its reason; and who people are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import phonenumbers

_DUTCH = ("van", "de", "den", "der", "ter", "ten", "te", "in", "'t", "het", "op", "aan", "bij")
_INFIXES = frozenset((*_DUTCH, "la", "le", "el", "al", "von", "da", "di", "du", "dos"))
_ADDRESS = re.compile(r"[^\s,;<>()]+@[^\s,;<>()]+\.[^\s,;<>().]+")
_NUMBER = re.compile(r"\+?[\d][\d\s().-]{7,17}\d")
REGION = "NL"


@dataclass(frozen=True)
class Unknown:
    """Something nobody told us, and why not: never blank (R42)."""

    because: str


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who somebody is, as far as we were told. Normalised: see `normal_email`, `normal_phone`."""

    salutation: str = ""
    first_name: str = field(default="", repr=False)
    infix: str = ""
    last_name: str = field(default="", repr=False)
    birth_date: date | None = field(default=None, repr=False)
    postcode: str = field(default="", repr=False)
    place: str = ""
    emails: Sequence[str] = field(default=(), repr=False)
    phones: Sequence[str] = field(default=(), repr=False)
    member_id: str = ""

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.first_name, self.infix, self.last_name) if part)

    @classmethod
    def told(cls, name: str, contact: str = "", *, member_id: str = "") -> "Person":
        """Return somebody of whom a name and a line with addresses and numbers are known.

        The name is parted at its infixes: "Jan van der Berg" is Jan, van der, Berg.
        """
        words = name.split()
        first, rest = (words[0], words[1:]) if len(words) > 1 else ("", words)
        infix = []
        while len(rest) > 1 and rest[0].lower() in _INFIXES:
            infix.append(rest.pop(0))
        emails, phones = contacts_in(contact)
        return cls(
            first_name=first,
            infix=" ".join(infix),
            last_name=" ".join(rest),
            emails=emails,
            phones=phones,
            member_id=member_id,
        )


def contacts_in(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the e-mail addresses and the phone numbers that stand in a line, normalised, each once."""
    emails = tuple(dict.fromkeys(normal_email(found) for found in _ADDRESS.findall(text)))
    without = _ADDRESS.sub(" ", text)
    phones = (normal_phone(found) for found in _NUMBER.findall(without))
    return emails, tuple(dict.fromkeys(phone for phone in phones if phone))


def normal_email(email: str) -> str:
    """Return an address as it is compared: in small letters, without spaces around it."""
    return email.strip().lower()


def normal_phone(phone: str) -> str:
    """Return a number as `+31612345678`; Dutch unless it says otherwise. Empty when it cannot be one."""
    try:
        number = phonenumbers.parse(phone, REGION)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
