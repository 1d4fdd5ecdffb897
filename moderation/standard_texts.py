"""Standard texts with places to fill in: `{naam}`, `{titel}` and `{gevonden}`."""

import re
from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PLACES: dict[str, str | Promise] = {
    "naam": gettext_lazy("the first name of the member"),
    "titel": gettext_lazy("the title of the request, or the name on the profile"),
    "gevonden": gettext_lazy("the words that were found in the text"),
}
"""What can be filled in, and what it becomes."""

EXAMPLES = {
    "naam": "Fatima",
    "titel": "Wie kan mijn moeder naar het ziekenhuis brengen?",
    "gevonden": "06-12345678",
}
"""Somebody who does not exist, to try a text on."""

_PLACE = re.compile(r"\{([^{}\n]{0,40})\}")


def unknown_places(body: str) -> list[str]:
    """Return what stands between braces in a text and cannot be filled in, in order."""
    return [name for name in _PLACE.findall(body) if name not in PLACES]


def has_loose_braces(body: str) -> bool:
    """Return whether a brace stands in a text that is no part of a place."""
    return bool(re.search(r"[{}]", _PLACE.sub("", body)))


def preview(body: str) -> str:
    """Return a text as a member may read it."""
    return fill(body, name=EXAMPLES["naam"], title=EXAMPLES["titel"], found=[EXAMPLES["gevonden"]])


def fill(body: str, *, name: str, title: str, found: Iterable[str]) -> str:
    """Return a text with its places filled in; a place that is not known stays as it is."""
    words = list(dict.fromkeys(word for word in found if word))
    values = {
        "naam": name or _("member"),
        "titel": title,
        "gevonden": ", ".join(words) or _("what is not allowed here"),
    }
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), body)
