"""Whoever has only a keyboard reaches everything, and sees where they are."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from backoffice.staff.models import User
from tests.browser.arrange import marked, waiting, with_photo
from tests.browser.conftest import PHONE
from tests.browser.people import Person

Comes = Callable[..., Person]

WALK = """() => {
    const wanted = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
    const there = [...document.querySelectorAll(wanted)]
        .filter((each) => each.checkVisibility() && !each.disabled);
    return there.filter((each) => {
        const chosen = each.type === 'radio' && document.querySelector(`[name="${each.name}"]:checked`);
        return !chosen || chosen === each;  // a group of radio buttons is one stop
    }).map((each) => (each.walk = each.outerHTML.slice(0, 90)));
}"""
"""Every place where Tab must stop, named by how it begins."""

STEP = """() => {
    const here = document.activeElement;
    const shown = here.closest('label') ?? here;
    const box = shown.getBoundingClientRect();
    const [x, y] = [box.x + Math.min(box.width / 2, 40), box.y + Math.min(box.height / 2, 10)];
    const top = document.elementFromPoint(x, y);
    const ring = [here, shown].map((each) => getComputedStyle(each))
        .some((style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
    return {
        name: here.walk ?? '',
        faults: [
            ...(ring ? [] : ['no ring']),
            ...(top && (shown.contains(top) || top.contains(shown)) ? [] : ['out of sight']),
        ],
    };
}"""


def walk(page: Page) -> None:
    """Go through a page with Tab: every control is met, and it shows where one is."""
    expect(page.locator("html")).not_to_have_attribute("x-cloak", "")
    wanted = page.evaluate(WALK)
    met, faults = set(), []
    for _ in range(len(wanted) + 5):
        step = page.evaluate(STEP)
        page.keyboard.press("Tab")
        if step["name"]:
            met.add(step["name"])
            faults += [f"{fault}: {step['name']}" for fault in step["faults"]]
    missed = [f"never met: {name}" for name in wanted if name not in met]
    assert not faults + missed, "\n".join(faults + missed)


class TestTheKeyboardReachesEverything:
    def test_of_signing_in(self, comes: Comes, moderator: User) -> None:
        walk(comes(moderator).opens("/").page)

    def test_of_the_first_page(self, anneke: Person, now: datetime) -> None:
        waiting(now, opened_at=now - timedelta(days=4))
        walk(anneke.opens("/").page)

    def test_of_a_queue(self, anneke: Person, now: datetime) -> None:
        for _ in range(12):
            marked(now)
        walk(anneke.opens("/queues/help-requests/").page)

    def test_of_the_desk(self, anneke: Person, now: datetime) -> None:
        marked(now)
        waiting(now, profile=with_photo(about="Een lang verhaal. " * 400))
        anneke.begins("help-requests").goes_on("g")
        anneke.begins("new-profiles")
        walk(anneke.page)

    @pytest.mark.parametrize("key", ["v", "s"])
    def test_of_a_panel(self, anneke: Person, now: datetime, key: str) -> None:
        marked(now)
        anneke.begins().presses(key)
        walk(anneke.page)

    def test_of_a_list(self, anneke: Person, now: datetime) -> None:
        marked(now)
        walk(anneke.opens("/moderation/review/").page)

    def test_of_the_menu_on_a_phone(self, anneke: Person) -> None:
        page = anneke.opens("/").page
        page.set_viewport_size(PHONE)  # type: ignore[arg-type] # a dict of the two
        menu = page.get_by_role("button", name="Menu", exact=True)
        menu.focus()
        anneke.presses("Enter")
        expect(page.get_by_role("link", name="Beoordelingen")).to_be_visible()
        page.get_by_role("button", name="Menu sluiten").focus()
        anneke.presses("Enter")
        expect(page.get_by_role("link", name="Beoordelingen")).to_be_hidden()

    def test_of_ones_account(self, anneke: Person) -> None:
        page = anneke.opens("/").page
        page.get_by_role("button", name=str(anneke.user)).focus()
        anneke.presses("Enter")
        expect(page.get_by_role("button", name="Afmelden")).to_be_visible()
        anneke.presses("Escape")
        expect(page.get_by_role("button", name="Afmelden")).to_be_hidden()
