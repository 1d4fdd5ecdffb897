"""A coordinator keeps what is looked for, and sees it at work."""

from collections.abc import Callable
from datetime import datetime

from playwright.sync_api import expect

from backoffice.platforms.services.keys import create_api_key
from backoffice.staff.models import User
from tests.browser.people import Person
from tests.browser.test_access import is_open_to_all
from tests.factories import HelpRequestFactory
from tests.platforms import Platform

Comes = Callable[..., Person]


def test_trying_a_rule_switching_it_on_and_meeting_its_signal_at_the_desk(
    comes: Comes, coordinator: User, moderator: User, setup_acts: User, now: datetime
) -> None:
    HelpRequestFactory(title="Puppy's", text="Wie wil er een puppy adopteren? Ze zijn acht weken.")
    HelpRequestFactory(title="Wandelen", text="Wie loopt er mee met mijn puppy?")
    karin = comes(coordinator).comes_in().opens("/moderation/rule/")
    page = karin.page
    page.get_by_role("link", name="Nieuwe signaalregel").click()
    page.get_by_label("Wat zegt het signaal?").fill("Biedt jonge dieren aan")
    page.get_by_label("Waar gaat het over?").select_option("commercial")
    page.get_by_label("Hoe ernstig is het?").select_option("2")
    page.get_by_label("Welke woorden of zinnen?").fill("puppy|kitten ..3 (adopteren")
    page.get_by_label("Wat verander je, en waarom?").fill("Er is handel in jonge dieren.")
    page.get_by_role("button", name="Proberen").click()
    karin.sees("sluit een haakje niet")
    is_open_to_all(page)
    page.get_by_label("Welke woorden of zinnen?").fill("puppy|kitten ..3 (adopteren|kopen)")
    page.get_by_role("button", name="Proberen").click()
    expect(page.locator("mark")).to_have_text(["puppy adopteren"])
    is_open_to_all(page)
    page.get_by_role("link", name="Aanzetten").click()
    page.get_by_label("Waarom?").fill("Vindt precies wat het moet vinden.")
    page.get_by_role("button", name="Aanzetten").click()
    karin.sees("De regel staat aan")

    _key, secret = create_api_key(
        actor=setup_acts, name="platform", site="wehelpen.nl", scopes=["intake"], at=now
    )
    Platform(secret).help_request("r-900", title="Lief", text="Kitten gratis te adopteren bij ons.")
    anneke = comes(moderator).comes_in().begins()
    expect(anneke.page.locator(".desk-body mark")).to_have_text("Kitten gratis te adopteren")
    anneke.sees("Biedt jonge dieren aan")
