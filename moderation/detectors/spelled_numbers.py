"""Telephone numbers that were written so that no machine should see them.

In words ("nul zes, twaalf ..."), cut up by words or pictures ("06 en dan 1234"), with letters for
digits ("O6"). Only what adds up to one complete number counts.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from moderation.choices import Flag
from moderation.detectors.registry import Span

NATIONAL_DIGITS = 10
MOST_BETWEEN = 3
"""Words that may stand between two parts of a number."""

_ONES = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf")
_TEENS = ("twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien")
_TENS = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
_VARIANTS = {"n": "1", "één": "1", "eén": "1", "noul": "0", "nulle": "0", "zero": "0", "oo": "00", "ses": "6"}
_ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TIMES = {"dubbel": 2, "dubbele": 2, "tweemaal": 2, "driemaal": 3, "driedubbel": 3}
_FILLERS = frozenset(
    """
    en dan daarna daarop vervolgens gevolgd door met weer nog keer een eerst streepje spatie punt komma plus
    het de is tot slot laatste eindigt op eindigend als dus nummer
    """.split()
)
_LETTER_DIGITS = str.maketrans("oOlIiSsBqg", "0011155899")
_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\w\s]+|_")
_MAY_BEGIN = re.compile(r"\d|nul|noul|zero|\boo\b|drie|dert|three", re.IGNORECASE)
"""Without one of these there is no number: it begins with a nought, or with thirty-one."""

_MIXED = re.compile(r"(?<!\w)[\doOlIiSsB]{2,12}(?!\w)")


@cache
def _spoken() -> dict[str, str]:
    said = {word: str(number) for number, word in enumerate((*_ONES, *_TEENS))}
    said |= {word: str(number) for number, word in enumerate(_ENGLISH)}
    for ten, word in enumerate(_TENS, start=2):
        said[word] = f"{ten}0"
        for one, small in enumerate(_ONES[1:10], start=1):
            joint = "ën" if small.endswith("e") else "en"
            said[f"{small}{joint}{word}"] = said[f"{small}en{word}"] = f"{ten}{one}"
    said["nulzes"] = "06"
    return said | _VARIANTS


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    digits: str
    spelled: bool


class SpelledNumbers:
    """Finds complete numbers whose digits were spelled, spread or disguised."""

    code = "spelled_number"
    flag = Flag.CONTACT
    severity = 2
    points = 40

    def find(self, text: str) -> Iterator[Span]:
        """Yield the span of every number, from its first part to its last."""
        if not _MAY_BEGIN.search(text):
            return
        run: list[_Part] = []
        between = times = 0
        for part in _parts(text):
            if part.digits:
                digits = part.digits * times if times and len(part.digits) == 1 else part.digits
                run.append(_Part(part.start, part.end, digits, part.spelled or times > 0))
                between = times = 0
                continue
            word = text[part.start : part.end].casefold()
            times = _TIMES.get(word, 0)
            between += 1
            if between > MOST_BETWEEN or not (times or word in _FILLERS or not word[0].isalnum()):
                yield from _numbers(text, run)
                run, between = [], 0
        yield from _numbers(text, run)


def _parts(text: str) -> Iterator[_Part]:
    disguised = {match.start(): match.end() for match in _MIXED.finditer(text) if _is_disguised(match[0])}
    reached = 0
    for match in _TOKEN.finditer(text):
        if match.start() < reached:
            continue
        start, end = match.span()
        if start in disguised:
            reached = disguised[start]
            yield _Part(start, reached, text[start:reached].translate(_LETTER_DIGITS), spelled=True)
        elif match[0].isdecimal():
            yield _Part(
                start, end, "".join(str(unicodedata.decimal(char)) for char in match[0]), spelled=False
            )
        else:
            yield _Part(start, end, _spoken().get(match[0].casefold(), ""), spelled=True)


def _is_disguised(token: str) -> bool:
    return any(char.isdecimal() for char in token) and any(char.isalpha() for char in token)


def _numbers(text: str, run: list[_Part]) -> Iterator[Span]:
    """Yield the complete numbers in a run of parts; ordinary ones are another detector's."""
    first = 0
    while first < len(run):
        last = _last_of_number(run, first)
        if last is None:
            first += 1
            continue
        start, end = run[first].start, run[last].end
        if any(part.spelled for part in run[first : last + 1]) or _is_spread(text[start:end]):
            yield Span(start, end, {"written_out": True})
        first = last + 1


def _last_of_number(run: list[_Part], first: int) -> int | None:
    digits = ""
    for position in range(first, min(first + 16, len(run))):
        digits += run[position].digits
        national = digits
        for country in ("0031", "31"):
            if digits.startswith(country):
                national = "0" + digits[len(country) :].removeprefix("0")
        if not "06".startswith(national[:2]) and not re.match(r"0[1-578]", national):
            return None
        if len(national) == NATIONAL_DIGITS and national[0] == "0":
            return position
        if len(national) > NATIONAL_DIGITS:
            return None
    return None


def _is_spread(said: str) -> bool:
    """Whether more stands between the digits than people put there to read them better."""
    return bool(re.search(r"[^\d\s().\-/+·•\u2010-\u2015\u00a0\u200b-\u200d\u2060\ufeff]", said))
