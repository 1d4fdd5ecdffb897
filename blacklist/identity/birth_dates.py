"""Birth dates as they are written, in one form."""

import re
from datetime import date

from blacklist.identity.folding import letters_of

_YEAR_FIRST = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})(?:\D+\d\d?\D\d\d(?:\D.*)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})\D(\d{1,2})\D(\d{4})")
_DAY_MONTH_NAME = re.compile(r"(\d{1,2}) ?([a-z]{3,9}) ?(\d{4})")
_MONTHS = (
    "jan",
    "feb",
    "maart mrt mar",
    "apr",
    "mei may",
    "jun",
    "jul",
    "aug",
    "sep",
    "okt oct",
    "nov",
    "dec",
)
DIGITS = 8


def birth_date_of(value: date | str | None) -> str:
    """Return `YYYYMMDD`; of what cannot be read, its letters and digits.

    Reads 1961-02-28 (also with a time behind it), 19610228, 28-2-1961, 28/02/1961 and 28 februari 1961.
    Day before month, as people write here; a date of which only that cannot be is turned round.
    Not refused when no such day exists: it is compared digit by digit.
    """
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value.year:04}{value.month:02}{value.day:02}"
    text = letters_of(value)
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    elif (found := _DAY_MONTH_NAME.fullmatch(text)) and (named := _month(found[2])):
        day, month, year = found[1], named, found[3]
    else:
        return text.replace(" ", "")
    return f"{year}{int(month):02}{int(day):02}"


def is_date(born: str) -> bool:
    """Return whether a birth date in its one form is made of year, month and day."""
    return len(born) == DIGITS and born.isascii() and born.isdigit()


def swapped(born: str) -> str:
    """Return the date with day and month changed places."""
    return born[:4] + born[6:] + born[4:6]


def _month(name: str) -> str:
    """Return the number of a month by the beginning of its Dutch or English name; else nothing."""
    for number, starts in enumerate(_MONTHS, 1):
        if name.startswith(tuple(starts.split())):
            return f"{number:02}"
    return ""
