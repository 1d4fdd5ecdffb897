"""A complaint by telephone, from the first word to a warning; and the second time it happens."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import expect

from backoffice.outbox.models import Mail
from backoffice.staff.models import User
from incidents.choices.dossiers import DossierOutcome
from incidents.given import Person as Somebody
from incidents.models import Dossier, Measure, RepetitionProposal
from tests.browser.conftest import PHONE
from tests.browser.people import Person
from tests.browser.test_access import INLINE, is_open_to_all
from tests.factories import ProfileFactory
from tests.incidents.dossiers import decided

Comes = Callable[..., Person]


def photographed(person: Person, name: str) -> None:
    """Keep a picture of the screen, for who asks for one."""
    if folder := os.environ.get("SHOTS"):
        person.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def hears_the_other_side(ria: Person) -> None:
    """Send Karel a letter; the first one says who reported it."""
    page = ria.page
    page.locator(".dossier-people").get_by_role("link", name="Wederhoor").click()
    letter = page.get_by_label("Brief", exact=True)
    letter.fill("Beste Karel,\n\nAnna de Vries zegt dat je haar pincode vroeg.")
    page.get_by_role("button", name="Brief versturen").click()
    ria.sees("Deze brief verraadt wie")
    letter.fill("Beste Karel,\n\nJe zou om een pincode hebben gevraagd. Klopt dat?")
    page.get_by_role("button", name="Brief versturen").click()
    ria.sees("De brief is onderweg")


def test_from_a_telephone_call_to_a_warning(comes: Comes, coordinator: User) -> None:
    ProfileFactory(first_name="Karel", last_name="Zwart", email="karel@voorbeeld.nl")
    ria = comes(coordinator).comes_in().opens("/dossiers/new/")
    page = ria.page
    expect(page.get_by_label("Wanneer het gebeurde", exact=True)).to_be_focused()
    ria.presses("Tab", "Tab", "Tab", "Tab")  # day, month, year, picker, and the reason
    page.get_by_label("Wie het meldt", exact=True).fill("Anna de Vries")
    page.get_by_label("Hoe je diegene bereikt", exact=True).fill("06-12345678")
    page.locator("summary", has_text="Onbekend?").nth(3).click()
    page.get_by_label("Waar het gebeurde: waarom onbekend").fill("Wist ze niet meer")
    page.get_by_label("Wat er gebeurde", exact=True).fill("Hij vroeg om haar pincode.")
    page.get_by_label("Zoek een lid").fill("Karel Zwaart")
    page.get_by_role("button", name="Karel van Zwart").click()
    expect(page.get_by_label("Mail of telefoon van diegene")).to_have_value("karel@voorbeeld.nl")
    photographed(ria, "new")
    page.get_by_role("button", name="Dossier maken").click()
    ria.sees("Waarom kijk je?")
    photographed(ria, "purpose")
    ria.presses("Enter")
    ria.sees("Tijdlijn")
    ria.presses("t")
    expect(page.locator("#line select")).to_be_focused()
    page.get_by_label("Wat je opschrijft").fill("Zij belde, en was geschrokken.")
    page.locator("#line button").click()
    ria.sees("Zij belde, en was geschrokken.")
    hears_the_other_side(ria)
    ria.presses("u")
    page.get_by_label("gegrond", exact=True).check()
    page.get_by_label("Karel van Zwart").check()
    page.get_by_label("Gronden").fill("Hij geeft het toe.")
    page.locator("#decide button").click()
    ria.sees("De uitkomst is bepaald.")
    ria.presses("m")
    ria.sees("Er is eerder niets tegen deze persoon gedaan.")
    expect(page.locator("#measure").get_by_label("Maatregel")).to_have_value("warning")
    page.get_by_label("Wat er gebeurde, zoals het in de brief komt").fill("Je vroeg om een pincode.")
    page.get_by_label("Tegen welke huisregel").fill("Huisregel 3.1: vraag nooit om een pincode.")
    photographed(ria, "measure")
    page.locator("#measure button").click()
    ria.sees("De maatregel is genomen.")
    ria.presses("h")
    page.locator("#handle button").click()
    ria.sees("Het dossier is afgehandeld.")
    ria.sees("drie jaar nadat het op")
    photographed(ria, "handled")
    is_open_to_all(page)
    assert ria.runs(INLINE) == []
    assert (Measure.objects.get().kind, Mail.objects.count()) == ("warning", 2)
    assert Dossier.objects.get().is_handled


def test_the_second_time_is_told_and_danger_is_one_key_away(
    comes: Comes, coordinator: User, now: datetime
) -> None:
    karel = Somebody(first_name="Karel", last_name="Zwart", emails=("karel@voorbeeld.nl",))
    yesterday = now - timedelta(days=1)
    first, _party = decided(coordinator, yesterday, DossierOutcome.FOUNDED, karel)
    second, _party = decided(
        coordinator, now, DossierOutcome.FOUNDED, karel, reporter_name="Piet Bos", contact="piet@voorbeeld.nl"
    )
    ria = comes(coordinator, viewport=PHONE).comes_in().opens(f"/dossiers/{second.pk}/")
    ria.presses("Enter")
    ria.sees("Het is eerder gebeurd")
    ria.sees(f"{first.reference}: hetzelfde e-mailadres")
    assert RepetitionProposal.objects.count() == 1
    ria.presses("!")
    expect(ria.page.get_by_label("Wat er is gezien of gehoord")).to_be_visible()
    ria.page.get_by_label("Wat er is gezien of gehoord").fill("Zij heeft een blauw oog.")
    ria.page.get_by_label("Waarom diegene over wie het gaat nog geen bericht krijgt").fill("Zij wonen samen.")
    photographed(ria, "danger")
    ria.page.locator("#safety button").click()
    ria.sees("Zeg op welke dag dit opnieuw wordt bekeken.")
    ria.page.get_by_label("Dat opnieuw bekijken op").fill((now + timedelta(days=7)).date().isoformat())
    ria.page.locator("#safety button").click()
    ria.sees("Opgeschreven. Is er nu iemand in gevaar? Bel 112.")
    ria.sees("bericht later")
    assert ria.runs("document.documentElement.scrollWidth <= innerWidth")
    photographed(ria, "phone")
    is_open_to_all(ria.page)
