"""Where two people judged differently: how often, and which of the two is the house's way."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backoffice import clock
from backoffice.errors import DomainError
from backoffice.staff.permissions import Permission
from backoffice.ui.pages import house_page, staff_of, staff_page
from moderation.choices import Settlement
from moderation.forms import SettleForm
from moderation.models import SecondLook
from moderation.policy import may_settle
from moderation.selectors.second_looks import agreement_by_reason, to_settle
from moderation.services.second_looks import settle_second_look
from moderation.views.answers import see_other

LOOKS_AT = timedelta(days=90)
MOST = 50


@staff_page(Permission.SETTLE_SECOND_LOOKS)
@require_safe
def second_looks(request: HttpRequest) -> HttpResponseBase:
    """Show how far people decide alike in the last ninety days, and what they did not agree on."""
    looks = list(to_settle()[: MOST + 1])
    return house_page(
        request,
        "moderation/second_looks.html",
        title=_("Second looks"),
        lines=agreement_by_reason(since=clock.now() - LOOKS_AT),
        days=LOOKS_AT.days,
        looks=[(look, may_settle(staff_of(request), look)) for look in looks[:MOST]],
        more=len(looks) > MOST,
        settlements=Settlement.choices,
    )


@staff_page(Permission.SETTLE_SECOND_LOOKS)
@require_POST
def settle(request: HttpRequest, look_id: UUID) -> HttpResponseBase:
    """Say whose judgement is the house's."""
    get_object_or_404(SecondLook, pk=look_id)
    address = reverse("moderation:second-looks")
    form = SettleForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return see_other(request, address)
    try:
        settle_second_look(
            actor=staff_of(request),
            look_id=look_id,
            settlement=Settlement(form.cleaned_data["settlement"]),
            note=form.cleaned_data["note"],
            at=clock.now(),
        )
    except DomainError as refusal:
        return see_other(request, address, refusal=refusal)
    messages.success(request, _("Settled."))
    return see_other(request, address)
