"""A ticket begins: the one way in that every door ends at."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from backoffice.audit.events import record
from backoffice.errors import DomainError
from backoffice.platforms.plain_text import NotPlain, plain_line, plain_text
from backoffice.platforms.sites import canonical
from backoffice.staff.models import User
from incidents import events
from incidents.choices import Channel, Direction, Right, TicketKind, TicketState
from incidents.models import Message, Ticket
from incidents.office_hours import answer_due
from incidents.rights import rights_in

LONGEST_SUBJECT = 200
LONGEST_TEXT = 20_000
LONGEST_REASON = 500
NUMBERS = "incidents_ticket_numbers"
"""PostgreSQL's sequence (`incidents.apps` makes it)."""


class TicketRefused(DomainError):
    """Something that was filled in is not what it should be; `field` says what."""

    code = "invalid"


class DossierOwed(DomainError):
    """A complaint by direct contact makes a dossier, or says why not (R41)."""

    code = "dossier_owed"


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Who came to us, as far as they said."""

    name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    member_id: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What they said: `subject` may be empty, then the first words of the text stand for it."""

    subject: str = field(default="", repr=False)
    body: str = field(repr=False)


def checked_text(text: str, *, name: str = "text", longest: int = LONGEST_TEXT) -> str:
    """Return text of several lines without anything unseen. Raises TicketRefused, also when it is empty."""
    try:
        plain = plain_text(text, longest=longest).strip()
    except NotPlain as problem:
        raise TicketRefused(_("Take out the hidden characters, or make it shorter."), field=name) from problem
    if not plain:
        raise TicketRefused(_("Write something here."), field=name)
    return plain


def checked_line(text: str, *, name: str, longest: int) -> str:
    """Return one line without anything unseen, which may be empty. Raises TicketRefused."""
    try:
        return plain_line(text, longest=longest)
    except NotPlain as problem:
        raise TicketRefused(
            _("This is one line, not too long, without hidden characters."), field=name
        ) from problem


def checked_contact(contact: Contact) -> Contact:
    """Return who came, each on one line. Raises TicketRefused naming the field."""
    return Contact(
        name=checked_line(contact.name, name="name", longest=120),
        email=checked_line(contact.email, name="email", longest=254),
        phone=checked_line(contact.phone, name="phone", longest=40),
        member_id=checked_line(contact.member_id, name="member_id", longest=80),
    )


def checked_site(site: str) -> str:
    """Return the canonical name of a site of ours. Raises TicketRefused."""
    name = canonical(site)
    if name is None:
        raise TicketRefused(_("This is not a site of WeHelpen."), field="site")
    return name


def begin_ticket(
    *,
    kind: TicketKind,
    channel: Channel,
    site: str,
    said: Said,
    contact: Contact,
    received_at: datetime,
    owner: User | None = None,
    no_dossier_reason: str = "",
    external_id: str = "",
    external_digest: str = "",
) -> Ticket:
    """Return a ticket that is not saved yet, due and marked by what it says. Texts were checked before."""
    rights = rights_in(f"{said.subject}\n{said.body}")
    return Ticket(
        number=next_number(),
        kind=kind,
        channel=channel,
        site=site,
        state=TicketState.OPEN,
        owner=owner,
        subject=said.subject or first_words(said.body),
        contact_name=contact.name,
        contact_email=contact.email,
        contact_phone=contact.phone,
        member_id=contact.member_id,
        received_at=received_at,
        last_message_at=received_at,
        due_at=answer_due(kind, received_at),
        no_dossier_reason=no_dossier_reason,
        rights=rights,
        rights_from=received_at if rights else None,
        external_id=external_id,
        external_digest=external_digest,
    )


def store_ticket(ticket: Ticket, first: Message, *, actor: User, at: datetime) -> None:
    """Save a ticket with its first message, and write down that it was opened. Part of a domain action."""
    ticket.store(reason="ticket_opened", at=at)
    first.ticket = ticket
    first.store(reason="message_received", at=at)
    record(
        events.TicketOpened(
            ticket_kind=TicketKind(ticket.kind),
            channel=Channel(ticket.channel),
            with_dossier=ticket.dossier_id is not None,
            rights=tuple(Right(right) for right in ticket.rights),
        ),
        actor=actor,
        subject=ticket,
        at=at,
    )


def first_message(said: Said, contact: Contact, *, at: datetime, author: User | None = None) -> Message:
    """Return the message with which a ticket begins, not saved yet. `author` typed it for who spoke."""
    return Message(
        direction=Direction.IN,
        author=author,
        from_name=contact.name,
        from_email=contact.email,
        subject=said.subject,
        body=said.body,
        at=at,
    )


def first_words(body: str, *, longest: int = 80) -> str:
    """Return what stands for a subject where there is none."""
    words = " ".join(body.split())
    if len(words) > longest:
        words = words[:longest].rpartition(" ")[0] or words[:longest]
        words += "..."
    return words or str(_("(no subject)"))


def checked_no_dossier(typed: str) -> str:
    """Return why no dossier is made for a complaint. Raises DossierOwed without one (R41)."""
    reason = checked_line(typed, name="no_dossier_reason", longest=LONGEST_REASON)
    if not reason:
        raise DossierOwed(
            _("A complaint makes a dossier. Say why not, if there is to be none."), field="no_dossier_reason"
        )
    return reason


def next_number() -> int:
    """Return the next number of a ticket: never given twice, also when the ticket was not saved."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [NUMBERS])
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])


def lock_tickets(keys: Sequence[UUID]) -> dict[UUID, Ticket]:
    """Return these tickets by key, locked in one order so that nobody waits in a circle.

    Raises Ticket.DoesNotExist when one is not there.
    """
    found = {
        ticket.pk: ticket
        for ticket in Ticket.objects.filter(pk__in=set(keys)).order_by("pk").select_for_update(no_key=True)
    }
    if len(found) < len(set(keys)):
        raise Ticket.DoesNotExist
    return found


def lock_ticket(ticket_id: UUID) -> Ticket:
    """Return a ticket, locked. Raises Ticket.DoesNotExist."""
    return lock_tickets([ticket_id])[ticket_id]
