"""States as they stand in lists: words with a shape, not colour alone."""

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString


def badge(text: str | Promise, *, look: str = "") -> SafeString:
    """Return a badge; `look` is one of good, wait, urgent, late, or empty for a plain one."""
    return format_html('<span class="house-badge{}">{}</span>', f" is-{look}" if look else "", text)
