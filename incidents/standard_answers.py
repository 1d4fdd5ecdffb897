"""Standard answers with places to fill in: `{naam}` and `{nummer}`."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PLACES: dict[str, str | Promise] = {
    "naam": _("the name of who wrote"),
    "nummer": _("the number of the ticket"),
}
"""What can be filled in, and what it becomes."""

_PLACE = re.compile(r"\{([^{}\n]{0,40})\}")


def unknown_places(body: str) -> list[str]:
    """Return what stands between braces and cannot be filled in, in order; a loose brace is one of them."""
    loose = re.findall(r"[{}]", _PLACE.sub("", body))
    return [name for name in _PLACE.findall(body) if name not in PLACES] + loose


def fill(body: str, *, name: str, number: str) -> str:
    """Return a text with its places filled in."""
    values = {"naam": name or "meneer of mevrouw", "nummer": number}
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), body)
