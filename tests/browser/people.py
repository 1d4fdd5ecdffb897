"""Somebody at a browser of their own, doing what people do."""

import re
import time
from collections.abc import Callable
from typing import Any, Self

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from backoffice.staff.models import User

EXPECTED = re.compile("Failed to load resource: (the server responded with a status of|net::ERR_)")
"""What Chromium itself writes down of an answer that a journey asks for: 403, 404, 409, 422."""

ITEM = "#desk-item[data-id]:not([data-settling])"


class Person:
    """A member of staff at the screen. `faults` is what no page may do."""

    def __init__(self, user: User, context: BrowserContext, address: str) -> None:
        self.user = user
        self.context = context
        self.address = address
        self.faults: list[str] = []
        self.loads = 0
        context.on("page", self._watch)
        self.page: Page = context.new_page()

    def _watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self._heard(said.type, said.text))
        page.on("request", lambda asked: self._asked(asked.url))
        page.on("load", lambda _page: self._loaded())

    def _heard(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not EXPECTED.match(text):
            self.faults.append(f"{kind}: {text}")

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:", "about:")):
            self.faults.append(f"asked {url}")

    def _loaded(self) -> None:
        self.loads += 1

    # Coming in ------------------------------------------------------------------------------

    def comes_in(self) -> Self:
        """Be signed in already."""
        client = Client()
        client.force_login(self.user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        self.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])
        return self

    def opens(self, path: str) -> Self:
        self.page.goto(self.address + path)
        if self.page.locator("#desk").count():
            expect(self.page.locator("#desk.is-live")).to_be_attached()
        return self

    def begins(self, queue: str = "help-requests") -> Self:
        """Take the first item of a queue in hand, at its desk."""
        self.opens(f"/queues/{queue}/desk/").presses("Enter")
        self.has_an_item()
        return self

    # Doing ----------------------------------------------------------------------------------

    def presses(self, *keys: str) -> Self:
        self.page.wait_for_load_state()  # the scripts that hear keys have run by then
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def has_an_item(self) -> str:
        """Wait until an item is there and can be decided; return its key."""
        expect(self.page.locator(ITEM)).to_be_visible()
        key = self.page.locator(ITEM).get_attribute("data-id")
        assert key
        return key

    def goes_on(self, *keys: str) -> str:
        """Press keys, wait for another item or the end of the queue; return the key of the one before."""
        before = self.has_an_item()
        self.presses(*keys)
        expect(
            self.page.locator(f'#desk-item:not([data-id="{before}"]):not([data-settling])')
        ).to_be_visible()
        return before

    def holds_up(self, address: str, then: Callable[[Route], None], *, times: int | None = None) -> None:
        """Let what the page asks of `address` (a part of it) meet with something, so many times."""
        self.page.route(re.compile(re.escape(address)), then, times=times)

    # Seeing ---------------------------------------------------------------------------------

    def sees(self, words: str) -> Locator:
        found = self.page.get_by_text(words).first
        expect(found).to_be_visible()
        return found

    def waits_until(self, is_so: Callable[[], bool]) -> None:
        """Wait for what shows nowhere on the page; at most ten seconds."""
        until = time.monotonic() + 10
        while not is_so():
            assert time.monotonic() < until
            self.page.wait_for_timeout(20)

    @property
    def notice(self) -> Locator:
        return self.page.locator("#desk-notice")

    @property
    def panel(self) -> Locator:
        return self.page.locator("details.desk-verb[open]")

    def runs(self, script: str) -> Any:
        """Run something in the page; return what it gives."""
        return self.page.evaluate(script)
