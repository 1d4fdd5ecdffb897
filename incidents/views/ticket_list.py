"""The tickets as a table that one can scan."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from backoffice import clock
from backoffice.staff.permissions import Permission
from backoffice.ui.pages import house_page, staff_of, staff_page
from backoffice.ui.paginator import BoundedPaginator
from incidents.filters import TicketFilter
from incidents.selectors.tickets import progress_of_tickets, tickets_for

PER_PAGE = 50
SWITCHES = ("mine", "free", "overdue", "rights")


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is switched on or off by following `address`."""

    words: str
    on: bool
    address: str


@staff_page(Permission.HANDLE_TICKETS)
@require_safe
def tickets(request: HttpRequest) -> HttpResponseBase:
    """Show the tickets, narrowed by the filters in the address; without any, what is under way."""
    at, user = clock.now(), staff_of(request)
    asked = request.GET.copy()
    if "state" not in asked:
        asked["state"] = "under_way"
    found = TicketFilter(asked, queryset=tickets_for(user), at=at, user=user)
    rows = found.qs if found.is_valid() else found.queryset.none()
    page = BoundedPaginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    given = {name: str(value) for name, value in request.GET.items() if name != "page"}
    return house_page(
        request,
        "incidents/tickets/list.html",
        title=_("Tickets"),
        is_fullwidth="1",
        filter=found,
        switches=SWITCHES,
        chips=[_chip(given, name, str(found.filters[name].label)) for name in SWITCHES],
        narrowed=any(given.values()),
        page=page,
        rows=[(ticket, ticket.is_overdue(at)) for ticket in page.object_list],
        query=urlencode(given),
        progress=progress_of_tickets(user, at=at),
        status=200 if found.is_valid() else 400,
    )


def _chip(given: dict[str, str], name: str, words: str) -> Chip:
    on = given.get(name) == "true"
    others = {key: value for key, value in given.items() if key != name}
    return Chip(words, on, "?" + urlencode(others if on else {**others, name: "true"}))
