"""The root of /api/v1. Routers of apps are named by string: the ground floor imports nothing above it."""

import json
from typing import Any

import pydantic
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
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
    Exception: problems.on_crash,
}
for _kind, _handler in _HANDLERS.items():
    api.add_exception_handler(_kind, _handler)


def describe() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document, with every refusal an operation may answer."""
    document: dict[str, Any] = json.loads(
        json.dumps(OpenAPISchema(api, PREFIX.strip("/") + "/"), default=str)
    )
    schemas = document["components"].setdefault("schemas", {})
    told = problems.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(told.pop("$defs"))
    schemas["Problem"] = told
    refusal = {problems.CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in document["paths"].values():
        for operation in operations.values():
            for status in problems.STATUSES:
                phrase = problems.problem(status, "").title
                operation["responses"][str(status)] = {"description": phrase, "content": refusal}
    return document


def openapi(_request: HttpRequest) -> HttpResponse:
    """Answer the description of this API. Anybody may read it: it holds no secret."""
    return HttpResponse(json.dumps(describe()), content_type="application/json")


urlpatterns = [path("v1/openapi.json", openapi, name="openapi"), path("v1/", api.urls)]
