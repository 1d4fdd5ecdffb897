"""What is said about a ticket: answers that leave the house, and notes that do not."""

from datetime import datetime
from uuid import UUID, uuid4

from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.audit.meanwhile import require_unchanged
from backoffice.outbox.letters import send_letter
from backoffice.outbox.services.mail import message_id
from backoffice.staff.models import User
from backoffice.staff.policy import require
from incidents import events, policy
from incidents.choices import CloseReason, Direction, TicketKind, TicketState, WaitingFor
from incidents.letters.tickets import answer_letter
from incidents.models import Message, Notice, StandardAnswer, Ticket
from incidents.office_hours import answer_due
from incidents.services.ticket_opening import checked_text, lock_ticket
from incidents.services.tickets import STATE_FIELDS, close, wait

LONGEST_NOTE = 5_000


@domain_action
def answer_ticket(
    *,
    actor: User,
    ticket_id: UUID,
    seen: int,
    text: str,
    then: TicketState,
    text_id: int | None = None,
    at: datetime,
) -> Message:
    """Write to who sent a ticket. The letter leaves after the commit; it cannot be taken back.

    `then` is where the ticket stands afterwards: handled, waiting for the sender, or still open. `seen` is
    the version of the ticket that the person looked at: nobody answers over a message that came in
    meanwhile, or what a colleague answered already. Who answers handles it, unless somebody does.
    Raises ChangedMeanwhile, TicketRefused (field `text`), NotAllowed.
    """
    ticket = lock_ticket(ticket_id)
    require(policy.may_answer(actor, ticket))
    require_unchanged(ticket, seen=seen)
    text = checked_text(text)
    key = uuid4()
    last_word = ticket.kind == TicketKind.NOTICE and then == TicketState.CLOSED
    template = "notice_outcome" if last_word else "ticket_answer"
    mail = send_letter(answer_letter(ticket, text, about=str(key), template=template), at=at)
    message = Message(
        pk=key,
        ticket=ticket,
        direction=Direction.OUT,
        author=actor,
        to_email=ticket.contact_email,
        subject=mail.subject,
        body=text,
        at=at,
        message_id=message_id(mail),
        mail_id=mail.pk,
    )
    message.store(reason="ticket_answered", at=at)
    ticket.owner = ticket.owner or actor
    ticket.answered_at = ticket.answered_at or at
    ticket.last_message_at = at
    match then:
        case TicketState.CLOSED:
            close(ticket, CloseReason.ANSWERED, at=at)
        case TicketState.WAITING:
            wait(ticket, WaitingFor.SENDER, at=at)
        case _:
            _stay(ticket, at=at)
    ticket.store(
        reason="ticket_answered",
        at=at,
        fields=[*STATE_FIELDS, "owner", "answered_at", "last_message_at"],
    )
    if last_word:
        notice = Notice.objects.select_for_update().get(ticket=ticket)
        notice.outcome_told_at = at
        notice.store(reason="ticket_answered", at=at, fields=["outcome_told_at"])
    offered = StandardAnswer.objects.filter(pk=text_id).first() if text_id else None
    record(
        events.TicketAnswered(
            message_id=message.pk, state=TicketState(ticket.state), from_text=offered.pk if offered else None
        ),
        actor=actor,
        subject=ticket,
        at=at,
    )
    return message


@domain_action
def add_ticket_note(*, actor: User, ticket_id: UUID, text: str, at: datetime) -> Message:
    """Write a remark that stays in the house. Cannot be undone. Raises TicketRefused (field `text`)."""
    ticket = lock_ticket(ticket_id)
    require(policy.may_note_at(actor, ticket))
    message = Message(
        ticket=ticket,
        direction=Direction.NOTE,
        author=actor,
        body=checked_text(text, longest=LONGEST_NOTE),
        at=at,
    )
    message.store(reason="ticket_noted", at=at)
    record(
        events.MessageAdded(message_id=message.pk, direction=Direction.NOTE),
        actor=actor,
        subject=ticket,
        at=at,
    )
    return message


def _stay(ticket: Ticket, *, at: datetime) -> None:
    if ticket.state == TicketState.WAITING:
        ticket.move_to(TicketState.OPEN, at=at, due_at=answer_due(ticket.kind, at))
    else:
        ticket.due_at = answer_due(ticket.kind, at)
