"""Bank account numbers. One whose check digits are right is certain; a wrong one was mistyped or invented."""

import re
from collections.abc import Iterator

from moderation.choices import Flag
from moderation.detectors.registry import Span

_IBAN = re.compile(r"(?<!\w)[A-Za-z]{2} ?\d{2}(?:[ .-]?[A-Za-z0-9]{1,4}){3,8}(?!\w)")
_LENGTHS = {
    "NL": 18,
    "BE": 16,
    "DE": 22,
    "FR": 27,
    "GB": 22,
    "ES": 24,
    "IT": 27,
    "PL": 28,
    "LU": 20,
    "IE": 22,
}
_LENGTHS |= {
    "AT": 20,
    "CH": 21,
    "DK": 18,
    "SE": 24,
    "NO": 15,
    "PT": 25,
    "CZ": 24,
    "HU": 28,
    "RO": 24,
    "LT": 20,
}
_LENGTHS |= {
    "LV": 21,
    "EE": 20,
    "BG": 22,
    "GR": 27,
    "TR": 26,
    "CY": 28,
    "MT": 31,
    "SK": 24,
    "SI": 19,
    "HR": 21,
}


FEWEST_DIGITS = 8
"""Digits in the shortest account number with its check digits; words have none."""


class BankAccounts:
    """Finds IBANs, in one piece or cut into groups."""

    code = "bank_account"
    flag = Flag.PAYMENT
    severity = 2
    points = 40

    def find(self, text: str) -> Iterator[Span]:
        """Yield the span of every IBAN of a country and length that exist."""
        for match in _IBAN.finditer(text):
            end = _end_of_iban(match)
            if end:
                plain = re.sub(r"[^A-Za-z0-9]", "", match[0][:end]).upper()
                yield Span(match.start(), match.start() + end, {} if is_valid(plain) else {"unsure": True})


def is_valid(iban: str) -> bool:
    """Whether the check digits of an IBAN (capitals and digits only) are right: ISO 13616, modulo 97."""
    number = "".join(str(int(char, 36)) for char in iban[4:] + iban[:4])
    return int(number) % 97 == 1


def _end_of_iban(match: re.Match[str]) -> int:
    wanted = _LENGTHS.get(match[0][:2].upper())
    if not wanted or sum(char.isdecimal() for char in match[0]) < FEWEST_DIGITS:
        return 0
    count = 0
    for position, char in enumerate(match[0]):
        count += char.isalnum()
        if count == wanted:
            after = match[0][position + 1 : position + 2]
            return 0 if after.isalnum() else position + 1
    return 0
