"""Answers to the desk's script, and to a browser without it: the same refusal in two forms."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse

from backoffice.errors import DomainError
from backoffice.staff.policy import NotAllowed, Verdict
from moderation.services.closing import SubjectMoved
from moderation.services.leases import HeldByOther, LeaseLost, ReviewClosed
from moderation.services.letters import LetterGivesAway

FRAGMENT = {"Vary": "Accept"}
OVERTAKEN = (SubjectMoved, LeaseLost, ReviewClosed, HeldByOther)
"""Refusals because somebody was first: 409."""


def wants_json(request: HttpRequest) -> bool:
    """Return whether the page's script asks."""
    return request.headers.get("Accept") == "application/json"


def status_of(refusal: DomainError) -> HTTPStatus:
    """Return the status that goes with a refusal."""
    if isinstance(refusal, OVERTAKEN):
        return HTTPStatus.CONFLICT
    return HTTPStatus.FORBIDDEN if isinstance(refusal, NotAllowed) else HTTPStatus.UNPROCESSABLE_ENTITY


def refuse(request: HttpRequest, verdict: Verdict) -> JsonResponse:
    """Answer a no of the policy to a script; raise PermissionDenied for a page."""
    if not wants_json(request):
        raise PermissionDenied(str(verdict.message))
    return JsonResponse({"code": verdict.code, "message": str(verdict.message)}, status=HTTPStatus.FORBIDDEN)


def refusal_answer(refusal: DomainError, **more: object) -> JsonResponse:
    """Return a refusal as the script takes it."""
    message = refusal.at_the_desk if isinstance(refusal, LetterGivesAway) else str(refusal.message)
    told = {"code": refusal.code, "message": message, "field": refusal.field, **more}
    return JsonResponse(told, status=status_of(refusal))


def form_answer(form: Form) -> JsonResponse:
    """Return what is wrong with what was filled in, the first of it."""
    field, faults = next(iter(form.errors.items()))
    return JsonResponse(
        {"code": "invalid", "message": str(faults[0]), "field": str(field)},
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
    )


def see_other(request: HttpRequest, address: str, *, refusal: DomainError | None = None) -> HttpResponse:
    """Send a browser on after a POST, with the refusal on the next page when there is one."""
    if refusal is not None:
        messages.error(request, str(refusal.message))
    response = HttpResponseRedirect(address)
    response.status_code = HTTPStatus.SEE_OTHER
    return response
