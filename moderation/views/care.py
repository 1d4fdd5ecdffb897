"""My settings: how my desk spares me; and asking for a text that is hard to read."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backoffice import clock
from backoffice.errors import DomainError
from backoffice.staff.permissions import Permission
from backoffice.staff.policy import may
from backoffice.ui.pages import house_page, staff_of, staff_page
from moderation.forms import CareForm, PhotosForm
from moderation.models import Review
from moderation.policy import may_open_item
from moderation.selectors.care import care_of
from moderation.services.care import change_care, uncover
from moderation.views.answers import refuse, see_other
from moderation.views.deciding import show


@staff_page(Permission.SEE_PHOTOS)
@require_http_methods(["GET", "HEAD", "POST"])
def my_settings(request: HttpRequest) -> HttpResponseBase:
    """Show one's own settings; a POST changes them."""
    user, at = staff_of(request), clock.now()
    care = care_of(user)
    now = {name: getattr(care, name) for name in ("photos", "declined", "heavy_a_day")}
    decides = may(user, Permission.DECIDE_REVIEWS)
    form = (CareForm if decides else PhotosForm)(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            change_care(actor=user, at=at, **{**now, **form.cleaned_data})
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved. It holds from the next item on."))
            return see_other(request, reverse("moderation:care"))
    return house_page(
        request,
        "moderation/care.html",
        title=_("My settings"),
        status=422 if form.is_bound else 200,
        form=form,
        decides=decides,
        coordinates=may(user, Permission.DECIDE_ESCALATED),
    )


@staff_page(Permission.VIEW_QUEUES)
@require_POST
def uncover_item(request: HttpRequest, review_id: UUID) -> HttpResponseBase:
    """Show a text that is hard to read to whoever asks for it."""
    get_object_or_404(Review, pk=review_id)
    if not (verdict := may_open_item(staff_of(request))):
        return refuse(request, verdict)
    uncover(actor=staff_of(request), review_id=review_id, at=clock.now())
    return show(request, review_id)
