"""`make screenshots`: the pictures of the documentation, taken from the running program.

A demo office is filled in a folder that is thrown away afterwards; takes about a minute.
"""

import io
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.chromium import chromium

PICTURES = Path(__file__).parent / "pictures"
COLOURS = 128
"""So few keep a picture of a page below 200 kB, and nobody sees the difference."""

TELLING = ("phone_number", "link", "email_address", "")
"""What is worth a picture, the best first; the last is anything."""


@contextmanager
def office() -> Iterator[tuple[str, str]]:
    """Run the program with a demo office of its own; give its address and the password of everybody."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="office-", ignore_cleanup_errors=True) as folder:
        process = subprocess.Popen(  # noqa: S603 - our own
            [sys.executable, "-m", "backoffice.serve", "--port", str(port)],
            env={**os.environ, "VAR_DIR": folder},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert process.stdout
            told = (re.search("with the password (.+) as:", line) for line in process.stdout)
            password = next(filter(None, told))  # said when it is ready
            yield f"http://127.0.0.1:{port}", password[1]
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)


def sign_in(browser: Browser, address: str, *, username: str, password: str, width: int, height: int) -> Page:
    page = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": height},
        color_scheme="light",
        reduced_motion="reduce",
    ).new_page()
    page.goto("/login/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(password)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")
    return page


def take_item(page: Page) -> None:
    """Take an item with something to see in hand, after deciding another one."""
    page.goto("/queues/help-requests/desk/")
    page.locator("#desk.is-live").wait_for()
    page.locator("[data-key=enter]").click()
    page.locator("#desk-item[data-mine]:not([data-settling]) [data-key=g]").click()
    page.locator("[data-undo=latest]").wait_for()
    for why in TELLING:
        page.goto(f"/queues/help-requests/?free=true&why={why}")
        rows = page.locator(".queue-table tbody th a")
        if rows.count():
            rows.first.click()
            break
    page.locator("#desk.is-live [data-key=t]").click()
    page.locator("#desk-item[data-mine]:not([data-settling])").wait_for()
    page.mouse.move(0, 0)
    page.evaluate("scrollTo(0, 0)")


def keep(page: Page, name: str) -> None:
    """Write what the page shows as a small PNG."""
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(PICTURES / name, optimize=True)
    print(f"{name}: {(PICTURES / name).stat().st_size // 1000} kB")


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with office() as (address, password), chromium() as browser:
        desk = sign_in(browser, address, username="anneke", password=password, width=1440, height=900)
        take_item(desk)
        keep(desk, "desk.png")
        phone = sign_in(browser, address, username="wim", password=password, width=390, height=844)
        take_item(phone)
        keep(phone, "desk-phone.png")


if __name__ == "__main__":
    main()
