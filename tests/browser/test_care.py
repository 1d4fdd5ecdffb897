"""A heavy item, from its cover to what was done for somebody in danger; and a pause after many."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import expect

from backoffice.staff.models import User
from moderation.choices import DangerDeed, Queue
from moderation.models import DangerStep, HeavyLook, Review
from moderation.services.care import change_care
from tests.browser.arrange import waiting
from tests.browser.people import Person
from tests.browser.test_access import is_open_to_all
from tests.factories import HelpRequestFactory, ProfileFactory

Comes = Callable[..., Person]
TEXT = "Het hoeft allemaal niet meer voor mij."


@pytest.fixture
def hard(now: datetime) -> Review:
    profile = ProfileFactory(first_name="Marijke")
    request = HelpRequestFactory(title="Vaarwel", text=TEXT, member_id=profile.member_id)
    return waiting(now, help_request=request, heavy=["crisis"])


def test_from_a_covered_item_to_danger_that_is_dealt_with(
    comes: Comes, anneke: Person, coordinator: User, hard: Review
) -> None:
    anneke.begins()
    anneke.sees("Zelfbeschadiging en crisis")
    assert TEXT not in anneke.page.content()
    is_open_to_all(anneke.page)
    anneke.presses("g")
    assert anneke.has_an_item() == str(hard.pk), "nothing to approve before it was read"
    anneke.presses("l")
    anneke.sees(TEXT)
    assert HeavyLook.objects.get().user == anneke.user

    anneke.presses("!")
    anneke.sees("Bel eerst 112")
    reason = anneke.page.locator("#danger-reason")
    expect(reason).to_be_focused()
    anneke.presses("Escape", "1")
    anneke.page.keyboard.type("Ambulance gaat")
    anneke.presses("Enter")
    log = anneke.page.locator(".danger-log li")
    expect(log).to_have_count(1)
    anneke.presses("Escape", "3", "Enter")
    expect(log).to_have_count(2)
    log.last.get_by_role("button").click()
    anneke.sees("per ongeluk aangevinkt, zegt")
    is_open_to_all(anneke.page)
    expect(reason).to_be_focused()
    anneke.page.keyboard.type("Zegt dat het niet meer hoeft")
    anneke.presses("Control+Enter")
    anneke.sees("Bovenaan gezet voor de coördinatoren")

    hard.refresh_from_db()
    assert (hard.queue, hard.escalated) == (Queue.URGENT, True)
    deeds = [(step.deed, step.corrects_id is not None) for step in DangerStep.objects.order_by("id")]
    assert deeds == [
        (DangerDeed.EMERGENCY, False),
        (DangerDeed.VEILIG_THUIS, False),
        (DangerDeed.VEILIG_THUIS, True),
        (DangerDeed.HANDED_UP, False),
    ]
    karin = comes(coordinator).comes_in().begins("urgent")
    karin.sees("Ambulance gaat")
    karin.presses("!").sees("112 gebeld")


def test_a_pause_after_many_that_can_be_passed(anneke: Person, now: datetime) -> None:
    change_care(actor=anneke.user, photos="covered", declined=[], heavy_a_day=1, at=now)
    for _ in range(2):
        waiting(now, heavy=["hate"])
    anneke.begins()
    anneke.presses("l")
    expect(anneke.page.get_by_role("button", name="Goedkeuren")).to_be_visible()
    anneke.presses("g")
    anneke.sees("Pauze?")
    is_open_to_all(anneke.page)
    anneke.presses("Enter")
    anneke.has_an_item()
    anneke.sees("Haat en beledigingen")


def test_my_settings_can_be_set_by_everybody(anneke: Person) -> None:
    anneke.opens("/my-settings/")
    is_open_to_all(anneke.page)
    anneke.page.get_by_label("Seksueel").check()
    anneke.page.get_by_label("Grijs", exact=True).check()
    anneke.page.get_by_role("button", name="Bewaren").click()
    anneke.sees("Bewaard.")
    expect(anneke.page.get_by_label("Seksueel")).to_be_checked()
