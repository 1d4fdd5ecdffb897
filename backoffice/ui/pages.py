"""Pages of our own inside the shell that Unfold gives: who may open one, and how it is drawn."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.functional import Promise

from backoffice.staff.models import User
from backoffice.staff.permissions import Permission
from backoffice.staff.policy import may

P = ParamSpec("P")


def house_page(
    request: HttpRequest, template: str, *, title: str | Promise, status: int = 200, **context: Any
) -> TemplateResponse:
    """Return a page in the shell (its template extends `admin/base_site.html`)."""
    shell = admin.site.each_context(request)
    return TemplateResponse(request, template, {**shell, "title": title, **context}, status=status)


def staff_page(
    *permissions: Permission,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Open a view to active staff who hold one of `permissions`.

    Who is not signed in goes to the login page (401 when a script asks); who may not, gets a 403.
    """

    def wrap(
        view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not (request.user.is_active and request.user.is_staff):
                if request.headers.get("Accept") == "application/json":
                    return HttpResponse(status=401)
                return redirect_to_login(request.get_full_path())
            if not any(may(request.user, permission) for permission in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return opened

    return wrap


def staff_of(request: HttpRequest) -> User:
    """Return the member of staff of a request that `staff_page` let in."""
    assert isinstance(request.user, User)
    return request.user
