"""Standard texts with places to fill in: `{naam}`, `{titel}` and `{gevonden}`."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

PLACES = ("naam", "titel", "gevonden")
"""The member's first name, the title of the item, the words that were found in it."""

_PLACE = re.compile(r"\{([^{}\n]{0,40})\}")


def unknown_places(body: str) -> list[str]:
    """Return what stands between braces in a text and cannot be filled in, in order."""
    return [name for name in _PLACE.findall(body) if name not in PLACES]


def fill(body: str, *, name: str, title: str, found: Iterable[str]) -> str:
    """Return a text with its places filled in; a place that is not known stays as it is."""
    words = list(dict.fromkeys(word for word in found if word))
    values = {
        "naam": name or _("member"),
        "titel": title,
        "gevonden": ", ".join(words) or _("what is not allowed here"),
    }
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), body)
