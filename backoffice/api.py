"""The root of /api/v1. Routers of apps are named by string: the ground floor imports nothing above it."""

import json
from typing import Any

import pydantic
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, re_path
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from backoffice.errors import DomainError
from backoffice.platforms.api import problems

ROUTERS = (
    "moderation.api.profiles.router",
    "moderation.api.help_requests.router",
    "moderation.api.records.router",
    "moderation.api.decisions.router",
    "moderation.api.appeals.router",
    "incidents.api.contacts.router",
)
PREFIX = "/api/v1/"


api = NinjaAPI(
    title="WeHelpen back-office",
    version="1",
    description="Records go in, decisions come out. Every refusal is a problem detail (RFC 9457).",
    docs_url=None,  # ninja's page loads its scripts from elsewhere
    openapi_url=None,  # ours, below, tells of the refusals too
    urls_namespace="api",
)
for _router in ROUTERS:
    api.add_router("", _router)
_HANDLERS: dict[type[Exception], Any] = {
    problems.Refused: problems.on_refused,
    DomainError: problems.on_domain_error,
    pydantic.ValidationError: problems.on_validation_error,
    ValidationError: problems.on_ninja_validation_error,
    HttpError: problems.on_http_error,
    Http404: problems.on_not_found,
    SuspiciousOperation: problems.on_suspicious,
    Exception: problems.on_crash,
}
for _kind, _handler in _HANDLERS.items():
    api.add_exception_handler(_kind, _handler)


def describe() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document, with every refusal an operation may answer."""
    document: dict[str, Any] = json.loads(
        json.dumps(OpenAPISchema(api, PREFIX.strip("/") + "/"), default=str)
    )
    schemas: dict[str, Any] = document["components"].setdefault("schemas", {})
    document["paths"] = _with_shared_schemas(document["paths"], schemas)
    schemas["Problem"] = _with_shared_schemas(problems.Problem.model_json_schema(), schemas)
    refusal = {problems.CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in document["paths"].values():
        for operation in operations.values():
            for status in problems.STATUSES:
                phrase = problems.problem(status, "").title
                operation["responses"][str(status)] = {"description": phrase, "content": refusal}
    return document


def _with_shared_schemas(part: Any, schemas: dict[str, Any]) -> Any:
    """Return `part` of the document with the definitions inside it moved to `schemas`.

    pydantic defines what a schema refers to inside that schema; a reference begins at the document's root.
    """
    match part:
        case dict():
            for name, schema in part.get("$defs", {}).items():
                schemas[name] = _with_shared_schemas(schema, schemas)
            return {
                name: _with_shared_schemas(value, schemas) for name, value in part.items() if name != "$defs"
            }
        case list():
            return [_with_shared_schemas(value, schemas) for value in part]
        case str() if part.startswith("#/$defs/"):
            return part.replace("#/$defs/", "#/components/schemas/")
    return part


def openapi(_request: HttpRequest) -> HttpResponse:
    """Answer the description of this API. Anybody may read it: it holds no secret."""
    return HttpResponse(json.dumps(describe()), content_type="application/json")


def nothing_here(_request: HttpRequest, _path: str) -> HttpResponse:
    """Answer for every other address here: a platform is not sent to the pages where people sign in."""
    raise Http404


urlpatterns = [
    path("v1/openapi.json", openapi, name="openapi"),
    path("v1/", api.urls),
    re_path(r"^(.*)$", nothing_here),
]
