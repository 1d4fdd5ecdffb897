"""Somebody at the desk, through the test client."""

from typing import Any

import pytest
from django.test import Client

from backoffice.staff.models import User


class Desk:
    """What the page's script sends, and what it gets."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.client = Client(headers={"Accept": "application/json"})
        self.client.force_login(user)
        self.browser = Client()
        self.browser.force_login(user)

    def post(self, path: str, **fields: Any) -> Any:
        return self.client.post(path, fields)

    def get(self, path: str) -> Any:
        return self.client.get(path)

    def next(self, queue: str = "help-requests", **fields: Any) -> dict[str, Any]:
        return dict(self.post(f"/queues/{queue}/next/", **fields).json())

    def do(self, verb: str, review: Any, **fields: Any) -> Any:
        lease = getattr(review, "lease", None)
        given = {"epoch": lease.epoch if lease else 0, "version": review.version, **fields}
        return self.post(f"/reviews/{review.pk}/{verb}/", **given)


@pytest.fixture
def desk(moderator: User) -> Desk:
    return Desk(moderator)
