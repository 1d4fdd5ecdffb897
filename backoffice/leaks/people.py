"""Whom a letter may not give away, and where it did."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Person:
    """What is known of somebody; whatever is not known is empty. `address` is street and number."""

    first_name: str = ""
    infix: str = ""
    last_name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    postcode: str = ""
    member_id: str = ""


class LeakKind(StrEnum):
    """What of somebody a letter gives away."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    MEMBER_ID = "member_id"
    PHRASE = "phrase"

    @property
    def label(self) -> Promise:
        """What it is, as it stands in a sentence."""
        return _LABELS[self]


_LABELS: dict[LeakKind, Promise] = {
    LeakKind.NAME: _("the name"),
    LeakKind.EMAIL: _("the e-mail address"),
    LeakKind.PHONE: _("the telephone number"),
    LeakKind.ADDRESS: _("the address"),
    LeakKind.MEMBER_ID: _("the member number"),
    LeakKind.PHRASE: _("words from the report"),
}


@dataclass(frozen=True, order=True)
class Leak:
    """Where a letter gives something away: characters of the letter, half-open, and those words.

    Shown to the moderator at the desk; never put in a log, an event or an exception.
    """

    start: int
    end: int
    kind: LeakKind
    found: str
