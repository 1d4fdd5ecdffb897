"""A platform that talks to our API, for tests. Every answer is held against the OpenAPI document."""

import json
from typing import Any

from django.test import Client

from tests import contract

JSON = "application/json"


class Platform:
    """Sends what a platform sends, with its key."""

    def __init__(self, secret: str, *, site: str = "wehelpen.nl") -> None:
        self.client = Client(raise_request_exception=False)
        self.site = site
        self.headers = {"Authorization": f"Bearer {secret}"}

    def send(self, method: str, path: str, content: Any = b"", **options: Any) -> Any:
        address = f"/api/v1/{path}"
        headers = {**self.headers, **options.pop("headers", {})}
        answer = getattr(self.client, method)(address, content, headers=headers, **options)
        contract.check(method, address, answer)
        return answer

    def put(self, path: str, body: Any, *, content_type: str = JSON, **headers: str) -> Any:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.send("put", path, content, content_type=content_type, headers=headers)

    def profile(self, member_id: str = "m-1", /, **body: Any) -> Any:
        return self.put(f"profiles/{self.site}/{member_id}", {"revision": 1, **body})

    def help_request(self, request_id: str = "r-1", /, **body: Any) -> Any:
        return self.put(
            f"help-requests/{self.site}/{request_id}",
            {
                "revision": 1,
                "member_id": "m-1",
                "kind": "request",
                "title": "Wie helpt met de tuin?",
                "text": "Er moet gesnoeid worden.",
                **body,
            },
        )

    def photo(
        self,
        content: bytes,
        member_id: str = "m-1",
        *,
        query: str = "",
        content_type: str = "application/octet-stream",
    ) -> Any:
        path = f"profiles/{self.site}/{member_id}/photo{query}"
        return self.put(path, content, content_type=content_type)

    def get(self, path: str, query: dict[str, Any] | None = None) -> Any:
        return self.send("get", path, query)

    def delete(self, path: str) -> Any:
        return self.send("delete", path)

    def records(self, lines: list[Any], *, content_type: str = "application/x-ndjson") -> Any:
        content = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
        return self.send("post", "records", content, content_type=content_type)


def lines_of(answer: Any) -> list[dict[str, Any]]:
    """The answers in an answer to many records."""
    assert answer.status_code == 200, answer.content[:500]
    return [json.loads(line) for line in answer.content.splitlines()]


FULL_PROFILE: dict[str, Any] = {
    "salutation": "mevrouw",
    "first_name": "Anneke",
    "infix": "de",
    "last_name": "Boer",
    "birth_date": "1971-02-28",
    "postcode": "8011 AB",
    "place": "Zwolle",
    "email": "anneke@voorbeeld.nl",
    "phone": "038 1234567",
    "about": "Ik doe graag boodschappen voor een ander.",
    "keywords": ["boodschappen", "tuin"],
    "member_since": "2024-01-15",
    "via_facebook": False,
    "visible": True,
    "wants_mail": True,
}
