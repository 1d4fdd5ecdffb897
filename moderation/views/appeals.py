"""Where an appeal that reached the servicedesk begins: finding the decision that it is against."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from backoffice import clock
from backoffice.staff.permissions import Permission
from backoffice.ui.pages import house_page, staff_of, staff_page
from moderation.selectors.appeals import MOST, restrictions

LONGEST_TERM = 200


@staff_page(Permission.TAKE_IN_APPEALS)
@require_safe
def find_decision(request: HttpRequest) -> HttpResponseBase:
    """Show the decisions that were meant by what was typed, and whether the member may still object."""
    typed = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_TERM]
    found = restrictions(typed=typed, user=staff_of(request), at=clock.now()) if typed else []
    return house_page(
        request,
        "moderation/appeals.html",
        title=_("Take in an appeal"),
        typed=typed,
        found=found[:MOST],
        more=len(found) > MOST,
    )
