"""A moderator at the desk over HTTP: the requests that the page's script makes."""

import re
from dataclasses import dataclass
from typing import Any, Self

import httpx


@dataclass(frozen=True)
class Item:
    """What the script keeps of an item: which, under which lease, which version."""

    id: str
    epoch: str
    version: str

    @classmethod
    def of(cls, answer: dict[str, Any]) -> Self:
        """Read it from the HTML, as the script does."""
        html = answer["html"]
        return cls(answer["id"], _number(html, "epoch"), _number(html, "version"))


def _number(html: str, name: str) -> str:
    found = re.search(rf'data-{name}="(\d+)"', html)
    assert found
    return found[1]


class Desk:
    """Somebody who is signed in, at the desk of one queue."""

    def __init__(self, address: str, *, username: str, password: str, queue: str) -> None:
        self.queue = queue
        self.client = httpx.Client(base_url=address, timeout=60)
        self.client.get("/login/")
        signed_in = self.client.post(
            "/login/?next=/",
            data={"username": username, "password": password, "csrfmiddlewaretoken": self._token},
        )
        assert signed_in.status_code == httpx.codes.FOUND, "signing in failed"

    def next(self) -> Item:
        """Begin: take the first item in hand."""
        return Item.of(self._post(f"/queues/{self.queue}/next/")["item"])

    def fetch_ahead(self, current: Item) -> Item:
        """Have the item after `current` taken in hand and sent."""
        return Item.of(self._post(f"/queues/{self.queue}/ahead/", ahead=current.id)["item"])

    def approve(self, item: Item, *, ahead: Item | None = None) -> dict[str, Any]:
        """Approve `item` and go on: to `ahead` when that was fetched, else to what the answer brings."""
        given = {"epoch": item.epoch, "version": item.version, "outcome": "approve"}
        if ahead:
            given |= {"ahead": ahead.id, "ahead_epoch": ahead.epoch, "ahead_version": ahead.version}
        return self._post(f"/reviews/{item.id}/decide/", **given)

    @property
    def _token(self) -> str:
        return self.client.cookies["csrftoken"]

    def _post(self, path: str, **fields: str) -> dict[str, Any]:
        form = {"csrfmiddlewaretoken": self._token, **fields}
        response = self.client.post(
            path,
            files={name: (None, value) for name, value in form.items()},  # multipart, as a FormData is sent
            headers={"Accept": "application/json", "X-CSRFToken": self._token},
        )
        response.raise_for_status()
        answer: dict[str, Any] = response.json()
        return answer
