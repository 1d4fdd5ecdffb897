"""How the post stands: what waits, what was given up, and for whom."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from backoffice.outbox.models import (
    PARKED,
    WAITING,
    Delivery,
    DeliveryState,
    Mail,
    MailClass,
    MailState,
    WebhookEndpoint,
)


@dataclass(frozen=True, slots=True)
class Post:
    """What has not arrived yet; `oldest` is since when the oldest of what waits does so."""

    waiting: int
    parked: int
    oldest: datetime | None


def undelivered(model: type[Delivery] | type[Mail]) -> Post:
    """Return what waits and what was given up of messages or letters. One query over two small indexes."""
    waiting, parked = Q(state=WAITING), Q(state=PARKED)
    counted = model._base_manager.filter(waiting | parked).aggregate(
        waiting=Count("pk", filter=waiting),
        parked=Count("pk", filter=parked),
        oldest=Min("created_at", filter=waiting),
    )
    return Post(**counted)


def parked_count(model: type[Delivery] | type[Mail], *, most: int) -> int:
    """Return how many messages or letters were given up, counted up to `most`."""
    return model._base_manager.filter(state=PARKED).order_by()[:most].count()


def letters_by_kind(*, since: datetime) -> list[tuple[MailClass, list[tuple[MailState, int]]]]:
    """Return how the letters written from `since` on stand: of each kind, each state. One query."""
    counted = Mail.objects.filter(created_at__gte=since).order_by().values_list("mail_class", "state")
    found = {(kind, state): count for kind, state, count in counted.annotate(count=Count("pk"))}
    return [(kind, [(state, found.get((kind, state), 0)) for state in MailState]) for kind in MailClass]


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
