"""Members by what somebody types, for forms of other floors. A name is posted: none is in an address."""

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from backoffice.staff.permissions import Permission
from backoffice.ui.pages import staff_page
from moderation.selectors.people import people_like

LONGEST_TERM = 100
SHORTEST_TERM = 3


@staff_page(Permission.HANDLE_DOSSIERS)
@require_POST
def find_people(request: HttpRequest) -> HttpResponseBase:
    """Return the members who may be meant, as a dossier copies them. Writes nothing."""
    typed = request.POST.get("q", "").replace("\x00", "").strip()[:LONGEST_TERM]
    found = people_like(typed) if len(typed) >= SHORTEST_TERM else []
    people = [
        {
            "site": one.site,
            "member_id": one.member_id,
            "first_name": one.first_name,
            "infix": one.infix,
            "last_name": one.last_name,
            "birth_date": one.birth_date.isoformat() if one.birth_date else "",
            "postcode": one.postcode,
            "place": one.place,
            "email": one.email,
            "phone": one.phone,
        }
        for one in found
    ]
    return JsonResponse({"people": people}, headers={"Cache-Control": "private, no-store"})
