"""Telephone numbers, Dutch and international, as people type them.

Runs of digits and separators are cut into groups of digits; a number begins and ends at the edge
of a group. Only a window with the right count of digits is looked up in `phonenumbers`, and not
more than `MOST_CHECKS` of them in one text: beyond that the shape alone is enough.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneNumber, is_valid_number

from moderation.choices import Flag
from moderation.detectors.registry import Span

MOST_CHECKS = 60
NATIONAL_DIGITS = 10
NETHERLANDS = 31
DUTCH_MOBILE = "316"
ABROAD_DIGITS = range(6, 14)
"""How many digits a number has after its country code."""
FEWEST_DIGITS = 8
MOST_DIGITS = 16

_SEPARATOR = r"[ \t\u00a0\u2000-\u200d\u202f\u2060\ufeff.\-\u2010-\u2015/()_·•]"
_RUN = re.compile(rf"(?:\+ ?)?\d(?:{_SEPARATOR}{{0,3}}[\dxX*])*")
_GROUP = re.compile(r"(?:\+ ?)?\d+|[xX*]+")

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:19|20)\d\d"
_TIME = r"(?:[01]?\d|2[0-4])[.:][0-5]\d"
_OTHER = re.compile(
    rf"(?<!\d){_DAY}(?:[-/. ]){_MONTH}(?:[-/. ]){_YEAR}(?!\d)"  # 03-02-2026
    rf"|(?<!\d){_YEAR}[-/.]{_MONTH}[-/.]{_DAY}(?!\d)"  # 2026-02-03
    rf"|(?<![\d.]){_TIME}(?: uur)? ?(?:-|\u2013|tot|t/m|en|/) ?{_TIME}(?![\d]|[.:]\d)"  # 09.00 - 17.00
    rf"|(?<![\d.]){_TIME}(?= ?(?:uur|u|h)\b)"  # 09.00 uur
    r"|\b[A-Za-z]{2}\d\d ?[A-Za-z]{4} ?\d{4} ?\d{4} ?\d\d\b"  # a Dutch IBAN
    r"|\b[A-Za-z]{2}\d\d(?: ?\d{4}){3,6}(?: ?\d{1,3})?\b"  # IBANs that are all digits
)
"""What is made of digits and is no telephone number; blanked out before looking."""


@dataclass(frozen=True)
class _Group:
    start: int
    end: int
    plus: bool
    digits: str
    placeholder: bool


class _Checks:
    """How often `phonenumbers` may still be asked in this text."""

    def __init__(self) -> None:
        self.left = MOST_CHECKS

    def valid(self, country: int, national: str) -> bool:
        if self.left <= 0:
            return True
        self.left -= 1
        number = PhoneNumber(country_code=country, national_number=int(national))
        return bool(is_valid_number(number))


class PhoneNumbers:
    """Finds telephone numbers; also ones made unreadable at the end ("061234xxxx")."""

    code = "phone_number"
    flag = Flag.CONTACT
    severity = 2
    points = 30

    def find(self, text: str) -> Iterator[Span]:
        """Yield the span of every number, from its plus, zero or bracket to its last digit."""
        blanked = _OTHER.sub(lambda match: "#" * len(match[0]), text)
        checks = _Checks()
        for run in _RUN.finditer(blanked):
            if run.end() - run.start() >= FEWEST_DIGITS:
                yield from _numbers_in(blanked, run, checks)


def _numbers_in(text: str, run: re.Match[str], checks: _Checks) -> Iterator[Span]:
    groups = [
        _Group(
            match.start(),
            match.end(),
            match[0][0] == "+",
            _ascii(match[0].lstrip("+ ")),
            match[0][0] in "xX*",
        )
        for match in _GROUP.finditer(text, run.start(), run.end())
    ]
    position = 0
    while position < len(groups):
        count = _length_of_number(groups, position, checks)
        if count == 0:
            position += 1
            continue
        start = groups[position].start
        end = groups[position + count - 1].end
        if start and text[start - 1] == "(" and ")" in text[start:end]:
            start -= 1
        placeholder = any(group.placeholder for group in groups[position : position + count])
        yield Span(start, end, {"placeholder": True} if placeholder else {})
        position += count


def _length_of_number(groups: list[_Group], first: int, checks: _Checks) -> int:
    """Return how many groups from `first` make one number; 0 when none do."""
    plus = groups[first].plus
    if not (plus or groups[first].digits.startswith(("0", DUTCH_MOBILE))):
        return 0
    digits = ""
    hidden = False
    longest = 0
    for count, group in enumerate(groups[first : first + MOST_DIGITS], start=1):
        if hidden and not group.placeholder:
            break
        hidden = hidden or group.placeholder
        digits += group.digits
        if len(digits) > MOST_DIGITS or digits.startswith("000"):
            break
        if len(digits) < FEWEST_DIGITS:
            continue
        if plus or digits.startswith("00"):
            if _is_international(digits if plus else digits[2:], checks, hidden=hidden):
                longest = count
        elif _is_national(digits, checks, hidden=hidden):
            return count
    return longest


def _is_national(digits: str, checks: _Checks, *, hidden: bool) -> bool:
    if digits.startswith(DUTCH_MOBILE):
        return len(digits) == NATIONAL_DIGITS + 1 and not hidden
    if len(digits) != NATIONAL_DIGITS or digits[1] == "0":
        return False
    return hidden or digits.startswith("06") or checks.valid(NETHERLANDS, digits[1:])


def _is_international(digits: str, checks: _Checks, *, hidden: bool) -> bool:
    for length in (1, 2, 3):
        code = digits[:length]
        if not code.isdecimal() or int(code) not in COUNTRY_CODE_TO_REGION_CODE or code[0] == "0":
            continue
        national = digits[length:]
        if int(code) == NETHERLANDS:
            national = national.removeprefix("0")
            if len(national) != NATIONAL_DIGITS - 1:
                return False
            if national.startswith("6"):
                return True
        return len(national) in ABROAD_DIGITS and (
            hidden
            or checks.valid(int(code), national)
            or (national[0] == "0" and checks.valid(int(code), national[1:]))
        )
    return False


def _ascii(group: str) -> str:
    if group.isascii():
        return group
    return "".join(str(unicodedata.decimal(char)) for char in group)
