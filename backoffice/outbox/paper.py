"""Every letter's paper: who writes it (R01), where answers go, and a template filled in as plain text."""

import re
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

CONTROLLER = "WeHelpen Coöperatie U.A."
CHAMBER_OF_COMMERCE = "56029837"
SERVICEDESK = "info@wehelpen.nl"

HOUSE: dict[str, Any] = {
    "controller": CONTROLLER,
    "chamber_of_commerce": CHAMBER_OF_COMMERCE,
    "servicedesk": SERVICEDESK,
}
"""What every letter's template gets."""

LANGUAGE = "nl"
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_TRAILING = re.compile(r"[ \t]+\n")


def fill_in(template: str, **context: Any) -> str:
    """Return a template as a letter's text, always in Dutch: paragraphs with one blank line between."""
    with translation.override(LANGUAGE):
        text = render_to_string(template, {**HOUSE, **context})
    return _BLANK_LINES.sub("\n\n", _TRAILING.sub("\n", text)).strip() + "\n"
