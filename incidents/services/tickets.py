"""Working on tickets: who handles one, what it waits for, when it is done, what belongs together (R40)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.audit.history import store_many
from backoffice.errors import DomainError
from backoffice.staff.models import User
from backoffice.staff.policy import require
from incidents import events, policy
from incidents.choices import CloseReason, Direction, Right, TicketKind, TicketState, WaitingFor
from incidents.models import Message, Ticket
from incidents.office_hours import answer_due, look_again_at
from incidents.services.ticket_opening import lock_ticket, lock_tickets, next_number

STATE_FIELDS = (
    "state",
    "waiting_for",
    "due_at",
    "closed_at",
    "close_reason",
    "erase_content_on",
)
"""Columns that move with the state: what `wait`, `close` and `reopen` change."""


class NotAHandler(DomainError):
    """Who should handle the ticket may not."""

    code = "not_a_handler"


class Unanswered(DomainError):
    """A ticket was never answered by mail: closing it says how it was handled."""

    code = "unanswered"


class CannotMerge(DomainError):
    """Two tickets that cannot become one."""

    code = "cannot_merge"


class CannotSplit(DomainError):
    """Messages that cannot become a ticket of their own."""

    code = "cannot_split"


@domain_action
def assign_ticket(*, actor: User, ticket_id: UUID, owner_id: int | None, at: datetime) -> Ticket:
    """Let somebody handle a ticket, or nobody. The same again changes nothing.

    Raises NotAHandler when that person may not, NotAllowed.
    """
    ticket = lock_ticket(ticket_id)
    require(policy.may_work_on(actor, ticket))
    if ticket.owner_id == owner_id:
        return ticket
    owner = None
    if owner_id is not None:
        owner = User.objects.filter(pk=owner_id).first()
        if owner is None or not policy.may_handle_tickets(owner):
            raise NotAHandler(_("This person does not handle tickets."), field="owner")
    ticket.owner = owner
    ticket.store(reason="ticket_assigned", at=at, fields=["owner"])
    record(events.TicketAssigned(owner_id=owner_id), actor=actor, subject=ticket, at=at)
    return ticket


@domain_action
def put_on_wait(*, actor: User, ticket_id: UUID, waiting_for: WaitingFor, at: datetime) -> Ticket:
    """Let a ticket wait for somebody; after a week of office hours it is due again. Undone by `take_up`.

    Raises NotAllowed, IllegalTransition.
    """
    ticket = lock_ticket(ticket_id)
    require(policy.may_work_on(actor, ticket))
    wait(ticket, waiting_for, at=at)
    ticket.store(reason="ticket_waits", at=at, fields=STATE_FIELDS)
    record(events.TicketPut(waiting_for=waiting_for), actor=actor, subject=ticket, at=at)
    return ticket


@domain_action
def take_up(*, actor: User, ticket_id: UUID, at: datetime) -> Ticket:
    """Let a ticket wait no longer: it is our turn. Raises NotAllowed, IllegalTransition."""
    ticket = lock_ticket(ticket_id)
    require(policy.may_work_on(actor, ticket))
    ticket.move_to(TicketState.OPEN, at=at, due_at=answer_due(ticket.kind, at))
    ticket.store(reason="ticket_taken_up", at=at, fields=STATE_FIELDS)
    record(events.TicketPut(waiting_for=None), actor=actor, subject=ticket, at=at)
    return ticket


@domain_action
def close_ticket(*, actor: User, ticket_id: UUID, how: CloseReason, at: datetime) -> Ticket:
    """Say that a ticket was handled. Its content goes tonight (R72), unless a dossier keeps it (R73).

    Undone by `reopen_ticket`. Raises Unanswered (field `how`) for an answer by mail that was never sent,
    NotAllowed, IllegalTransition.
    """
    ticket = lock_ticket(ticket_id)
    require(policy.may_work_on(actor, ticket))
    close(ticket, how, at=at)
    ticket.store(reason="ticket_closed", at=at, fields=STATE_FIELDS)
    record(events.TicketClosed(how=how), actor=actor, subject=ticket, at=at)
    return ticket


@domain_action
def reopen_ticket(*, actor: User, ticket_id: UUID, at: datetime) -> Ticket:
    """Take up a ticket that was handled; what it says stays for now. Raises NotAllowed."""
    ticket = lock_ticket(ticket_id)
    require(policy.may_reopen(actor, ticket))
    reopen(ticket, at=at)
    ticket.store(reason="ticket_reopened", at=at, fields=STATE_FIELDS)
    record(events.TicketReopened(), actor=actor, subject=ticket, at=at)
    return ticket


@domain_action
def merge_tickets(*, actor: User, ticket_id: UUID, into_id: UUID, at: datetime) -> Ticket:
    """Move the messages of a ticket into another, and let its number lead there. Cannot be undone.

    What should not have moved can be split off again. Returns the ticket that stays. Raises CannotMerge
    (field `into`) for itself and for two that each have a dossier of their own, NotAllowed.
    """
    if ticket_id == into_id:
        raise CannotMerge(_("A ticket cannot be merged into itself."), field="into")
    both = lock_tickets([ticket_id, into_id])
    ticket, into = both[ticket_id], both[into_id]
    require(policy.may_work_on(actor, ticket))
    require(policy.may_work_on(actor, into))
    if ticket.dossier_id and into.dossier_id and ticket.dossier_id != into.dossier_id:
        raise CannotMerge(_("Each has a dossier of its own: link the dossiers instead."), field="into")
    messages = list(Message.objects.filter(ticket=ticket))
    for message in messages:
        message.ticket = into
    store_many(messages, reason="ticket_merged", at=at, fields=["ticket"])
    due = min(moment for moment in (ticket.due_at, into.due_at) if moment is not None)
    ticket.move_to(TicketState.MERGED, at=at)
    ticket.merged_into = into
    ticket.store(reason="ticket_merged", at=at, fields=[*STATE_FIELDS, "merged_into"])
    into.due_at = due
    into.last_message_at = max(into.last_message_at, ticket.last_message_at)
    into.dossier_id = into.dossier_id or ticket.dossier_id
    into.rights = sorted({*into.rights, *ticket.rights})
    starts = [moment for moment in (into.rights_from, ticket.rights_from) if moment is not None]
    into.rights_from = min(starts, default=None)
    into.store(
        reason="ticket_merged",
        at=at,
        fields=["due_at", "last_message_at", "dossier_id", "rights", "rights_from"],
    )
    record(events.TicketMerged(into=into.pk, messages=len(messages)), actor=actor, subject=ticket, at=at)
    return into


@domain_action
def split_ticket(*, actor: User, ticket_id: UUID, message_ids: Sequence[UUID], at: datetime) -> Ticket:
    """Make a ticket of its own of some messages, for the same handler. Undone by merging it back.

    It is from who wrote the first received one among them, and due as if they wrote now. Raises
    CannotSplit (field `messages`) unless some stay behind and one was received, NotAllowed.
    """
    ticket = lock_ticket(ticket_id)
    require(policy.may_work_on(actor, ticket))
    messages = list(Message.objects.filter(ticket=ticket))
    chosen = [message for message in messages if message.pk in set(message_ids)]
    received = [message for message in chosen if message.direction == Direction.IN]
    if not received or len(chosen) == len(messages):
        raise CannotSplit(
            _("Choose one or more received messages, and leave at least one behind."), field="messages"
        )
    first = received[0]
    same = first.from_email == ticket.contact_email
    new = Ticket(
        number=next_number(),
        kind=ticket.kind,
        channel=ticket.channel,
        site=ticket.site,
        owner=ticket.owner,
        subject=first.subject or ticket.subject,
        contact_name=first.from_name or (ticket.contact_name if same else ""),
        contact_email=first.from_email,
        contact_phone=ticket.contact_phone if same else "",
        member_id=ticket.member_id if same else "",
        received_at=first.at,
        last_message_at=chosen[-1].at,
        due_at=answer_due(ticket.kind, at),
        dossier_id=ticket.dossier_id,
        no_dossier_reason=ticket.no_dossier_reason,
    )
    new.store(reason="ticket_split", at=at)
    for message in chosen:
        message.ticket = new
    store_many(chosen, reason="ticket_split", at=at, fields=["ticket"])
    record(events.TicketSplit(new=new.pk, messages=len(chosen)), actor=actor, subject=ticket, at=at)
    return new


@domain_action
def dismiss_rights(*, actor: User, ticket_id: UUID, at: datetime) -> Ticket:
    """Say that a ticket asks for none of the rights that it seemed to ask for. Again changes nothing."""
    ticket = lock_ticket(ticket_id)
    require(policy.may_work_on(actor, ticket))
    if ticket.rights:
        record(
            events.RightsDismissed(rights=tuple(map(Right, ticket.rights))),
            actor=actor,
            subject=ticket,
            at=at,
        )
        ticket.rights, ticket.rights_from = [], None
        ticket.store(reason="rights_dismissed", at=at, fields=["rights", "rights_from"])
    return ticket


def wait(ticket: Ticket, waiting_for: WaitingFor, *, at: datetime) -> None:
    """Let a ticket wait; saves nothing. One that waits already waits for this one now."""
    if ticket.state != TicketState.WAITING:
        ticket.move_to(TicketState.WAITING, at=at)
    ticket.waiting_for = waiting_for
    ticket.due_at = look_again_at(at)


def close(ticket: Ticket, how: CloseReason, *, at: datetime) -> None:
    """Close a ticket; saves nothing. Raises Unanswered, IllegalTransition."""
    if how == CloseReason.ANSWERED and ticket.answered_at is None:
        raise Unanswered(_("No answer was sent. Say how it was handled instead."), field="how")
    owed = ticket.kind == TicketKind.NOTICE and ticket.contact_email and ticket.answered_at is None
    if owed and how != CloseReason.SPAM:
        raise Unanswered(
            _("Who sent a notice hears its outcome: answer, and say that it is handled."), field="how"
        )
    ticket.move_to(TicketState.CLOSED, at=at)
    ticket.close_reason = how


def reopen(ticket: Ticket, *, at: datetime) -> None:
    """Open a ticket that waits or was handled; saves nothing."""
    ticket.move_to(TicketState.OPEN, at=at, due_at=answer_due(ticket.kind, at))
