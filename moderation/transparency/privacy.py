"""Keeping people out of what becomes public (DSA article 24(5): no personal data in the database)."""

import re
from collections.abc import Collection, Iterator

from moderation.detectors.email_addresses import EmailAddresses
from moderation.detectors.phone_numbers import PhoneNumbers

LEFT_OUT = "[weggelaten]"
SHORTEST_NAME = 2
_DETECTORS = (EmailAddresses(), PhoneNumbers())


def personal_data(text: str, *, names: Collection[str]) -> list[tuple[int, int]]:
    """Return where an e-mail address, a telephone number or one of `names` stands, from left to right.

    `names` are words (first names, last names). Characters, half-open; may overlap.
    """
    return sorted({*_contact_details(text), *_names(text, names)})


def suppress(text: str, *, names: Collection[str]) -> str:
    """Return a text with `LEFT_OUT` in the place of everything that `personal_data` finds."""
    kept, reached = [], 0
    for start, end in personal_data(text, names=names):
        if start >= reached:
            kept += [text[reached:start], LEFT_OUT]
        reached = max(reached, end)
    return "".join([*kept, text[reached:]])


def _contact_details(text: str) -> Iterator[tuple[int, int]]:
    for detector in _DETECTORS:
        for span in detector.find(text):
            yield span.start, span.end


def _names(text: str, names: Collection[str]) -> Iterator[tuple[int, int]]:
    words = sorted({name.strip() for name in names if len(name.strip()) >= SHORTEST_NAME}, key=len)
    if not words:
        return
    either = "|".join(re.escape(word) for word in reversed(words))
    for match in re.finditer(rf"(?<!\w)(?:{either})s?(?!\w)", text, re.IGNORECASE):
        yield match.span()
