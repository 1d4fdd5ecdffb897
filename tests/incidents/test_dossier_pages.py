"""The pages of dossiers: who may open them, what they ask first, and what can be done on them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from backoffice.audit.meanwhile import version_of
from backoffice.audit.models import Event, Read
from backoffice.outbox.models import Mail
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from incidents.choices.dossiers import MeasureKind, PartyRole
from incidents.forms.describing import as_described
from incidents.models import Attachment, Dossier, Measure, OutreachTask, RepetitionProposal, TimelineEntry
from incidents.services.dossiers import Described, edit_description
from incidents.services.outreach import Contact, add_outreach
from incidents.services.parties import defer_informing
from incidents.views.dossier_page import FORMS
from tests.conftest import NOON
from tests.factories import StaffFactory
from tests.incidents.dossiers import about, decided, opened
from tests.pictures import jpeg_of_a_place

pytestmark = pytest.mark.django_db
AT = NOON


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(dossier: Dossier) -> str:
    return reverse("incidents:dossier", args=[dossier.pk])


def looking(user: User, dossier: Dossier) -> Client:
    """A browser of somebody who said why they look."""
    client = signed_in(user)
    client.post(f"{page_of(dossier)}look/", {"purpose": "handling"})
    return client


Do = Callable[..., Any]


def doing(client: Client, dossier: Dossier) -> Do:
    def do(verb: str, status: int = 303, **given: Any) -> Any:
        answer = client.post(f"{page_of(dossier)}{verb}/", given)
        assert answer.status_code == status, answer.text[:3000]
        return answer

    return do


class TestWhoMayLook:
    def test_every_address_with_every_role(self, servicedesk: User, media: Path) -> None:
        """What each role gets: its own, a colleague's, the list, a new one, and a verb."""
        expected = {
            Role.MODERATOR: [403, 403, 403, 403],
            Role.SERVICEDESK: [403, 200, 200, 303],
            Role.COORDINATOR: [200, 200, 200, 303],
            Role.PRIVACY_OFFICER: [200, 200, 403, 403],
            Role.AUDITOR: [403, 403, 403, 403],
            Role.ADMINISTRATOR: [403, 403, 403, 403],
        }
        theirs = opened(servicedesk, AT)
        found = {}
        for role in Role:
            user = StaffFactory(role=role)
            client = signed_in(user)
            mine = opened(user, AT) if role in {Role.SERVICEDESK, Role.COORDINATOR} else theirs
            found[role] = [
                client.get(page_of(theirs)).status_code,
                client.get("/dossiers/").status_code,
                client.get("/dossiers/new/").status_code,
                client.post(f"{page_of(mine)}line/").status_code,
            ]
        assert found == expected
        assert not TimelineEntry.objects.exists()
        assert Client().get(page_of(theirs)).status_code == 302

    def test_asks_why_before_it_shows_anything_and_writes_nothing_by_that(self, servicedesk: User) -> None:
        dossier = opened(servicedesk, AT)
        client = signed_in(servicedesk)
        asked = client.get(page_of(dossier)).text
        assert "pincode" not in asked
        assert "Zwolle" not in asked
        assert not Read.objects.exists()
        answer = client.post(f"{page_of(dossier)}look/", {"purpose": "question"}, follow=True)
        assert "pincode" in answer.text
        client.get(page_of(dossier))
        assert [(look.purpose, look.subject_id) for look in Read.objects.all()] == [
            ("question", str(dossier.pk))
        ]
        with time_machine.travel(AT.replace(hour=23, minute=1), tick=False):  # tomorrow in Amsterdam
            assert "pincode" not in client.get(page_of(dossier)).text

    def test_hides_the_reporter_until_somebody_asks(self, coordinator: User) -> None:
        dossier = opened(coordinator, AT)
        client = looking(coordinator, dossier)
        reporter = dossier.parties.get(role=PartyRole.REPORTER)
        for asked in ("", f"?letter=information&to={reporter.pk}"):
            assert "Anna" not in client.get(f"{page_of(dossier)}{asked}").text
        shown = client.post(f"{page_of(dossier)}reporter/", follow=True).text
        assert "Anna de Vries" in shown
        assert "+31612345678" in shown
        assert Read.objects.filter(subject_id=str(reporter.pk), reader=coordinator).count() == 1

    def test_gives_a_file_to_save_and_writes_that_down(self, coordinator: User, media: Path) -> None:
        dossier = opened(coordinator, AT)
        client = looking(coordinator, dossier)
        upload = SimpleUploadedFile("foto.jpg", jpeg_of_a_place("deur"))
        doing(client, dossier)("attach", file=upload, says="De deur")
        kept = Attachment.objects.get()
        address = reverse("incidents:dossier-file", args=[dossier.pk, kept.pk])
        assert client.get(address).status_code == 405
        answer = client.post(address)
        assert b"".join(answer.streaming_content) == jpeg_of_a_place("deur")  # type: ignore[attr-defined]
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert Read.objects.filter(subject_id=str(kept.pk)).count() == 1
        assert (
            client.post(
                reverse("incidents:dossier-file", args=[opened(coordinator, AT).pk, kept.pk])
            ).status_code
            == 404
        )

    def test_does_nothing_for_who_did_not_say_why(self, coordinator: User) -> None:
        dossier, _party = decided(coordinator, AT)
        client = signed_in(coordinator)
        for verb in FORMS:
            doing(client, dossier)(verb)
        dossier.refresh_from_db()
        assert (dossier.state, TimelineEntry.objects.count()) == ("investigating", 1)


class TestACase:
    def test_goes_from_the_telephone_to_its_end(self, coordinator: User) -> None:
        client = signed_in(coordinator)
        told = {
            "site": "wehelpen.nl", "severity": "serious", "happened_on": "2026-11-16",
            "reporter_name": "Anna de Vries", "contact": "06-12345678", "location_unknown": "Wist ze niet",
            "description": "Hij vroeg om haar pincode.", "about_name": "Karel Zwart",
            "about_contact": "karel@voorbeeld.nl",
        }  # fmt: skip
        assert client.post("/dossiers/new/", {**told, "contact": ""}).status_code == 422
        assert client.post("/dossiers/new/", {**told, "location": "Zwolle"}).status_code == 422
        assert not Dossier.objects.exists()
        client.post("/dossiers/new/", told)
        dossier = Dossier.objects.get()
        karel = dossier.parties.get(role=PartyRole.SUBJECT)
        client = looking(coordinator, dossier)
        do = doing(client, dossier)
        do("line", kind="said", happened_on="2026-11-15", text="Zij belde <b>huilend</b>")
        do("pin", entry=TimelineEntry.objects.get().pk, pinned="on")
        do("wait", waiting_for="subject", until="2026-12-01")
        draft = client.get(f"{page_of(dossier)}?letter=hearing&to={karel.pk}").text
        assert "Wij willen eerst jouw kant horen" in draft
        assert "Zij belde &lt;b&gt;huilend" in draft
        letter = {"party": karel.pk, "kind": "hearing", "subject": "Jouw kant", "answer_by": "2026-12-01"}
        refused = do("letter", 422, **letter, body="Mevrouw de Vries zegt dat je om een pincode vroeg.")
        assert "Mevrouw de Vries zegt" in refused.text
        assert "“Vries”" in refused.text or "“de Vries”" in refused.text
        do("letter", **letter, body="Je zou om een pincode hebben gevraagd. Klopt dat?")
        do("decide", outcome="founded", offenders=[str(karel.pk)], grounds="Hij geeft het toe.")
        ladder = client.get(page_of(dossier)).text
        assert "Er is eerder niets tegen deze persoon gedaan" in ladder
        do(
            "measure",
            party=karel.pk,
            kind="warning",
            facts="Je vroeg om een pincode.",
            ground="Huisregel 3.1",
        )
        do("handle")
        page = client.get(page_of(dossier)).text
        assert "Bewaard tot 17 november 2029" in page
        assert "Bevindingen niet verteld aan" in page
        assert Measure.objects.get().kind == MeasureKind.WARNING
        assert Mail.objects.count() == 2
        do("line", 303, kind="note", happened_on="2026-11-17", text="Zij belde nog eens")
        do("wait", 403, waiting_for="subject", until="2026-12-01")
        do("reopen", because="Nieuw bewijs")
        assert "Bewaard tot" not in client.get(page_of(dossier)).text

    def test_tells_of_earlier_dossiers_and_of_repetition(self, coordinator: User) -> None:
        first, _party = decided(coordinator, AT)
        second, _party = decided(coordinator, AT, reporter_name="Piet Bos", contact="piet@voorbeeld.nl")
        assert RepetitionProposal.objects.count() == 1
        client = looking(coordinator, second)
        page = client.get(page_of(second)).text
        for words in (first.reference, "Het is eerder gebeurd", "hetzelfde lidnummer"):
            assert words in page
        settled = {"proposal": RepetitionProposal.objects.get().pk, "state": "set_aside", "note": "Te licht"}
        doing(client, second)("settle", **settled)
        doing(client, second)("settle", 403, **settled)
        assert "Te licht" in client.get(page_of(second)).text
        other = opened(coordinator, AT)
        doing(looking(coordinator, other), other)("settle", 422, **settled)

    def test_shows_both_when_somebody_else_edited_it(self, coordinator: User) -> None:
        dossier = opened(coordinator, AT)
        client = looking(coordinator, dossier)
        mine = {name: value or "" for name, value in as_described(dossier, seen=version_of(dossier)).items()}
        edit_description(
            actor=coordinator,
            dossier_id=dossier.pk,
            seen=version_of(dossier),
            described=Described(
                happened_on=date(2026, 11, 10), reporter_name="Anna de Vries", contact="06-12345678",
                location="Zwolle, het station", description=dossier.description,
            ),
            at=AT,
        )  # fmt: skip
        do = doing(client, dossier)
        page = do("edit", 409, **{**mine, "location": "Zwolle, de markt"}).text
        assert "Zwolle, het station" in page
        assert "Zwolle, de markt" in page
        dossier.refresh_from_db()
        do("edit", **{**mine, "location": "Zwolle, de markt", "seen": version_of(dossier)})
        dossier.refresh_from_db()
        assert dossier.location == "Zwolle, de markt"

    def test_notes_danger_holds_letters_and_hands_over(self, coordinator: User) -> None:
        dossier = opened(coordinator, AT)
        party = about(dossier, coordinator, AT)
        client = looking(coordinator, dossier)
        do = doing(client, dossier)
        danger = {
            "signals": "Zij heeft een blauw oog",
            "called_112": "on",
            "hold_because": "Zij woont bij hem",
        }
        assert "Zeg op welke dag" in do("safety", 422, **danger).text
        do("safety", **danger, recheck_on="2026-12-01", handed_to="Politie", handed_what="Naam en adres")
        page = client.get(page_of(dossier)).text
        for words in ("Zij heeft een blauw oog", "bericht later", "1 december 2026", "tel:112"):
            assert words in page
        do("undefer", party=party.pk)
        do("defer", party=party.pk, because="Toch nog niet", recheck_on="2026-12-02")
        assert Event.objects.filter(kind="party.inform_deferred").count() == 2

    def test_links_holds_gives_away_and_reaches_out(self, coordinator: User, servicedesk: User) -> None:
        dossier, _party = decided(coordinator, AT)
        other = opened(servicedesk, AT)
        client = looking(coordinator, dossier)
        do = doing(client, dossier)
        assert do("link", 422, other="D-999999", kind="duplicate")
        do("link", other=other.reference, kind="same_event")
        do("hold", because="Rechtszaak", recheck_on="2027-01-01")
        do("outreach", contacts="m-1; Bo; 06-1\nm-2")
        for task in OutreachTask.objects.all():
            do("reached", task=task.pk, state="reached", note="Ging goed")
        page = client.get(page_of(dossier)).text
        for words in (other.reference, "Rechtszaak", "Ging goed"):
            assert words in page
        do("release")
        do("party", role="witness", last_name="Bos", email="bos@voorbeeld.nl")
        do("assign", owner=servicedesk.pk)
        mine = signed_in(servicedesk)
        assert dossier.reference in mine.get("/dossiers/?show=mine").text

    def test_an_unknown_verb_or_letter_is_nothing(self, coordinator: User) -> None:
        dossier = opened(coordinator, AT)
        client = looking(coordinator, dossier)
        doing(client, dossier)("vernietig", 404)
        assert client.get(f"{page_of(dossier)}?letter=x&to=y&timeline=z").status_code == 200


def test_a_full_page_asks_no_more_of_the_database_than_an_empty_one_and_a_few(coordinator: User) -> None:
    dossier, party = decided(coordinator, AT)
    client = looking(coordinator, dossier)
    client.get(page_of(dossier))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(page_of(dossier))
    do = doing(client, dossier)
    for number in range(8):
        do("line", kind="note", happened_on="2026-11-17", text=f"Regel {number}")
    contacts = [Contact(member_id=f"m-{number}") for number in range(8)]
    add_outreach(actor=coordinator, dossier_id=dossier.pk, contacts=contacts, at=AT)
    defer_informing(
        actor=coordinator,
        dossier_id=dossier.pk,
        party_id=party.pk,
        because="x",
        recheck_on=date(2027, 1, 1),
        at=AT,
    )
    with CaptureQueriesContext(connection) as many:
        assert "Regel 7" in client.get(page_of(dossier)).text
    assert len(many) == len(few) <= 45
