"""The servicedesk at work: a call typed in while somebody speaks, a mail with a file, and its answer."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import expect

from backoffice.outbox.models import Mail
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from backoffice.staff.system import INTAKE, system_user
from incidents.choices import TicketKind
from incidents.models import Dossier, Ticket
from incidents.services.inbound import keep_mail, read_mail
from incidents.services.ticket_texts import add_answer
from tests.browser.people import Person
from tests.browser.test_access import is_open_to_all
from tests.factories import StaffFactory
from tests.incidents import awkward

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def wim(comes: Callable[..., Person], setup_acts: User) -> Person:
    """Somebody at the servicedesk."""
    return comes(StaffFactory(role=Role.SERVICEDESK)).comes_in()


def test_a_complaint_by_telephone_by_keyboard_alone(wim: Person, now: datetime) -> None:
    wim.opens("/calls/new/")
    expect(wim.page.locator("form.is-live")).to_be_attached()
    expect(wim.page.get_by_label("Over wie?")).to_be_hidden()
    wim.presses("ArrowDown")  # complaint
    expect(wim.page.get_by_label("Over wie?")).to_be_visible()
    for words in ("Riet de Boer", "038-4210000", "", "", "De buurman nam geld mee."):
        wim.presses("Tab")
        wim.page.keyboard.type(words)
    wim.page.get_by_label("Waar gebeurde het?").fill("Zwolle")
    wim.presses("Control+Enter")
    wim.sees("zeg waarom wat ontbreekt niet bekend is")
    expect(wim.page.get_by_label("Waarom is iets niet bekend?")).to_be_focused()
    is_open_to_all(wim.page)
    expect(wim.page.locator("form.is-live")).to_be_attached()
    wim.page.keyboard.type("Weet ze niet meer")
    wim.presses("Control+Enter")
    wim.sees("Riet de Boer")
    expect(wim.page).to_have_url(f"{wim.address}/tickets/{Ticket.objects.get().number}/")
    assert Ticket.objects.get().dossier == Dossier.objects.get()


def test_a_mail_with_a_file_is_answered_with_a_standard_text(
    wim: Person, now: datetime, coordinator: User
) -> None:
    add_answer(
        actor=coordinator,
        kind=TicketKind.QUESTION,
        title="Dank",
        body="Beste {naam}, dank voor je foto.",
        at=now,
    )
    keep_mail(raw=awkward.READ["a photo"][0].replace(b"Zie foto", b"Wis mijn gegevens. Zie foto"), at=now)
    read_mail(actor=system_user(INTAKE), at=now)
    wim.opens("/tickets/")
    wim.sees("eigen gegevens")
    is_open_to_all(wim.page)
    wim.page.get_by_role("link", name="delen").click()
    wim.sees("Dit lijkt te vragen naar eigen gegevens:")
    is_open_to_all(wim.page)
    with wim.page.expect_download() as got:
        wim.page.get_by_role("link", name="foto.jpg").click()
    assert got.value.suggested_filename == "foto.jpg"
    expect(wim.page.locator("form.is-live")).to_be_attached()
    wim.page.get_by_label("Standaardantwoord").select_option(label="Dank")
    wim.page.get_by_role("button", name="Invoegen").click()
    wim.page.keyboard.type(" Groet, Wim.")
    wim.page.get_by_role("button", name="Eerst bekijken").click()
    wim.sees("Coöperatie")
    expect(wim.page.locator("form.is-live")).to_be_attached()
    wim.page.get_by_label("het is afgehandeld").check()
    wim.page.get_by_label("Jouw antwoord").press("Control+Enter")
    wim.sees("Heropenen")
    letter = Mail.objects.get(template="ticket_answer")
    assert letter.body.startswith("Beste Riet, dank voor je foto. Groet, Wim.")
