"""Questions, complaints and notices that a platform hands over: once each, with a receipt."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine

from backoffice.audit.meanwhile import version_of
from backoffice.audit.models import Event
from backoffice.outbox.models import Mail
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from backoffice.staff.system import INTAKE, system_user
from incidents.choices import CloseReason, TicketState
from incidents.models import Dossier, Notice, Ticket
from incidents.services.inbound_platform import Handed, receive_contact
from incidents.services.ticket_messages import answer_ticket
from incidents.services.ticket_opening import Contact, Said
from incidents.services.tickets import Unanswered, close_ticket
from tests.barrier import at_once
from tests.everything import everything
from tests.factories import StaffFactory
from tests.platforms import Platform

pytestmark = pytest.mark.django_db

QUESTION: dict[str, Any] = {
    "site": "wehelpen.nl",
    "kind": "question",
    "name": "Riet",
    "email": "riet@voorbeeld.nl",
    "text": "Hoe verander ik mijn wachtwoord?",
}
COMPLAINT = {**QUESTION, "kind": "complaint", "text": "De buurman nam geld mee.", "location": "Zwolle"}
NOTICE: dict[str, Any] = {
    "site": "wehelpen.nl",
    "about": "help_request",
    "about_id": "r-1",
    "explanation": "Dit is oplichting.",
    "name": "Jan",
    "email": "jan@voorbeeld.nl",
    "in_good_faith": True,
}


@pytest.fixture(autouse=True)
def _now(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


def post(platform: Platform, door: str, body: Any, key: str = "k-1") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return platform.send("post", door, body, content_type="application/json", headers=headers)


class TestAContact:
    def test_becomes_a_ticket_once_with_a_receipt(self, platform: Platform, at: datetime) -> None:
        first = post(platform, "contacts", QUESTION)
        assert first.status_code == 201
        ticket = Ticket.objects.get()
        assert first.json()["ticket"] == ticket.reference
        assert first.json()["receipt_sent"] is True
        again = post(platform, "contacts", QUESTION)
        assert (again.status_code, again.json()) == (200, first.json())
        assert (ticket.channel, ticket.received_at) == ("form", at)
        assert Mail.objects.get().recipient == "riet@voorbeeld.nl"
        assert Event.objects.filter(kind="ticket.opened").count() == 1

    def test_that_complains_makes_a_dossier_with_what_is_unknown_and_why(self, platform: Platform) -> None:
        assert post(platform, "contacts", COMPLAINT).status_code == 201
        ticket, dossier = Ticket.objects.get(), Dossier.objects.get()
        assert (ticket.kind, ticket.dossier, dossier.source_ticket_id) == ("complaint", dossier, ticket.pk)
        assert (dossier.location, dossier.contact) == ("Zwolle", "riet@voorbeeld.nl")
        assert dossier.happened_on_unknown == "Niet ingevuld op het formulier."
        assert dossier.owner is None

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"text": " "}, "text"),
            ({"text": "een\u0000twee"}, "text"),
            ({"email": ""}, "email"),
            ({"email": "geen adres"}, "email"),
            ({"kind": "notice"}, "kind"),
            ({"site": "elders.nl"}, "site"),
            ({"happened_on": "gisteren"}, "happened_on"),
            ({"happened_on": "2027-01-01", "kind": "complaint"}, "happened_on"),
            ({"extra": 1}, "extra"),
        ],
    )
    def test_that_does_not_fit_is_refused_whole(
        self, platform: Platform, changed: dict[str, Any], field: str
    ) -> None:
        before = everything()
        refused = post(platform, "contacts", {**QUESTION, **changed})
        assert refused.status_code == 422
        assert [error["field"] for error in refused.json()["errors"]] == [field]
        assert everything() == before

    def test_needs_a_key_of_its_own_and_the_site_of_the_platform(self, platform: Platform) -> None:
        assert post(platform, "contacts", QUESTION, key="").status_code == 422
        assert post(platform, "contacts", QUESTION, key="een twee").status_code == 422
        assert post(platform, "contacts", {**QUESTION, "site": "huppla.nl"}).status_code == 403
        assert not Ticket.objects.exists()
        post(platform, "contacts", QUESTION)
        other = post(platform, "contacts", {**QUESTION, "text": "Iets anders"})
        assert other.status_code == 422
        assert other.json()["type"].endswith("key_used_before")
        assert Ticket.objects.count() == 1


class TestANotice:
    def test_is_receipted_at_once_and_its_sender_hears_the_outcome(
        self, platform: Platform, at: datetime
    ) -> None:
        assert post(platform, "notices", NOTICE).status_code == 201
        desk = StaffFactory(role=Role.SERVICEDESK)
        ticket = Ticket.objects.get()
        assert ticket.notice.target_id == "r-1"
        receipt = Mail.objects.get()
        assert "De computer beslist niet." in receipt.body
        with pytest.raises(Unanswered):
            close_ticket(actor=desk, ticket_id=ticket.pk, how=CloseReason.SPOKEN, at=at)
        answer_ticket(
            actor=desk,
            ticket_id=ticket.pk,
            seen=version_of(ticket),
            text="Beste Jan, wij hebben de tekst weggehaald.",
            then=TicketState.CLOSED,
            at=at,
        )
        assert Mail.objects.get(template="notice_outcome").recipient == "jan@voorbeeld.nl"
        assert Notice.objects.get().outcome_told_at == at

    def test_is_receipted_each_time_however_many_come(self, platform: Platform) -> None:
        for number in range(3):
            assert post(platform, "notices", NOTICE, key=f"n-{number}").json()["receipt_sent"] is True
        assert Mail.objects.count() == 3

    def test_about_the_abuse_of_children_may_be_nameless(self, platform: Platform) -> None:
        nameless = {**NOTICE, "name": None, "email": None}
        refused = post(platform, "notices", nameless)
        assert [error["field"] for error in refused.json()["errors"]] == ["name", "email"]
        taken = post(platform, "notices", {**nameless, "about_child_abuse": True})
        assert (taken.status_code, taken.json()["receipt_sent"]) == (201, False)

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"in_good_faith": False}, "in_good_faith"),
            ({"about_id": None}, "url"),
            ({"url": "javascript:alert(1)"}, "url"),
            ({"explanation": ""}, "explanation"),
            ({"about": "x"}, "about"),
        ],
    )
    def test_that_lacks_what_the_law_asks_is_refused(
        self, platform: Platform, changed: dict[str, Any], field: str
    ) -> None:
        refused = post(platform, "notices", {**NOTICE, **changed})
        assert refused.status_code == 422
        assert [error["field"] for error in refused.json()["errors"]] == [field]
        assert not Ticket.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_that_come_at_once_with_one_key_are_one(setup_acts: User, at: datetime) -> None:
    intake = system_user(INTAKE)
    handed = Handed(
        site="wehelpen.nl",
        key="k",
        digest="d",
        contact=Contact(email="riet@voorbeeld.nl"),
        said=Said(body="Hallo"),
    )

    def send() -> Any:
        return receive_contact(actor=intake, handed=handed, complaint=None, at=at)

    results = at_once((intake, send), (intake, send))
    assert sorted(new for _ticket, new in results) == [False, True]
    assert Ticket.objects.count() == Mail.objects.count() == 1
