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


def decisions_to_undo(answer: dict[str, Any]) -> list[str]:
    """Return the decisions that the page offers to take back, the latest first."""
    return re.findall(r'action="/decisions/([0-9a-f-]+)/undo/"', answer["done"])


def _number(html: str, name: str) -> str:
    found = re.search(rf'data-{name}="(\d+)"', html)
    assert found
    return found[1]


class Desk:
    """The desk of one queue, at which somebody can sign in."""

    def __init__(self, client: httpx.Client, *, queue: str) -> None:
        self.client = client
        self.queue = queue

    def sign_in(self, username: str, password: str) -> None:
        """Sign in as people do, by the form."""
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

    def decide(
        self, item: Item, *, outcome: str = "approve", ahead: Item | None = None, **fields: str
    ) -> dict[str, Any]:
        """Decide `item` and go on: to `ahead` when that was fetched, else to what the answer brings."""
        given = {"epoch": item.epoch, "version": item.version, "outcome": outcome, **fields}
        if ahead:
            given |= {"ahead": ahead.id, "ahead_epoch": ahead.epoch, "ahead_version": ahead.version}
        return self._post(f"/reviews/{item.id}/decide/", **given)

    def undo(self, decision_id: str) -> dict[str, Any]:
        """Take a decision back; its item is in the answer."""
        return self._post(f"/decisions/{decision_id}/undo/")

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
