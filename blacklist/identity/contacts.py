"""How to reach a person: e-mail addresses, telephone numbers, accounts, postcodes. Each in one form."""

import re
from functools import lru_cache

import phonenumbers

from blacklist.identity.folding import letters_of

COUNTRY = "NL"
LONGEST_ADDRESS = 254
LONGEST_NUMBER = 40
LONGEST_ACCOUNT = 160

_GOOGLE = {"gmail.com", "googlemail.com"}
_DUTCH_POSTCODE = re.compile(r"(?:nl ?)?([1-9]\d{3}) ?([a-z]{2})")


def email_of(text: str) -> str:
    """Return the mailbox an address leads to: small letters, no +tag, and no dots where Google ignores them.

    What is no address is kept as text, without its spaces, so that the same mistake is found again.
    """
    address = "".join(text[:LONGEST_ADDRESS].lower().split())[:LONGEST_ADDRESS]
    local, at, domain = address.rpartition("@")
    if not at:
        return address
    local = local.partition("+")[0] or local
    domain = domain.rstrip(".")
    if domain in _GOOGLE:
        local, domain = local.replace(".", "") or local, "gmail.com"
    return f"{local}@{domain}"


@lru_cache(maxsize=4096)
def phone_of(text: str) -> str:
    """Return a number in E.164, read as a Dutch one unless it says otherwise; else its digits; else "".

    06-12345678, +31 6 12345678, 0031612345678 and +31 (0)6 12345678 are one number.
    """
    written = text[:LONGEST_NUMBER].replace("(0)", "")
    digits = "".join(letter for letter in written if letter.isascii() and letter.isdigit())
    try:
        number = phonenumbers.parse(written, COUNTRY)
    except phonenumbers.NumberParseException:
        return digits
    if not phonenumbers.is_possible_number(number):
        return digits
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def account_of(text: str) -> str:
    """Return `platform:id` in small letters without spaces; of an id that is an address, its end."""
    platform, colon, number = "".join(text[:LONGEST_ACCOUNT].lower().split()).partition(":")
    if not colon:
        return platform
    return f"{platform}:{number.rstrip('/').rpartition('/')[2].rpartition('id=')[2]}" if number else ""


def postcode_of(text: str | None) -> str:
    """Return a postcode without space, in small letters; a foreign one as it is, otherwise folded."""
    folded = letters_of(text)
    dutch = _DUTCH_POSTCODE.fullmatch(folded)
    return dutch[1] + dutch[2] if dutch else folded.replace(" ", "")


def is_dutch(postcode: str) -> bool:
    """Return whether a postcode in its one form is a Dutch one."""
    return _DUTCH_POSTCODE.fullmatch(postcode) is not None
