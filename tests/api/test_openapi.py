"""The document that platforms' programmers build on: whole, and true."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from backoffice.platforms.api.problems import STATUSES
from tests.contract import document, faults, resolved
from tests.platforms import FULL_PROFILE
from tests.wrong_values import FULL_REQUEST

METHODS = {"get", "put", "post", "delete", "patch", "head", "options", "trace"}


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, item in document()["paths"].items()
        for method, operation in item.items()
    ]


def references(part: Any) -> list[str]:
    match part:
        case dict():
            own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
            own += part.get("discriminator", {}).get("mapping", {}).values()
            return own + [found for value in part.values() for found in references(value)]
        case list():
            return [found for value in part for found in references(value)]
    return []


class TestTheDocument:
    def test_is_there_for_anybody(self) -> None:
        answer = Client().get("/api/v1/openapi.json")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
        assert json.loads(answer.content) == document()

    def test_is_openapi_3_1(self) -> None:
        assert re.fullmatch(r"3\.1\.\d+", document()["openapi"])
        assert {"title", "version"} <= set(document()["info"])
        assert set(document()) <= {"openapi", "info", "paths", "components", "servers", "tags", "security"}

    def test_refers_to_nothing_that_is_not_there(self) -> None:
        found = set(references(document()))
        assert len(found) > 8
        for reference in found:
            assert isinstance(resolved(reference), dict)

    def test_has_no_two_operations_of_one_name(self) -> None:
        names = [operation["operationId"] for _path, _method, operation in operations()]
        assert len(names) == len(set(names))
        assert {method for _path, method, _operation in operations()} <= METHODS

    def test_describes_every_part_of_every_address(self) -> None:
        for path, method, operation in operations():
            given = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "path"}
            assert given == set(re.findall(r"\{(\w+)\}", path)), (path, method)
            assert all(one["required"] for one in operation["parameters"] if one["in"] == "path")
            assert all("schema" in one for one in operation["parameters"])

    def test_says_how_to_come_in_and_how_one_is_refused(self) -> None:
        schemes = document()["components"]["securitySchemes"]
        for path, method, operation in operations():
            (needed,) = operation["security"]
            assert set(needed) <= set(schemes), (path, method)
            told = {int(status) for status in operation["responses"]}
            assert told >= set(STATUSES), (path, method)
            assert told & {200, 201}
            assert operation["summary"]
            assert operation["description"]

    def test_describes_what_is_sent(self) -> None:
        for path, method, operation in operations():
            assert ("requestBody" in operation) == (method in {"put", "post"}), (path, method)

    @pytest.mark.parametrize(
        ("path", "body"),
        [
            ("profiles/{site}/{member_id}", {"revision": 1, **FULL_PROFILE}),
            ("help-requests/{site}/{request_id}", {"revision": 1, **FULL_REQUEST}),
        ],
    )
    def test_takes_what_the_api_takes(self, path: str, body: dict[str, Any]) -> None:
        described = document()["paths"][f"/api/v1/{path}"]["put"]["requestBody"]["content"]
        schema = described["application/json"]["schema"]
        assert faults(body, schema) == []
        assert schema["additionalProperties"] is False
        assert set(schema["properties"]) == set(body)
        for name in body:
            assert faults({**body, name: object}, schema) != []

    def test_takes_every_kind_of_line(self) -> None:
        described = document()["paths"]["/api/v1/records"]["post"]["requestBody"]["content"]
        schema = described["application/x-ndjson"]["schema"]
        place = {"site": "wehelpen.nl"}
        for line in (
            {"type": "profile", "member_id": "m-1", "revision": 1, **place, **FULL_PROFILE},
            {"type": "help_request", "request_id": "r-1", "revision": 1, **place, **FULL_REQUEST},
            {"type": "profile_closed", "member_id": "m-1", "revision": None, **place},
            {"type": "help_request_removed", "request_id": "r-1", "revision": 1, **place},
        ):
            assert faults(line, schema) == []
            assert faults({**line, "type": "letter"}, schema) != []


class TestTheComparer:
    """It would see an answer that is not as described."""

    RECEIPT = {"result": "created", "revision": 1, "review_id": None, "missing": ["email"]}

    def test_finds_nothing_wrong_with_what_is_right(self) -> None:
        assert faults(self.RECEIPT, {"$ref": "#/components/schemas/ReceiptOut"}) == []

    @pytest.mark.parametrize(
        "wrong",
        [
            {"result": "made"}, {"result": None}, {"revision": "1"}, {"revision": True}, {"review_id": "x"},
            {"missing": "email"}, {"missing": [1]}, {"more": 1},
        ],
    )  # fmt: skip
    def test_finds_what_is_wrong(self, wrong: dict[str, Any]) -> None:
        assert faults({**self.RECEIPT, **wrong}, {"$ref": "#/components/schemas/ReceiptOut"}) != []

    def test_finds_what_is_missing(self) -> None:
        del (receipt := dict(self.RECEIPT))["missing"]
        assert faults(receipt, {"$ref": "#/components/schemas/ReceiptOut"}) != []
