"""What a browser sees when something cannot be shown: in the shell, in words, with a way on."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backoffice.ui.pages import house_page


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer 404."""
    return _page(
        request,
        HTTPStatus.NOT_FOUND,
        title=_("Not found"),
        words=_("This page is not here, or no longer: an account may have been closed since."),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403, with the reason of the policy when it gave one."""
    return _page(
        request,
        HTTPStatus.FORBIDDEN,
        title=_("Not for your role"),
        words=str(exception) or _("Your role does not open this page. Ask a coordinator if you need it."),
    )


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer 403 to a form whose token is wrong: nearly always a page from before signing in again."""
    return _page(
        request,
        HTTPStatus.FORBIDDEN,
        title=_("This page is too old"),
        words=_("Go back, load the page again and repeat what you did. Nothing was changed."),
    )


def _page(
    request: HttpRequest, status: HTTPStatus, *, title: str | Promise, words: str | Promise
) -> HttpResponse:
    return house_page(request, "ui/error.html", title=title, words=words, status=status).render()
