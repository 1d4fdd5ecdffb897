"""The letter before it is sent: exactly as the member would get it. Writes nothing."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from backoffice import clock
from backoffice.ui.pages import house_page, staff_of
from moderation.choices import Outcome
from moderation.forms import LetterForm
from moderation.models import Review
from moderation.services.letters import preview_letter
from moderation.views.answers import form_answer, wants_json
from moderation.views.deciding import verb


@verb
def letter(request: HttpRequest, review_id: UUID) -> HttpResponseBase:
    """Show the letter that would go with this decision. A POST for its length; nothing is written."""
    get_object_or_404(Review, pk=review_id)
    form = LetterForm(request.POST)
    if not form.is_valid():
        return form_answer(form)
    preview, found = preview_letter(
        actor=staff_of(request),
        review_id=review_id,
        outcome=Outcome(form.cleaned_data["outcome"]),
        policies=form.cleaned_data["policies"],
        message=form.cleaned_data["message"],
        at=clock.now(),
    )
    context: dict[str, Any] = {"letter": preview, "leaks": found}
    if wants_json(request):
        return JsonResponse({"html": render_to_string("moderation/letter.html", context, request)})
    return house_page(request, "moderation/letter_page.html", title=_("The letter"), **context)
