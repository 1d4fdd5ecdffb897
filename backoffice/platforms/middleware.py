"""Everything under /api/ answers in problem details, also what never reached an operation."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from backoffice.platforms.api.problems import CONTENT_TYPE, STATUSES, answer, problem

_DETAILS = {
    400: "The request cannot be read.",
    404: "There is nothing here.",
    405: "This address does not know that method.",
}


def problem_middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Turn every bare refusal under /api/ into a problem; its `Allow` header stays."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if (
            response.status_code < HTTPStatus.BAD_REQUEST
            or not request.path_info.startswith("/api/")
            or response.headers.get("Content-Type") in {CONTENT_TYPE, "application/x-ndjson"}
        ):
            return response
        status = response.status_code if response.status_code in STATUSES else 400
        told: HttpResponse = answer(problem(status, _DETAILS.get(status, HTTPStatus(status).description)))
        if "Allow" in response.headers:
            told.headers["Allow"] = response.headers["Allow"]
        return told

    return middleware
