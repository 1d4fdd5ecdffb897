"""Putting a message in the outbox, in the transaction of what it tells about."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from celery import current_app
from django.db import connection, transaction

from backoffice.outbox.models import Delivery, DeliveryState, Mail, MailState, WebhookEndpoint

logger = structlog.get_logger(__name__)


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

    Sends nothing: the sweeper is nudged after the commit, and looks by itself too. Body: Standard
    Webhooks' `type`, `timestamp` (ISO 8601), `data`.
    """
    if not announcements:
        return []
    endpoints = WebhookEndpoint.objects.filter(site__in={a.site for a in announcements}, active=True)
    by_site: dict[str, list[WebhookEndpoint]] = {}
    for endpoint in endpoints:
        by_site.setdefault(endpoint.site, []).append(endpoint)
    deliveries = Delivery.objects.bulk_create(
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
    if deliveries and not any(waiting[1] is nudge for waiting in connection.run_on_commit):
        transaction.on_commit(nudge)
    return deliveries


def nudge() -> None:
    """Ask for a sweep now. A broker that does not answer costs nothing but time: the sweeper looks anyway."""
    try:
        current_app.send_task("backoffice.outbox.tasks.sweep", retry=False)
    except Exception as problem:  # noqa: BLE001 - whatever a broker may throw, the request goes on
        logger.warning("nudge failed", problem=type(problem).__name__)


def still_waiting(*, about: Collection[str]) -> set[str]:
    """Return which of these keys a webhook or a letter that must still leave tells of."""
    rows = (
        Delivery.objects.filter(about__in=about, state=DeliveryState.WAITING),
        Mail.objects.filter(about__in=about, state=MailState.WAITING),
    )
    return {key for waiting in rows for key in waiting.values_list("about", flat=True)}


def erase_deliveries(*, about: Sequence[str]) -> int:
    """Delete every delivery about these keys, sent or not. Cannot be undone. Returns how many."""
    count, _ = Delivery.objects.filter(about__in=about).delete()
    return count
