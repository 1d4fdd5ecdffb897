"""Refusals of the API: problem details (RFC 9457) that name the field and repeat no value.

The API speaks English: it is read by the platforms' programmers.
"""

from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any

import pydantic
import structlog
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import override
from ninja import Schema
from ninja.errors import HttpError
from ninja.errors import ValidationError as NinjaValidationError
from pydantic_core import ErrorDetails

from backoffice.errors import DomainError

logger = structlog.get_logger(__name__)

CONTENT_TYPE = "application/problem+json"
STATUSES = (400, 401, 403, 404, 405, 411, 413, 415, 422, 429, 500)
"""What any operation may answer besides its results."""


class FieldProblem(Schema):
    """What is wrong with one field; `field` is empty when it is about the whole."""

    field: str
    code: str
    message: str


class Problem(Schema):
    """A refusal: nothing was changed."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []


class Refused(Exception):
    """Carries a problem, and headers for its answer, to whoever answers."""

    def __init__(self, problem: Problem, headers: dict[str, str] | None = None) -> None:
        super().__init__(problem.title)
        self.problem = problem
        self.headers = headers or {}


def problem(status: int, detail: str, *, errors: Sequence[FieldProblem] = (), code: str = "") -> Problem:
    """Return a problem of that status; `code` makes its `type` more precise than the status."""
    return Problem(
        type=f"urn:wehelpen:problem:{code}" if code else "about:blank",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        errors=list(errors),
    )


def refused(status: int, detail: str, *, code: str = "", headers: dict[str, str] | None = None) -> Refused:
    """Return an exception for a refusal that is not about a field."""
    return Refused(problem(status, detail, code=code), headers)


def problem_of(refusal: DomainError, *, status: int = 422) -> Problem:
    """Return the problem that tells of a service's refusal, in its own words."""
    with override("en"):
        message = str(refusal.message)
    error = FieldProblem(field=refusal.field, code=refusal.code, message=message)
    return problem(status, message, errors=[error] if refusal.field else [], code=refusal.code)


_PLAIN_MESSAGES = {
    "extra_forbidden": "This field is not known.",
    "missing": "This field is required.",
    "union_tag_invalid": "This type of record is not known.",
    "union_tag_not_found": "This field is required.",
}
_SAFE_TYPES = frozenset(
    {
        "string_type", "string_too_short", "string_too_long", "string_pattern_mismatch", "int_type",
        "int_from_float", "bool_type", "list_type", "too_long", "too_short", "date_type", "date_parsing",
        "datetime_type", "datetime_parsing", "date_from_datetime_parsing", "timezone_aware",
        "greater_than_equal", "less_than_equal", "literal_error", "model_type", "model_attributes_type",
        "dict_type",
    }
)  # fmt: skip
"""Kinds of errors of pydantic whose own words hold nothing of the input."""


MOST_ERRORS = 50
"""So many fields are named in one problem at most."""


def field_problems(errors: Iterable[ErrorDetails], *, within: int = 0) -> list[FieldProblem]:
    """Return what pydantic found, one for each field, without anything of what was sent.

    `within`: so many parts of an error's place stand before the name of the field.
    """
    found: dict[str, FieldProblem] = {}
    for error in errors:
        if len(found) == MOST_ERRORS:
            break
        kind = error["type"]
        field = _field(error, within)
        cause = error.get("ctx", {}).get("error")
        if isinstance(cause, DomainError):
            told = FieldProblem(field=cause.field or field, code=cause.code, message=str(cause.message))
        elif kind == "value_error":
            told = FieldProblem(field=field, code="invalid", message=str(cause))
        else:
            message = _PLAIN_MESSAGES.get(kind) or (
                f"{error['msg']}." if kind in _SAFE_TYPES else "This value is not valid."
            )
            told = FieldProblem(field=field, code=kind, message=message)
        found.setdefault(told.field, told)
    return list(found.values())


def _field(error: ErrorDetails, within: int) -> str:
    if error["type"].startswith("union_tag"):
        return "type"
    names = [part for part in error["loc"][within:] if isinstance(part, str)]
    return known_name(names[-1] if error["type"] == "extra_forbidden" and names else next(iter(names), ""))


def known_name(name: str) -> str:
    """Return the name of a field when it looks like one of ours, else nothing: it may hold anything."""
    ours = name.isascii() and name.replace("_", "").isalnum() and name == name.lower()
    return name if ours and len(name) <= 40 else ""  # noqa: PLR2004 - ours are shorter


def problem_of_validation(error: pydantic.ValidationError, *, within: int = 0) -> Problem:
    """Return the problem for input that does not fit: 400 when it is no JSON at all, else 422.

    `within`: as in `field_problems`.
    """
    details = error.errors(include_url=False, include_input=False)
    if any(detail["type"] == "json_invalid" for detail in details):
        return problem(400, "The body is not valid JSON in UTF-8, or is nested too deeply.", code="json")
    return problem(
        422,
        "Some fields are not valid. Nothing was changed.",
        errors=field_problems(details, within=within),
        code="fields",
    )


def answer(told: Problem, headers: dict[str, str] | None = None) -> HttpResponse:
    """Return the response that carries a problem."""
    return JsonResponse(told.dict(), status=told.status, content_type=CONTENT_TYPE, headers=headers)


def on_refused(_request: HttpRequest, error: Refused) -> HttpResponse:
    return answer(error.problem, error.headers)


def on_domain_error(_request: HttpRequest, error: DomainError) -> HttpResponse:
    return answer(problem_of(error))


def on_validation_error(_request: HttpRequest, error: pydantic.ValidationError) -> HttpResponse:
    return answer(problem_of_validation(error))


def on_ninja_validation_error(_request: HttpRequest, error: NinjaValidationError) -> HttpResponse:
    """Tell of parameters in the address. Their place (`path`, `query`) is dropped, the name stays."""
    errors: list[Any] = error.errors
    return answer(
        problem(422, "Some parameters are not valid.", errors=field_problems(errors, within=1), code="fields")
    )


def on_http_error(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return answer(problem(error.status_code, str(error)))


def on_suspicious(_request: HttpRequest, _error: SuspiciousOperation) -> HttpResponse:
    return answer(problem(400, "The request cannot be read."))


def on_not_found(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return answer(problem(404, "There is nothing here."))


def on_crash(_request: HttpRequest, error: Exception) -> HttpResponse:
    """Tell that it is our fault; the log says what it was, without what was sent."""
    logger.error("api.crashed", error=type(error).__name__, exc_info=error)
    return answer(problem(500, "Something went wrong on our side. Send it again later."))
