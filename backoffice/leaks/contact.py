"""Somebody's e-mail address, telephone number, address and member number, in any notation."""

import re
from collections.abc import Iterator

from backoffice.leaks.people import LeakKind, Person
from backoffice.leaks.words import Text, fold, osa

Found = Iterator[tuple[int, int, LeakKind]]

_UNITS = "nul een twee drie vier vijf zes zeven acht negen".split()  # noqa: SIM905
_TEENS = "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien".split()  # noqa: SIM905
_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()  # noqa: SIM905
SPOKEN: dict[str, str] = {
    **{fold(word): str(value) for value, word in enumerate([*_UNITS, *_TEENS])},
    **{fold(word): f"{value}0" for value, word in enumerate(_TENS, start=2)},
    **{
        fold(f"{unit}en{ten}"): f"{tens}{units}"
        for tens, ten in enumerate(_TENS, start=2)
        for units, unit in enumerate(_UNITS)
        if units
    },
    "plus": "+",
}
"""Numbers as they are read out: two digits at a time at most."""

_PIECE = re.compile(r"[+]|\d|[^\W\d_]+")
_BETWEEN = re.compile(r"[\s.\-/()_·•,:;|*\u2010-\u2015]*\Z")
_PREFIXES = ("0031", "31", "0")
ENOUGH_DIGITS = 7
SHORTEST_LOCAL = 5
SHORTEST_STREET = 5
SURE_ID = 5
_NEAR = 24
_ID_WORDS = re.compile(r"\b(?:lid|leden|lidnummer|nummer|nr|account|id|member)\b", re.IGNORECASE)
_MAIL_HOSTS = frozenset(
    """
    aol casema chello gmail gmx hetnet home hotmail huppla icloud kpnmail kpnplanet live mail me msn online
    outlook planet proton protonmail quicknet solcon tele2 telfort upcmail wehelpen xs4all yahoo ziggo zonnet
    """.split()  # noqa: SIM905 - a list of words reads as a text
)


def find_contact(text: Text, *, person: Person, words: frozenset[str]) -> Found:
    """Yield where `person` can be reached, as places in `text.clean`."""
    yield from _phones(text, person.phone)
    yield from _emails(text, person.email, words)
    yield from _addresses(text, person)
    yield from _member_ids(text, person.member_id)


def _digits(clean: str) -> Iterator[list[tuple[str, int, int]]]:
    """Yield runs of digits, written or spoken, with the place of each."""
    run: list[tuple[str, int, int]] = []
    for piece in _PIECE.finditer(clean):
        said = SPOKEN.get(fold(piece[0])) if piece[0][0].isalpha() else piece[0]
        between = clean[run[-1][2] : piece.start()] if run else ""
        if run and (said is None or not _BETWEEN.match(between)):
            yield run
            run = []
        if said is not None and said != "+":
            run += [(digit, piece.start(), piece.end()) for digit in said]
    if run:
        yield run


def _national(phone: str) -> str:
    digits = "".join(digit for run in _digits(phone) for digit, _, _ in run)
    for prefix in _PREFIXES:
        if digits.startswith(prefix) and len(digits) - len(prefix) >= ENOUGH_DIGITS:
            return digits[len(prefix) :].lstrip("0")
    return digits


def _phones(text: Text, phone: str) -> Found:
    number = _national(phone)
    if len(number) < ENOUGH_DIGITS:
        return
    parts = {number[start : start + ENOUGH_DIGITS] for start in range(len(number) - ENOUGH_DIGITS + 1)}
    for run in _digits(text.clean):
        digits = "".join(digit for digit, _, _ in run)
        found = [at for at in range(len(digits)) if digits[at : at + ENOUGH_DIGITS] in parts]
        if found:
            first = 0 if digits[: found[0]] in _PREFIXES else found[0]
            yield run[first][1], run[found[-1] + ENOUGH_DIGITS - 1][2], LeakKind.PHONE


_DOT = r"\s*(?:\.|[(\[{<]\s*(?:punt|dot|\.)\s*[)\]}>]|\bpunt\b|\bdot\b)\s*"
_AT = r"\s*(?:@|[(\[{<*]?\s*\b(?:at|apenstaartje|apestaartje|apenstaart|a)\b\s*[)\]}>*]?)\s*"


def _spoken(part: str) -> str:
    """Return a pattern for part of an address, with its dots spoken or not."""
    return _DOT.join(re.escape(label) for label in part.split(".") if label)


def _emails(text: Text, email: str, words: frozenset[str]) -> Found:
    local, _at, domain = email.strip().casefold().partition("@")
    if not local or not domain:
        return
    patterns = [_spoken(local) + _AT + _spoken(domain)]
    if len(local) >= SHORTEST_LOCAL and fold(local) not in words and not local.isalpha():
        patterns.append(_spoken(local))
    host = domain.split(".")[-2] if "." in domain else domain
    if host not in _MAIL_HOSTS:
        patterns.append(_spoken(domain))
    for pattern in patterns:
        for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text.clean, re.IGNORECASE):
            yield *match.span(), LeakKind.EMAIL


def _addresses(text: Text, person: Person) -> Found:
    postcode = re.sub(r"\s", "", person.postcode).upper()
    if re.fullmatch(r"[1-9]\d{3}[A-Z]{2}", postcode):
        pattern = rf"(?<!\w){postcode[:4]}[\s.\-]{{0,3}}{postcode[4:]}(?!\w)"
        for match in re.finditer(pattern, text.clean, re.IGNORECASE):
            yield *match.span(), LeakKind.ADDRESS
    street = _street(re.split(r"\d", person.address)[0]).split()
    if not street or len("".join(street)) < SHORTEST_STREET:
        return
    for place in range(len(text.words) - len(street) + 1):
        some = text.words[place : place + len(street)]
        if all(_same_street(word.folded, part) for word, part in zip(some, street, strict=True)):
            yield some[0].start, some[-1].end, LeakKind.ADDRESS


def _street(name: str) -> str:
    folded = fold(name).strip(" ,")
    return re.sub(r"str\.?\Z", "straat", re.sub(r"(?<=\w)ln\.?\Z", "laan", folded))


def _same_street(word: str, part: str) -> bool:
    most = 0 if len(part) < 8 else 1  # noqa: PLR2004
    return osa(_street(word), part, most=most) <= most


def _member_ids(text: Text, member_id: str) -> Found:
    number = member_id.strip()
    if not number:
        return
    for match in re.finditer(rf"(?<![\w-]){re.escape(number)}(?![\w-])", text.clean, re.IGNORECASE):
        sure = len(number) >= SURE_ID or not (number.isdecimal() or number.isalpha())
        near = text.clean[max(0, match.start() - _NEAR) : match.start()]
        if sure or _ID_WORDS.search(near):
            yield *match.span(), LeakKind.MEMBER_ID
