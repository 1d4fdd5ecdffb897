"""The pages of the servicedesk: who may open them, and that each does what its button says."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from backoffice.audit.meanwhile import version_of
from backoffice.audit.models import Event
from backoffice.outbox.models import Mail
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from backoffice.staff.system import INTAKE, system_user
from incidents import urls
from incidents.apps import store_answers
from incidents.choices import Direction, TicketKind, TicketState
from incidents.models import Dossier, Enclosure, StandardAnswer, Ticket
from incidents.services.inbound import keep_mail, read_mail
from incidents.services.ticket_opening import Contact, Said
from incidents.services.ticket_texts import add_answer
from incidents.standard_answer_defaults import ANSWERS
from incidents.standard_answers import unknown_places
from tests.everything import everything
from tests.factories import StaffFactory
from tests.incidents import awkward
from tests.incidents.tickets import answer, ticket
from tests.pages.conftest import as_

pytestmark = pytest.mark.django_db

OURS = {
    pattern.name or ""
    for pattern in urls.urlpatterns
    if str(pattern.pattern).startswith(("tickets/", "calls/", "standard-answers/"))
}
COORDINATORS = {"standard-answers", "add-standard-answer", "standard-answer", "use-standard-answer"}
READS = {
    "tickets",
    "call",
    "ticket",
    "enclosure",
    "standard-answers",
    "add-standard-answer",
    "standard-answer",
}


@pytest.fixture(autouse=True)
def _now(at: datetime) -> object:
    with time_machine.travel(at + timedelta(hours=1), tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _no_answers(setup_acts: User) -> None:
    StandardAnswer.objects.all()._raw_delete("default")


@pytest.fixture
def made(servicedesk: User, media: Path, at: datetime) -> Ticket:
    """A ticket with a photo."""
    keep_mail(raw=awkward.READ["a photo"][0], at=at)
    read_mail(actor=system_user(INTAKE), at=at)
    return Ticket.objects.get()


@pytest.fixture
def desk(servicedesk: User) -> Client:
    return as_(servicedesk)


def to(name: str, made: Ticket) -> str:
    """The address of a page about this ticket."""
    return reverse(f"incidents:{name}", args=[made.number])


def addresses(made: Ticket, text: StandardAnswer) -> dict[str, str]:
    found = {}
    for name in OURS:
        if name == "enclosure":
            found[name] = reverse("incidents:enclosure", args=[made.messages.get().enclosures.get().pk])
        elif name in {"standard-answer", "use-standard-answer"}:
            found[name] = reverse(f"incidents:{name}", args=[text.pk])
        elif name in {"tickets", "call", "standard-answers", "add-standard-answer"}:
            found[name] = reverse(f"incidents:{name}")
        else:
            found[name] = to(name, made)
    return found


class TestWhoMayOpenThem:
    @pytest.mark.parametrize("role", [*Role, None])
    def test_every_page_knows_every_role(
        self, made: Ticket, coordinator: User, at: datetime, role: Role | None
    ) -> None:
        text = add_answer(actor=coordinator, kind="", title="Hoi", body="Beste {naam}", at=at)
        client = as_(StaffFactory(role=role)) if role else Client()
        before = everything()
        for name, address in addresses(made, text).items():
            asked = client.get(address)
            posted = None if name in READS else client.post(address)
            handles = role in {Role.SERVICEDESK, Role.COORDINATOR}
            may = role == Role.COORDINATOR if name in COORDINATORS else handles
            if role is None:
                assert asked.status_code == 302, name
            elif not may:
                assert asked.status_code == 403, name
                assert posted is None or posted.status_code == 403, name
            else:
                assert asked.status_code == (200 if name in READS else 405), name
                assert posted is None or posted.status_code in {303, 422}, name
            asked.getvalue()  # reads and closes a file
        if role not in {Role.SERVICEDESK, Role.COORDINATOR}:
            assert everything() == before

    def test_looking_writes_nothing(self, desk: Client, made: Ticket) -> None:
        before = everything()
        for address in ("/tickets/", "/calls/new/", to("ticket", made)):
            assert desk.get(address).status_code == 200
        desk.post(to("answer-ticket", made), {"text": "Hoi", "then": "open", "seen": 1, "look": "1"})
        assert everything() == before

    def test_what_is_not_there_is_not_found(self, desk: Client) -> None:
        for address in ("/tickets/9999999/", "/tickets/99999999999999999999999/"):
            assert desk.get(address).status_code == 404


class TestTheList:
    def test_finds_by_words_number_kind_and_what_is_late(
        self, desk: Client, servicedesk: User, made: Ticket, at: datetime
    ) -> None:
        other = ticket(servicedesk, at - timedelta(days=9), said=Said(body="Inzage in mijn gegevens graag"))
        answer(servicedesk, other, at, then=TicketState.CLOSED)
        late = ticket(servicedesk, at - timedelta(days=9), contact=Contact(name="Henk", phone="0612345678"))

        def found(query: str) -> set[int]:
            rows = desk.get(f"/tickets/?{query}").context["rows"]
            return {row.number for row, _late in rows}

        assert found("") == {made.number, late.number}
        assert found("state=closed") == {other.number}
        assert found("state=") == {made.number, late.number, other.number}
        assert found("words=zie+foto") == {made.number}
        assert found(f"words=wh-{late.number}") == {late.number}
        assert found("words=0612345678") == {late.number}
        assert found("overdue=true") == {late.number}
        assert found("state=&rights=true") == {other.number}
        assert found("state=&mine=true") == {other.number}
        assert found("free=true") == {made.number, late.number}
        assert desk.get("/tickets/?kind=x").status_code == 400
        assert "1 ticket is te laat." in desk.get("/tickets/").text

    def test_costs_the_same_however_long_it_is(
        self, desk: Client, servicedesk: User, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _number in range(12):
            ticket(servicedesk, at)
        desk.get("/tickets/")
        with django_assert_num_queries(9):
            desk.get("/tickets/")


class TestTheTicket:
    def test_costs_the_same_however_much_was_said(
        self, desk: Client, servicedesk: User, made: Ticket, at: datetime, django_assert_num_queries: Any
    ) -> None:
        for _number in range(5):
            answer(servicedesk, made, at)
        desk.get(to("ticket", made))
        with django_assert_num_queries(13):
            desk.get(to("ticket", made))

    def test_shows_what_was_sent_as_text_and_gives_its_files_to_save(
        self, desk: Client, servicedesk: User, made: Ticket, at: datetime
    ) -> None:
        nasty = ticket(servicedesk, at, said=Said(subject="<b>x</b>", body="<script>alert(1)</script>"))
        assert "&lt;script&gt;alert(1)" in desk.get(to("ticket", nasty)).text
        page = desk.get(to("ticket", made)).text
        file = Enclosure.objects.get()
        assert reverse("incidents:enclosure", args=[file.pk]) in page
        got = desk.get(reverse("incidents:enclosure", args=[file.pk]))
        assert got.headers["Content-Disposition"] == 'attachment; filename="foto.jpg"'
        assert got.headers["Content-Type"] == "image/jpeg"
        assert got.getvalue().startswith(b"\xff\xd8")

    def test_is_answered_after_a_look(self, desk: Client, made: Ticket) -> None:
        given = {"text": "Beste Riet,\n\nDat kan.", "then": "closed", "seen": version_of(made)}
        looked = desk.post(to("answer-ticket", made), {**given, "look": "1"})
        assert f"[{made.reference}] Re: delen" in looked.text
        assert "KvK 56029837" in looked.text
        assert desk.post(to("answer-ticket", made), given).status_code == 303
        made.refresh_from_db()
        assert made.state == "closed"
        assert Mail.objects.filter(template="ticket_answer").count() == 1

    def test_keeps_what_was_typed_when_somebody_else_was_first(
        self, desk: Client, coordinator: User, made: Ticket, at: datetime
    ) -> None:
        seen = version_of(made)
        answer(coordinator, made, at, text="Ik was eerst.")
        late = desk.post(to("answer-ticket", made), {"text": "Ik ook", "then": "open", "seen": seen})
        assert late.status_code == 409
        assert ">\nIk ook</textarea>" in late.text
        assert "Ik was eerst." in late.text
        assert f'value="{version_of(made)}"' in late.text

    def test_has_a_button_for_everything(
        self, desk: Client, servicedesk: User, made: Ticket, at: datetime
    ) -> None:
        other = ticket(servicedesk, at, said=Said(body="Ook nog iets"))
        steps: list[tuple[str, dict[str, Any], str]] = [
            ("note-ticket", {"note": "Even bellen."}, "ticket.message_added"),
            ("assign-ticket", {"owner": servicedesk.pk}, "ticket.assigned"),
            ("wait-ticket", {"waiting_for": "platform"}, "ticket.waits"),
            ("resume-ticket", {}, "ticket.waits"),
            ("close-ticket", {"how": "spoken"}, "ticket.closed"),
            ("reopen-ticket", {}, "ticket.reopened"),
            ("merge-ticket", {"into": other.reference}, "ticket.merged"),
        ]
        for name, given, kind in steps:
            done = desk.post(to(name, made), given)
            assert done.status_code == 303, name
            assert Event.objects.latest("id").kind == kind
        moved = other.messages.get(body="Zie foto")
        done = desk.post(to("split-ticket", other), {"messages": [str(moved.pk)]})
        new = Ticket.objects.latest("number")
        assert done.headers["Location"] == to("ticket", new)
        assert desk.post(to("no-rights", new)).status_code == 303

    def test_says_what_was_wrong_and_changes_nothing(self, desk: Client, made: Ticket) -> None:
        for name, given, words in (
            ("wait-ticket", {"waiting_for": "godot"}, "Selecteer een geldige keuze"),
            ("merge-ticket", {"into": "deze"}, "Voer een geldige waarde in"),
            ("merge-ticket", {"into": made.reference}, "kan niet met zichzelf"),
            ("split-ticket", {}, "Kies een of meer ontvangen berichten"),
            ("classify-ticket", {"kind": "complaint"}, "zeg waarom wat ontbreekt niet bekend is"),
        ):
            assert words in desk.post(to(name, made), given, follow=True).text, (name, given)
        assert desk.post(to("note-ticket", made), {"note": " "}).status_code == 422


CALL = {
    "kind": "complaint",
    "name": "Riet de Boer",
    "phone": "038-4210000",
    "text": "De buurman nam geld mee.",
    "happened_on": "2026-11-16",
    "location": "Zwolle",
    "about": "Kees van Dam",
    "site": "wehelpen.nl",
}


class TestSomebodyCalls:
    def test_with_a_complaint_that_makes_a_dossier_at_once(self, desk: Client, servicedesk: User) -> None:
        assert desk.post("/calls/new/", CALL).status_code == 303
        made = Ticket.objects.get()
        dossier = Dossier.objects.get()
        assert (made.kind, made.dossier, dossier.source_ticket_id) == ("complaint", dossier, made.pk)
        assert (dossier.reporter_name, dossier.contact) == ("Riet de Boer", "038-4210000")
        assert (str(dossier.happened_on), dossier.location) == ("2026-11-16", "Zwolle")
        assert dossier.description == "De buurman nam geld mee."
        assert dossier.owner == servicedesk
        assert {party.role for party in dossier.parties.all()} == {"reporter", "subject"}
        assert dossier.reference in desk.get(to("ticket", made)).text

    def test_and_says_why_what_is_missing_is_not_known(self, desk: Client) -> None:
        partly = {**CALL, "happened_on": "", "location": ""}
        refused = desk.post("/calls/new/", partly)
        assert refused.status_code == 422
        assert list(refused.context["form"].errors) == ["why_unknown"]
        assert not Ticket.objects.exists()
        assert not Dossier.objects.exists()
        assert desk.post("/calls/new/", {**partly, "why_unknown": "Weet ze niet meer"}).status_code == 303
        dossier = Dossier.objects.get()
        assert (dossier.happened_on, dossier.happened_on_unknown) == (None, "Weet ze niet meer")
        assert (dossier.location_unknown, dossier.contact_unknown) == ("Weet ze niet meer", "")

    def test_and_makes_none_with_a_reason_only(self, desk: Client) -> None:
        assert desk.post("/calls/new/", {**CALL, "no_dossier_reason": "Gaat over ons"}).status_code == 303
        assert Ticket.objects.get().no_dossier_reason == "Gaat over ons"
        assert not Dossier.objects.exists()

    def test_and_what_cannot_be_is_named(self, desk: Client) -> None:
        for wrong, field in (
            ({"text": ""}, "text"),
            ({"happened_on": "2027-01-01"}, "happened_on"),
            ({"email": "geen adres"}, "email"),
            ({"site": "elders.nl"}, "site"),
            ({"kind": "notice"}, "kind"),
        ):
            refused = desk.post("/calls/new/", {**CALL, **wrong})
            assert (refused.status_code, list(refused.context["form"].errors)) == (422, [field])
        assert not Ticket.objects.exists()


def test_a_mail_that_is_a_complaint_after_all_makes_a_dossier(desk: Client, made: Ticket) -> None:
    given = {"kind": "complaint", "location": "Zwolle", "why_unknown": "Staat er niet in"}
    assert desk.post(to("classify-ticket", made), given).status_code == 303
    made.refresh_from_db()
    assert made.kind == TicketKind.COMPLAINT
    assert made.dossier is not None
    assert made.dossier.description == "Zie foto"
    assert made.dossier.happened_on_unknown == "Staat er niet in"
    kinds = list(Event.objects.order_by("id").values_list("kind", flat=True))
    assert kinds.count("ticket.classified") == kinds.count("dossier.opened") == 1


class TestStandardAnswers:
    def test_of_a_new_house_are_stored_once_and_can_all_be_filled_in(self, setup_acts: User) -> None:
        for _again in range(2):
            store_answers()
        bodies = list(StandardAnswer.objects.values_list("body", flat=True))
        assert len(bodies) == len(ANSWERS)
        assert [unknown_places(body) for body in bodies] == [[]] * len(ANSWERS)

    def test_are_kept_by_coordinators_and_offered_filled_in(
        self, coordinator: User, desk: Client, made: Ticket
    ) -> None:
        lead = as_(coordinator)
        new = {"title": "Wachtwoord", "kind": "question", "body": "Beste {naam}, zie {nummer}."}
        assert lead.post("/standard-answers/add/", new).status_code == 303
        page = desk.get(to("ticket", made)).text
        assert f'data-text="Beste Riet, zie {made.reference}."' in page
        (text,) = StandardAnswer.objects.all()
        for wrong, field in ((new, "title"), ({**new, "title": "x", "body": "{onzin}"}, "body")):
            refused = lead.post("/standard-answers/add/", wrong)
            assert (refused.status_code, list(refused.context["form"].errors)) == (422, [field])
        changed = {**new, "body": "Hoi", "seen": version_of(text)}
        assert lead.post(f"/standard-answers/{text.pk}/", changed).status_code == 303
        assert lead.post(f"/standard-answers/{text.pk}/", {**changed, "body": "Ha"}).status_code == 422
        assert lead.post(f"/standard-answers/{text.pk}/use/").status_code == 303
        assert "data-text" not in desk.get(to("ticket", made)).text
        assert Event.objects.filter(kind="standard_answer.kept").count() == 3

    def test_say_by_which_one_an_answer_began(
        self, coordinator: User, desk: Client, made: Ticket, at: datetime
    ) -> None:
        text = add_answer(actor=coordinator, kind="", title="Hoi", body="Hoi", at=at)
        given = {"text": "Hoi daar", "then": "open", "seen": version_of(made), "text_id": text.pk}
        desk.post(to("answer-ticket", made), given)
        assert Event.objects.get(kind="ticket.answered").data["from_text"] == text.pk
        assert made.messages.filter(direction=Direction.OUT).get().body == "Hoi daar"
