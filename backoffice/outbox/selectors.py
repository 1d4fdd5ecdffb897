"""How the post stands: what waits, what was given up, and for whom."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from backoffice.outbox.models import Delivery, DeliveryState, WebhookEndpoint


@dataclass(frozen=True, slots=True)
class Post:
    """What has not arrived yet; `oldest` is since when the oldest of what waits does so."""

    waiting: int
    parked: int
    oldest: datetime | None


def undelivered() -> Post:
    """Return what waits and what was given up, for all receivers. One query over the two small indexes."""
    waiting, parked = Q(state=DeliveryState.WAITING), Q(state=DeliveryState.PARKED)
    counted = Delivery.objects.filter(waiting | parked).aggregate(
        waiting=Count("pk", filter=waiting),
        parked=Count("pk", filter=parked),
        oldest=Min("created_at", filter=waiting),
    )
    return Post(**counted)


def parked_count(*, most: int) -> int:
    """Return how many deliveries were given up, counted up to `most`."""
    return Delivery.objects.filter(state=DeliveryState.PARKED).order_by()[:most].count()


def with_deliveries(endpoints: QuerySet[WebhookEndpoint]) -> QuerySet[WebhookEndpoint]:
    """Add the newest message of each (`last_state`, `last_at`) and how many were given up (`parked`)."""
    newest = Delivery.objects.filter(endpoint=OuterRef("pk")).order_by("-created_at")
    parked = (
        Delivery.objects.filter(endpoint=OuterRef("pk"), state=DeliveryState.PARKED)
        .order_by()
        .values("endpoint")
        .values(count=Count("pk"))
    )
    return endpoints.annotate(
        last_state=Subquery(newest.values("state")[:1]),
        last_at=Subquery(newest.values("created_at")[:1]),
        parked=Coalesce(Subquery(parked), 0),
    )
