"""Moments as they stand in columns."""

from datetime import datetime

from django.utils import formats, timezone


def short_moment(at: datetime | None) -> str:
    """Return a moment short enough for a column, in local time; empty for none."""
    return formats.date_format(timezone.localtime(at), "j b Y H:i") if at else ""
