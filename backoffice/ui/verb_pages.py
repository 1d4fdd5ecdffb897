"""The pages of verbs (`backoffice.ui.verbs`), in the shell that lists and rows have."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from backoffice import clock
from backoffice.audit.history import HistoryModel
from backoffice.audit.meanwhile import ChangedMeanwhile, version_of
from backoffice.errors import DomainError
from backoffice.staff.policy import NotAllowed, Verdict, require
from backoffice.ui.forms import HouseForm, SeenForm
from backoffice.ui.history import versions_since
from backoffice.ui.pages import house_page, staff_of
from backoffice.ui.verbs import Done, Offer, Verb

NO_PERMISSION = "no_permission"


class Admin(Protocol):
    """What of an admin class the pages need."""

    admin_site: AdminSite
    opts: Any

    @property
    def verbs(self) -> Sequence[Verb[Any]]: ...
    def get_object(self, request: HttpRequest, object_id: str) -> Model | None: ...
    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool: ...


def verb_urls(admin: Admin) -> list[URLPattern]:
    """Return the addresses of an admin's verbs; they go before Django's own, which take anything."""
    return [
        path(
            f"{verb.name}/" if verb.makes else f"<str:object_id>/{verb.name}/",
            admin.admin_site.admin_view(_page(admin, verb)),
            name=_url_name(admin, verb),
        )
        for verb in admin.verbs
    ]


def offers(admin: Admin, request: HttpRequest, row: Model | None) -> list[Offer]:
    """Return the buttons for `row`, or those that make one when it is None."""
    user = staff_of(request)
    made = []
    for verb in admin.verbs:
        if verb.makes != (row is None) or verb.in_list:
            continue
        verdict = verb.verdict(user, row)
        if verdict.code not in verb.unfit:
            made.append(Offer(verb, verb_address(admin, verb, row), verdict))
    return made


def verb_address(admin: Admin, verb: Verb[Any], row: Model | None) -> str:
    """Return where the page of a verb is."""
    return reverse(f"admin:{_url_name(admin, verb)}", args=[] if row is None else [quote(row.pk)])


def _url_name(admin: Admin, verb: Verb[Any]) -> str:
    return f"{admin.opts.app_label}_{admin.opts.model_name}_{verb.name.replace('-', '_')}"


def _list_address(admin: Admin) -> str:
    return reverse(f"admin:{admin.opts.app_label}_{admin.opts.model_name}_changelist")


def _row_address(row: Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[quote(row.pk)])


@dataclass(frozen=True)
class _Asked:
    """A page of a verb as somebody opened it."""

    admin: Admin
    verb: Verb[Any]
    request: HttpRequest
    row: Model | None
    verdict: Verdict


def _page(admin: Admin, verb: Verb[Any]) -> Callable[..., HttpResponse]:
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, object_id: str = "") -> HttpResponse:
        row = None if verb.makes else admin.get_object(request, unquote(object_id))
        if row is None and not verb.makes:
            raise Http404
        verdict = verb.verdict(staff_of(request), row)
        if not admin.has_view_permission(request, row) or verdict.code == NO_PERMISSION:
            raise PermissionDenied(str(verdict.message))
        asked = _Asked(admin, verb, request, row, verdict)
        return _perform(asked) if request.method == "POST" else _show(asked, verb.form(row, None))

    return view


def _perform(asked: _Asked) -> HttpResponse:
    verb, row = asked.verb, asked.row
    form = verb.form(row, asked.request.POST)
    if not form.is_valid():
        return _show(asked, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        require(asked.verdict)
        done = verb.perform(actor=staff_of(asked.request), row=row, given=form.cleaned_data, at=clock.now())
    except DomainError as refusal:
        form.refuse(refusal)
        more = _meanwhile(form, row) if isinstance(refusal, ChangedMeanwhile) else {}
        return _show(asked, form, status=_status_of(refusal), **more)
    return _answer(asked, done)


def _status_of(refusal: DomainError) -> HTTPStatus:
    match refusal:
        case ChangedMeanwhile():
            return HTTPStatus.CONFLICT
        case NotAllowed():
            return HTTPStatus.FORBIDDEN
    return HTTPStatus.UNPROCESSABLE_ENTITY


def _meanwhile(form: HouseForm, row: Model | None) -> dict[str, Any]:
    """Show what somebody else changed, and let the next attempt go over it."""
    if not isinstance(form, SeenForm) or not isinstance(row, HistoryModel):
        return {}
    seen = form.cleaned_data["seen"]
    form.look_again(version_of(row))
    return {"meanwhile": versions_since(row, seen=seen)}


def _show(asked: _Asked, form: HouseForm, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
    admin, verb, row = asked.admin, asked.verb, asked.row
    if asked.verdict:
        form.point()
    context = {
        "subtitle": verb.label,
        "opts": admin.opts,
        "original": row,
        "verb": verb,
        "verdict": asked.verdict,
        "form": form,
        "back": _list_address(admin) if row is None else _row_address(row),
        **verb.context(row),
        **more,
    }
    title = verb.label if row is None else str(row)
    return house_page(asked.request, verb.template, title=title, status=status, **context)


def _answer(asked: _Asked, done: Done) -> HttpResponse:
    row = done.row or asked.row
    onward = _list_address(asked.admin) if done.to_list or row is None else _row_address(row)
    onward += f"#{done.place}" if done.place else ""
    if done.shown is None:
        messages.success(asked.request, str(done.said))
        response = HttpResponseRedirect(onward)
        response.status_code = HTTPStatus.SEE_OTHER
        return response
    context = {"opts": asked.admin.opts, "original": row, "done": done, "onward": onward}
    return house_page(asked.request, "ui/shown_once.html", title=str(row or done.said), **context)
