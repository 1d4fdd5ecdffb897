"""How much was given up, beside the deliveries in the sidebar."""

from django.http import HttpRequest

from backoffice.outbox.policy import may_manage_receivers
from backoffice.outbox.selectors import parked_count

MOST = 999


def parked(request: HttpRequest) -> str:
    """Return the number in words for the menu; empty when there is nothing, or no right to know."""
    if not may_manage_receivers(request.user):
        return ""
    count = parked_count(most=MOST + 1)
    return f"{MOST}+" if count > MOST else str(count or "")
