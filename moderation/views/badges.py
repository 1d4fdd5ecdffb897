"""How much waits, beside each queue in the sidebar. One query for all of them in a request."""

from collections.abc import Callable

from django.http import HttpRequest

from backoffice.staff.permissions import Permission
from backoffice.staff.policy import may
from moderation.choices import Queue
from moderation.selectors.queues import waiting_counts

MOST = 999


def _badge(queue: Queue) -> Callable[[HttpRequest], str]:
    def badge(request: HttpRequest) -> str:
        if not may(request.user, Permission.VIEW_QUEUES):
            return ""
        if not hasattr(request, "waiting_counts"):
            request.waiting_counts = waiting_counts()  # type: ignore[attr-defined] # kept for the other badges
        count: int = request.waiting_counts.get(queue, 0)  # type: ignore[attr-defined]
        return f"{MOST}+" if count > MOST else str(count or "")

    return badge


urgent = _badge(Queue.URGENT)
age_unknown = _badge(Queue.AGE_UNKNOWN)
new_profiles = _badge(Queue.NEW_PROFILES)
changed_profiles = _badge(Queue.CHANGED_PROFILES)
help_requests = _badge(Queue.HELP_REQUESTS)
appeals = _badge(Queue.APPEALS)
second_looks = _badge(Queue.SECOND_LOOKS)
