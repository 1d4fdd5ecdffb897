"""How much was given up, beside the lists of it in the sidebar."""

from collections.abc import Callable

from django.http import HttpRequest

from backoffice.outbox.models import Delivery, Mail
from backoffice.outbox.policy import may_manage_receivers
from backoffice.outbox.selectors import parked_count

MOST = 999


def _badge(model: type[Delivery] | type[Mail]) -> Callable[[HttpRequest], str]:
    def badge(request: HttpRequest) -> str:
        """Return the number in words for the menu; empty when there is nothing, or no right to know."""
        if not may_manage_receivers(request.user):
            return ""
        count = parked_count(model, most=MOST + 1)
        return f"{MOST}+" if count > MOST else str(count or "")

    return badge


deliveries = _badge(Delivery)
letters = _badge(Mail)
