"""My ties: members whose items somebody never gets."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backoffice import clock
from backoffice.errors import DomainError
from backoffice.staff.permissions import Permission
from backoffice.ui.pages import house_page, staff_of, staff_page
from moderation.forms import TieForm
from moderation.models import Tie
from moderation.services.ties import declare_tie, withdraw_tie
from moderation.views.answers import see_other


@staff_page(Permission.DECIDE_REVIEWS)
@require_http_methods(["GET", "HEAD", "POST"])
def my_ties(request: HttpRequest) -> HttpResponseBase:
    """Show one's own ties; a POST declares another."""
    form = TieForm(request.POST or None, initial={"site": request.GET.get("site", "")})
    if request.method == "POST" and form.is_valid():
        try:
            declare_tie(actor=staff_of(request), at=clock.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return see_other(request, reverse("moderation:ties"))
    ties = Tie.objects.filter(user=staff_of(request))
    status = 422 if form.is_bound else 200
    return house_page(
        request, "moderation/ties.html", title=_("Whom I know"), status=status, form=form, ties=ties
    )


@staff_page(Permission.DECIDE_REVIEWS)
@require_POST
def withdraw(request: HttpRequest, tie_id: int) -> HttpResponseBase:
    """Get the items of this member again."""
    address = reverse("moderation:ties")
    try:
        withdraw_tie(actor=staff_of(request), tie_id=tie_id, at=clock.now())
    except DomainError as refusal:
        return see_other(request, address, refusal=refusal)
    return see_other(request, address)
