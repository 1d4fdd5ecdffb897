"""What is known of a person when they are compared with others."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Identity:
    """A person as somebody wrote them down. Everything may be missing; nothing needs to be well-formed.

    `accounts` are ids on a platform, with the platform before them: `facebook:10023`,
    `wehelpen.nl:4711`. `photo_hash` is a perceptual hash in hex, compared by Hamming distance.
    """

    salutation: str | None = None
    first_name: str | None = None
    infix: str | None = None
    last_name: str | None = None
    birth_date: date | str | None = None
    postcode: str | None = None
    street: str | None = None
    place: str | None = None
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    photo_hash: str | None = None
