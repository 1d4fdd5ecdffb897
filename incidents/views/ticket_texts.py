"""Keeping the standard answers."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backoffice import clock
from backoffice.audit.meanwhile import ChangedMeanwhile, version_of
from backoffice.errors import DomainError
from backoffice.staff.permissions import Permission
from backoffice.ui.pages import house_page, staff_of, staff_page
from incidents.forms.tickets import ChangeStandardAnswerForm, StandardAnswerForm
from incidents.models import StandardAnswer
from incidents.services.ticket_texts import add_answer, change_answer, use_answer
from incidents.views.answers import see_other


@staff_page(Permission.MANAGE_STANDARD_TEXTS)
@require_safe
def answers(request: HttpRequest) -> HttpResponseBase:
    """Show the standard answers, those in use first."""
    every = StandardAnswer.objects.order_by("-active", "title")
    return house_page(request, "incidents/tickets/answers.html", title=_("Standard answers"), answers=every)


@staff_page(Permission.MANAGE_STANDARD_TEXTS)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponseBase:
    """Write a new one."""
    form = StandardAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_answer(actor=staff_of(request), at=clock.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return see_other(request, reverse("incidents:standard-answers"))
    return _form(request, form, _("New standard answer"))


@staff_page(Permission.MANAGE_STANDARD_TEXTS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, answer_id: int) -> HttpResponseBase:
    """Change one; what was sent with it stays as it was."""
    found = get_object_or_404(StandardAnswer, pk=answer_id)
    now = {"title": found.title, "kind": found.kind, "body": found.body, "seen": version_of(found)}
    form = ChangeStandardAnswerForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            change_answer(actor=staff_of(request), answer_id=answer_id, at=clock.now(), **form.cleaned_data)
        except ChangedMeanwhile as refusal:
            form.look_again(version_of(found))
            form.refuse(refusal)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return see_other(request, reverse("incidents:standard-answers"))
    return _form(request, form, found.title)


@staff_page(Permission.MANAGE_STANDARD_TEXTS)
@require_POST
def use(request: HttpRequest, answer_id: int) -> HttpResponseBase:
    """Offer one no longer, or again."""
    get_object_or_404(StandardAnswer, pk=answer_id)
    address = reverse("incidents:standard-answers")
    try:
        use_answer(
            actor=staff_of(request), answer_id=answer_id, active="active" in request.POST, at=clock.now()
        )
    except DomainError as refusal:
        return see_other(request, address, refusal=refusal)
    return see_other(request, address)


def _form(request: HttpRequest, form: StandardAnswerForm, title: str) -> HttpResponseBase:
    form.point()
    status = 422 if form.is_bound else 200
    return house_page(request, "incidents/tickets/answer_form.html", title=title, form=form, status=status)
