"""Every request says who is acting, and has an id."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from backoffice.audit.acting import acting_as, new_id


def acting_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Let the signed-in member of staff act; anybody else writes nothing that has a history."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        with acting_as(request.user, request_id=new_id()):
            return get_response(request)

    return middleware
