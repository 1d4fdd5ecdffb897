"""A queue as a table that one can scan."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from backoffice import clock
from backoffice.staff.permissions import Permission
from backoffice.staff.policy import may
from backoffice.ui.pages import house_page, staff_of, staff_page
from backoffice.ui.paginator import BoundedPaginator
from moderation.filters import QueueFilter
from moderation.models import Lease, Review
from moderation.policy import IN_LOTS, may_open_item
from moderation.selectors.desk import Line, reason_lines
from moderation.selectors.queues import ages_of, decided_today, progress_of, waiting_in
from moderation.views.desk import queue_of

PER_PAGE = 50
TOO_MUCH = 500
SWITCHES = ("overdue", "free", "escalated")


@dataclass(frozen=True, slots=True)
class Row:
    """One review in the table. `lease` is the one that holds now, `age` the member's if it is known."""

    review: Review
    reasons: list[Line]
    lease: Lease | None
    age: int | None


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is switched on or off by following `address`."""

    words: str
    on: bool
    address: str


@staff_page(Permission.VIEW_QUEUES)
@require_safe
def queue_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show what waits in a queue, narrowed by the filters in the address."""
    queue = queue_of(slug)
    at = clock.now()
    user = staff_of(request)
    found = QueueFilter(request.GET, queryset=waiting_in(queue, at=at), at=at)
    rows = found.qs if found.is_valid() else found.queryset.none()
    page = BoundedPaginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    may_open = may_open_item(user)
    ages = ages_of(list(page.object_list), on=clock.local_day(at)) if may_open else {}
    return house_page(
        request,
        "moderation/queue.html",
        title=queue.label,
        is_fullwidth="1",
        queue=queue,
        filter=found,
        narrowed=_chosen(request),
        chips=_chips(request, found),
        page=page,
        rows=[_row(review, at, age=ages.get(review.pk)) for review in page.object_list],
        query=_query(request, page=None),
        progress=progress_of(queue, at=at),
        mine_today=decided_today(user=user, at=at),
        too_much=TOO_MUCH,
        may_decide=may(user, Permission.DECIDE_REVIEWS),
        may_open=may_open,
        in_lots=queue in IN_LOTS and may_open,
        status=200 if found.is_valid() else 400,
    )


def _row(review: Review, at: datetime, *, age: int | None) -> Row:
    lease: Lease | None = getattr(review, "lease", None)
    if lease is not None and lease.expires_at <= at:
        lease = None
    return Row(review, reason_lines(review.reasons, waits=None), lease, age)


def _chosen(request: HttpRequest) -> bool:
    return any(value for name, value in request.GET.items() if name != "page")


def _chips(request: HttpRequest, found: QueueFilter) -> list[Chip]:
    chips = []
    for name in SWITCHES:
        on = request.GET.get(name) == "true"
        address = _query(request, page=None, **{name: None if on else "true"})
        chips.append(Chip(str(found.filters[name].label), on, f"?{address}"))
    return chips


def _query(request: HttpRequest, **changed: str | None) -> str:
    """Return the query of the address with some values changed, or left out."""
    values = {name: value for name, value in request.GET.items() if value} | changed
    return urlencode({name: value for name, value in values.items() if value is not None})
