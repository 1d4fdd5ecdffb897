"""Does the API answer as its OpenAPI document says? Asked of every answer that a test's platform gets."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from backoffice.api import describe

PROBLEM = "application/problem+json"
_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}
_FORMATS: dict[str, Callable[[str], object]] = {"uuid": UUID, "date-time": datetime.fromisoformat}


@cache
def document() -> dict[str, Any]:
    """The document, as anybody can read it at /api/v1/openapi.json."""
    return describe()


def resolved(reference: str) -> Any:
    """What a reference in the document points at. Raises KeyError for one that points nowhere."""
    assert reference.startswith("#/"), reference
    found: Any = document()
    for part in reference[2:].split("/"):
        found = found[part]
    return found


def faults(value: Any, schema: dict[str, Any], *, at: str = "$") -> list[str]:
    """Where `value` differs from a JSON schema, in as much of the standard as our document uses."""
    if "$ref" in schema:
        return faults(value, resolved(schema["$ref"]), at=at)
    if "type" in schema and not _has_type(value, schema["type"]):
        return [f"{at} is no {schema['type']}"]
    found = _faults_of_choices(value, schema, at)
    match value:
        case str():
            found += _faults_of_text(value, schema, at)
        case int() | float():
            found += _faults_of_number(value, schema, at)
        case list():
            for place, item in enumerate(value):
                found += faults(item, schema.get("items", {}), at=f"{at}[{place}]")
        case dict():
            found += _faults_of_object(value, schema, at)
    return found


def _faults_of_choices(value: Any, schema: dict[str, Any], at: str) -> list[str]:
    found = []
    for kind, fits in (("anyOf", 1), ("oneOf", 1), ("allOf", len(schema.get("allOf", ())))):
        if kind in schema and sum(not faults(value, one, at=at) for one in schema[kind]) < fits:
            found.append(f"{at} fits not {kind}")
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        found.append(f"{at} is none of what it may be")
    return found


def _has_type(value: Any, names: str | list[str]) -> bool:
    wanted = [names] if isinstance(names, str) else names
    if isinstance(value, bool):
        return "boolean" in wanted
    return isinstance(value, tuple(kind for name in wanted for kind in _TYPES[name]))


def _faults_of_number(value: float, schema: dict[str, Any], at: str) -> list[str]:
    fits = schema.get("minimum", value) <= value <= schema.get("maximum", value)
    return [] if fits else [f"{at} is too small or too large"]


def _faults_of_text(value: str, schema: dict[str, Any], at: str) -> list[str]:
    if (form := _FORMATS.get(schema.get("format", ""))) is not None:
        try:
            form(value)
        except ValueError:
            return [f"{at} is no {schema['format']}"]
    if "pattern" in schema and not re.search(schema["pattern"], value):
        return [f"{at} does not match"]
    return []


def _faults_of_object(value: dict[str, Any], schema: dict[str, Any], at: str) -> list[str]:
    properties = schema.get("properties", {})
    found = [f"{at}.{name} is missing" for name in schema.get("required", ()) if name not in value]
    if properties:  # what is told and not described, nobody can rely on
        found += [f"{at}.{name} is not described" for name in value if name not in properties]
    for name, one in properties.items():
        if name in value:
            found += faults(value[name], one, at=f"{at}.{name}")
    return found


def check(method: str, path: str, answer: Any) -> None:
    """Assert that an answer is one that the document describes for this method and address."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    told = answer.content
    described = _operation(method, path)
    if described is None:  # no such address, or not with that method
        assert answer.status_code in {404, 405}, (method, path, answer.status_code)
        assert kind == PROBLEM
        assert faults(json.loads(told), {"$ref": "#/components/schemas/Problem"}) == []
        return
    response = described["responses"].get(str(answer.status_code))
    assert response, f"{method} {path} answered {answer.status_code}, which is not described"
    assert kind in response["content"], f"{method} {path} answered {kind}"
    bodies = told.splitlines() if kind == "application/x-ndjson" else [told]
    for body in bodies:
        wrong = faults(json.loads(body), response["content"][kind]["schema"])
        assert wrong == [], (method, path, wrong, body[:500])


def _operation(method: str, path: str) -> dict[str, Any] | None:
    for template, operations in document()["paths"].items():
        pattern = re.sub(r"\{[a-z_]+\}", "[^/]+", template)
        if re.fullmatch(pattern, path.partition("?")[0]):
            operation: dict[str, Any] | None = operations.get(method.lower())
            return operation
    return None
