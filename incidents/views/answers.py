"""Sending a browser on after a POST."""

from http import HTTPStatus

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from backoffice.errors import DomainError


def see_other(request: HttpRequest, address: str, *, refusal: DomainError | None = None) -> HttpResponse:
    """Send a browser on, with the refusal on the next page when there is one."""
    if refusal is not None:
        messages.error(request, str(refusal.message))
    response = HttpResponseRedirect(address)
    response.status_code = HTTPStatus.SEE_OTHER
    return response


def say_first_fault(request: HttpRequest, form: BaseForm) -> None:
    """Put the first thing that is wrong with a form on the next page."""
    messages.error(request, str(next(iter(form.errors.values()))[0]))
