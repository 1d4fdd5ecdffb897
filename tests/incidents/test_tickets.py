"""Working on tickets: who handles one, what it waits for, when it is done, what belongs together."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from backoffice.audit.meanwhile import ChangedMeanwhile, version_of
from backoffice.audit.models import Event
from backoffice.errors import DomainError
from backoffice.outbox.models import Mail, MailClass
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from backoffice.staff.policy import NotAllowed
from incidents.choices import CloseReason, Direction, TicketKind, TicketState, WaitingFor
from incidents.models import Message, Ticket
from incidents.services.ticket_kinds import classify_ticket
from incidents.services.ticket_messages import add_ticket_note, answer_ticket
from incidents.services.ticket_opening import Contact, DossierOwed, Said, TicketRefused
from incidents.services.ticket_phone import take_in_call
from incidents.services.tickets import (
    CannotMerge,
    CannotSplit,
    NotAHandler,
    Unanswered,
    assign_ticket,
    close_ticket,
    dismiss_rights,
    merge_tickets,
    put_on_wait,
    reopen_ticket,
    split_ticket,
    take_up,
)
from tests.barrier import at_once
from tests.factories import StaffFactory
from tests.incidents.dossiers import opened
from tests.incidents.tickets import SENDER, answer, ticket

pytestmark = pytest.mark.django_db


def kinds_of(made: Ticket) -> list[str]:
    return list(Event.objects.filter(subject_id=str(made.pk)).order_by("id").values_list("kind", flat=True))


class TestATicket:
    def test_is_due_in_office_hours_by_what_it_is(self, servicedesk: User, at: datetime) -> None:
        question = ticket(servicedesk, at)
        complaint = ticket(servicedesk, at, kind=TicketKind.COMPLAINT, no_dossier_reason="Gaat over ons.")
        assert question.due_at == datetime(2026, 11, 19, 11, 0, tzinfo=UTC)
        assert complaint.due_at == datetime(2026, 11, 18, 11, 0, tzinfo=UTC)
        assert question.reference == f"WH-{question.number}"
        assert complaint.number > question.number

    def test_with_a_rights_request_says_so_and_from_when_the_month_runs(
        self, servicedesk: User, at: datetime
    ) -> None:
        made = ticket(servicedesk, at, said=Said(body="Graag inzage in mijn gegevens."))
        assert (made.rights, made.rights_from, made.subject) == (
            ["access"],
            at,
            "Graag inzage in mijn gegevens.",
        )
        dismissed = dismiss_rights(actor=servicedesk, ticket_id=made.pk, at=at)
        assert (dismissed.rights, dismissed.rights_from) == ([], None)
        assert kinds_of(made)[-1] == "ticket.rights_dismissed"

    def test_that_is_a_complaint_owes_a_dossier_or_a_reason(self, servicedesk: User, at: datetime) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            ticket(servicedesk, at, kind=TicketKind.COMPLAINT)


class TestACall:
    def take_in(self, actor: User, at: datetime, **more: Any) -> Ticket:
        asked: dict[str, Any] = {
            "kind": TicketKind.QUESTION,
            "site": "WeHelpen.nl",
            "contact": SENDER,
            "said": Said(body="Belt over haar hulpvraag."),
            **more,
        }
        return take_in_call(actor=actor, at=at, **asked)

    def test_is_handled_by_who_took_it(self, servicedesk: User, at: datetime) -> None:
        made = self.take_in(servicedesk, at)
        assert (made.owner, made.site, made.channel) == (servicedesk, "wehelpen.nl", "phone")
        (message,) = made.messages.all()
        assert (message.author, message.from_name) == (servicedesk, "Riet de Boer")
        assert kinds_of(made) == ["ticket.opened"]

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"site": "elders.nl"}, "site"),
            ({"said": Said(body=" ")}, "text"),
            ({"said": Said(body="x\u202ey")}, "text"),
            ({"said": Said(body="x", subject="twee\nregels")}, "subject"),
            ({"contact": Contact(name="n" * 121)}, "name"),
            ({"kind": TicketKind.COMPLAINT}, "no_dossier_reason"),
        ],
    )
    def test_is_refused_whole_with_the_field_named(
        self, servicedesk: User, at: datetime, wrong: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(DomainError) as refusal:
            self.take_in(servicedesk, at, **wrong)
        assert refusal.value.field == field
        assert not Ticket.objects.exists()

    def test_is_not_taken_in_by_a_moderator(self, moderator: User, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            self.take_in(moderator, at)


class TestAnswering:
    def test_sends_a_letter_that_nobody_can_decline_and_waits_for_the_sender(
        self, servicedesk: User, at: datetime
    ) -> None:
        made = ticket(servicedesk, at)
        message = answer(servicedesk, made, at + timedelta(hours=1))
        made.refresh_from_db()
        assert (made.state, made.waiting_for, made.owner) == ("waiting", "sender", servicedesk)
        assert made.answered_at == at + timedelta(hours=1)
        mail = Mail.objects.get()
        assert message.mail_id == mail.pk
        assert (mail.mail_class, mail.recipient) == (MailClass.CONTRACT, "riet@voorbeeld.nl")
        assert mail.subject == f"[{made.reference}] Re: Mijn hulpvraag"
        assert mail.body.startswith("Beste Riet, dat kan zo.\n")
        assert message.message_id == f"<{mail.pk}@wehelpen.nl>"
        assert kinds_of(made) == ["ticket.opened", "ticket.answered"]

    def test_can_be_the_last_word(self, servicedesk: User, at: datetime) -> None:
        made = ticket(servicedesk, at)
        answer(servicedesk, made, at, then=TicketState.CLOSED)
        made.refresh_from_db()
        assert (made.state, made.close_reason, made.due_at) == ("closed", "answered", None)
        assert str(made.erase_content_on) == "2026-11-17"

    def test_is_refused_over_what_somebody_else_did_meanwhile(
        self, servicedesk: User, coordinator: User, at: datetime
    ) -> None:
        made = ticket(servicedesk, at)
        seen = version_of(made)
        answer(coordinator, made, at)
        with pytest.raises(ChangedMeanwhile):
            answer_ticket(
                actor=servicedesk,
                ticket_id=made.pk,
                seen=seen,
                text="Nog een antwoord",
                then=TicketState.CLOSED,
                at=at,
            )
        assert Mail.objects.count() == 1

    def test_is_refused_without_words_address_or_permission(
        self, servicedesk: User, moderator: User, at: datetime
    ) -> None:
        made, nobody = ticket(servicedesk, at), ticket(servicedesk, at, contact=Contact(phone="112"))
        with pytest.raises(TicketRefused):
            answer(servicedesk, made, at, text=" \n")
        with pytest.raises(NotAllowed) as refusal:
            answer(servicedesk, nobody, at)
        assert refusal.value.code == "no_address"
        with pytest.raises(NotAllowed):
            answer(moderator, made, at)
        assert not Mail.objects.exists()

    def test_a_note_stays_in_the_house(self, servicedesk: User, at: datetime) -> None:
        made = ticket(servicedesk, at)
        add_ticket_note(actor=servicedesk, ticket_id=made.pk, text="Klinkt verdrietig.", at=at)
        assert made.messages.filter(direction=Direction.NOTE).get().author == servicedesk
        assert not Mail.objects.exists()


class TestTheStateOfATicket:
    def test_waits_and_is_due_again_after_a_week(self, servicedesk: User, at: datetime) -> None:
        made = ticket(servicedesk, at)
        waits = put_on_wait(actor=servicedesk, ticket_id=made.pk, waiting_for=WaitingFor.PLATFORM, at=at)
        assert (waits.state, waits.due_at) == ("waiting", at + timedelta(days=7))
        again = put_on_wait(actor=servicedesk, ticket_id=made.pk, waiting_for=WaitingFor.COLLEAGUE, at=at)
        assert again.waiting_for == "colleague"
        assert take_up(actor=servicedesk, ticket_id=made.pk, at=at).state == "open"

    def test_is_closed_with_how_and_opened_again(self, servicedesk: User, at: datetime) -> None:
        made = ticket(servicedesk, at)
        with pytest.raises(Unanswered):
            close_ticket(actor=servicedesk, ticket_id=made.pk, how=CloseReason.ANSWERED, at=at)
        closed = close_ticket(actor=servicedesk, ticket_id=made.pk, how=CloseReason.SPOKEN, at=at)
        assert (closed.closed_at, str(closed.erase_content_on)) == (at, "2026-11-17")
        opened = reopen_ticket(actor=servicedesk, ticket_id=made.pk, at=at + timedelta(days=1))
        assert (opened.closed_at, opened.close_reason, opened.erase_content_on) == (None, "", None)
        assert opened.due_at == datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
        assert kinds_of(made) == ["ticket.opened", "ticket.closed", "ticket.reopened"]
        assert made.history.first().history_change_reason == "ticket_reopened"

    def test_that_a_dossier_keeps_is_not_marked_to_go(self, servicedesk: User, at: datetime) -> None:
        made = ticket(servicedesk, at)
        made.dossier = opened(servicedesk, at)
        made.store(reason="changed", at=at)
        closed = close_ticket(actor=servicedesk, ticket_id=made.pk, how=CloseReason.SPOKEN, at=at)
        assert closed.erase_content_on is None

    @pytest.mark.parametrize(
        "verb",
        [
            lambda actor, made, at: put_on_wait(
                actor=actor, ticket_id=made.pk, waiting_for=WaitingFor.SENDER, at=at
            ),
            lambda actor, made, at: take_up(actor=actor, ticket_id=made.pk, at=at),
            lambda actor, made, at: close_ticket(actor=actor, ticket_id=made.pk, how=CloseReason.SPAM, at=at),
            lambda actor, made, at: assign_ticket(actor=actor, ticket_id=made.pk, owner_id=actor.pk, at=at),
            answer,
        ],
    )
    def test_allows_nothing_once_it_is_handled(
        self, servicedesk: User, at: datetime, verb: Callable[[User, Ticket, datetime], Any]
    ) -> None:
        made = ticket(servicedesk, at)
        close_ticket(actor=servicedesk, ticket_id=made.pk, how=CloseReason.SPAM, at=at)
        with pytest.raises(NotAllowed) as refusal:
            verb(servicedesk, made, at)
        assert refusal.value.code == "handled"

    def test_is_handled_by_who_may(self, servicedesk: User, moderator: User, at: datetime) -> None:
        made = ticket(servicedesk, at)
        colleague = StaffFactory(role=Role.SERVICEDESK)
        assign_ticket(actor=servicedesk, ticket_id=made.pk, owner_id=colleague.pk, at=at)
        assign_ticket(actor=servicedesk, ticket_id=made.pk, owner_id=colleague.pk, at=at)
        assert kinds_of(made) == ["ticket.opened", "ticket.assigned"]
        with pytest.raises(NotAHandler):
            assign_ticket(actor=servicedesk, ticket_id=made.pk, owner_id=moderator.pk, at=at)
        assert assign_ticket(actor=servicedesk, ticket_id=made.pk, owner_id=None, at=at).owner is None

    def test_is_of_another_kind_than_it_seemed(self, servicedesk: User, at: datetime) -> None:
        made = ticket(servicedesk, at)
        with pytest.raises(DossierOwed):
            classify_ticket(actor=servicedesk, ticket_id=made.pk, kind=TicketKind.COMPLAINT, at=at)
        classify_ticket(
            actor=servicedesk,
            ticket_id=made.pk,
            kind=TicketKind.COMPLAINT,
            no_dossier_reason="Gaat over de site, niet over iemand.",
            at=at,
        )
        with pytest.raises(TicketRefused):
            classify_ticket(actor=servicedesk, ticket_id=made.pk, kind=TicketKind.NOTICE, at=at)
        assert kinds_of(made) == ["ticket.opened", "ticket.classified"]


class TestMerging:
    def test_moves_the_messages_and_leads_to_the_other(self, servicedesk: User, at: datetime) -> None:
        first = ticket(servicedesk, at)
        second = ticket(
            servicedesk, at + timedelta(days=1), said=Said(body="Verwijder mijn gegevens, zei ik.")
        )
        stays = merge_tickets(actor=servicedesk, ticket_id=second.pk, into_id=first.pk, at=at)
        second.refresh_from_db()
        assert (second.state, second.merged_into, second.messages.count()) == ("merged", first, 0)
        assert stays.messages.count() == 2
        assert (stays.rights, stays.rights_from) == (["erasure"], at + timedelta(days=1))
        assert stays.due_at == first.due_at
        for wrong in (first.pk, second.pk):
            with pytest.raises((CannotMerge, NotAllowed)):
                merge_tickets(actor=servicedesk, ticket_id=first.pk, into_id=wrong, at=at)

    def test_splits_off_what_is_about_something_else(self, servicedesk: User, at: datetime) -> None:
        first = ticket(servicedesk, at)
        other = ticket(servicedesk, at, contact=Contact(name="Jan", email="jan@voorbeeld.nl"))
        merge_tickets(actor=servicedesk, ticket_id=other.pk, into_id=first.pk, at=at)
        (of_jan,) = Message.objects.filter(from_email="jan@voorbeeld.nl")
        new = split_ticket(actor=servicedesk, ticket_id=first.pk, message_ids=[of_jan.pk], at=at)
        assert (new.contact_email, new.contact_phone, new.messages.get()) == ("jan@voorbeeld.nl", "", of_jan)
        with pytest.raises(CannotSplit):
            split_ticket(actor=servicedesk, ticket_id=new.pk, message_ids=[of_jan.pk], at=at)
        with pytest.raises(CannotSplit):
            split_ticket(actor=servicedesk, ticket_id=first.pk, message_ids=[of_jan.pk], at=at)


@pytest.mark.django_db(transaction=True)
class TestTwoPeopleAtOnce:
    def test_who_merge_crosswise_leave_one(self, servicedesk: User, coordinator: User, at: datetime) -> None:
        one, two = ticket(servicedesk, at), ticket(servicedesk, at)
        results = at_once(
            (servicedesk, lambda: merge_tickets(actor=servicedesk, ticket_id=one.pk, into_id=two.pk, at=at)),
            (coordinator, lambda: merge_tickets(actor=coordinator, ticket_id=two.pk, into_id=one.pk, at=at)),
        )
        assert sorted(type(result).__name__ for result in results) == ["NotAllowed", "Ticket"]
        assert Message.objects.filter(ticket__state=TicketState.OPEN).count() == 2

    def test_who_answer_close_and_note_lose_nothing(
        self, servicedesk: User, coordinator: User, at: datetime
    ) -> None:
        made = ticket(servicedesk, at)
        seen = version_of(made)

        def answers(actor: User) -> Callable[[], Any]:
            return lambda: answer_ticket(
                actor=actor,
                ticket_id=made.pk,
                seen=seen,
                text="Antwoord",
                then=TicketState.CLOSED,
                at=at,
            )

        results = at_once(
            (servicedesk, answers(servicedesk)),
            (coordinator, answers(coordinator)),
            (
                servicedesk,
                lambda: add_ticket_note(actor=servicedesk, ticket_id=made.pk, text="Notitie", at=at),
            ),
        )
        refused = [result for result in results if isinstance(result, DomainError)]
        assert len(refused) == 1
        assert Mail.objects.count() == 1
        made.refresh_from_db()
        assert made.state == TicketState.CLOSED
        assert made.messages.count() == 3
