"""A letter's template filled in."""

from typing import Any

from backoffice.outbox.paper import fill_in


def render(template: str, **context: Any) -> str:
    """Return the text of `templates/moderation/letters/<template>.txt`, always in Dutch."""
    return fill_in(f"moderation/letters/{template}.txt", **context)
