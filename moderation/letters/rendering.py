"""A letter's template filled in: plain text, paragraphs with one blank line between."""

import re
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from moderation.letters.house import HOUSE

LANGUAGE = "nl"
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_TRAILING = re.compile(r"[ \t]+\n")


def render(template: str, **context: Any) -> str:
    """Return the text of `templates/moderation/letters/<template>.txt`, always in Dutch."""
    with translation.override(LANGUAGE):
        text = render_to_string(f"moderation/letters/{template}.txt", {**HOUSE, **context})
    return _BLANK_LINES.sub("\n\n", _TRAILING.sub("\n", text)).strip() + "\n"
