"""Putting a message in the outbox, in the transaction of what it tells about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backoffice.outbox.models import Delivery, WebhookEndpoint


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """Something a site's platforms must hear: `type` and `data` become the webhook's body.

    `about` is our own key of what it tells of (see `erase_deliveries`).
    """

    site: str
    type: str
    about: str
    data: dict[str, Any]


def enqueue(announcements: Sequence[Announcement], *, at: datetime) -> list[Delivery]:
    """Write one delivery for each announcement and active receiver of its site.

    Sends nothing: the sweeper (or a nudge after commit) does. Body: Standard Webhooks' `type`,
    `timestamp` (ISO 8601, UTC), `data`.
    """
    if not announcements:
        return []
    endpoints = WebhookEndpoint.objects.filter(site__in={a.site for a in announcements}, active=True)
    by_site: dict[str, list[WebhookEndpoint]] = {}
    for endpoint in endpoints:
        by_site.setdefault(endpoint.site, []).append(endpoint)
    return Delivery.objects.bulk_create(
        [
            Delivery(
                endpoint=endpoint,
                type=a.type,
                about=a.about,
                body={"type": a.type, "timestamp": at.isoformat(), "data": a.data},
                created_at=at,
                next_attempt_at=at,
            )
            for a in announcements
            for endpoint in by_site.get(a.site, ())
        ],
        batch_size=1000,
    )


def erase_deliveries(*, about: Sequence[str]) -> int:
    """Delete every delivery about these keys, sent or not. Cannot be undone. Returns how many."""
    count, _ = Delivery.objects.filter(about__in=about).delete()
    return count
