"""To which ticket a mail belongs, and what it does there: it opens one, is the next message, or a copy."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import parseaddr
from enum import StrEnum

from django.conf import settings
from django.db import connection
from django.db.models import Q

from backoffice.audit.events import record
from backoffice.outbox.paper import SERVICEDESK
from backoffice.outbox.services.mail import note_bounce, uuid_of
from backoffice.platforms.sites import WEHELPEN, canonical
from backoffice.staff.models import User
from incidents import events
from incidents.choices import UNDER_WAY, Channel, Direction, NotKept, TicketKind, TicketState
from incidents.letters.tickets import subject_of
from incidents.mail.parsing import ParsedMail
from incidents.models import Enclosure, Message, Receipt, StoredFile, Ticket
from incidents.rights import rights_in
from incidents.services.files import fit_name, keep_file
from incidents.services.ticket_opening import (
    Contact,
    Said,
    begin_ticket,
    lock_ticket,
    store_ticket,
)
from incidents.services.ticket_receipts import send_receipt
from incidents.services.tickets import STATE_FIELDS, reopen

FLOOD = 20
"""Messages of one address within an hour; what comes beyond goes with them into one ticket."""

WITHIN = timedelta(hours=1)
MOST_MERGES = 20


class Came(StrEnum):
    """What a mail turned out to be."""

    NEW = "new"
    NEXT = "next"
    KNOWN = "known"
    UNREADABLE = "unreadable"


Files = Sequence[tuple[tuple[str, int], StoredFile | NotKept]]


def is_flood(address: str, *, at: datetime) -> bool:
    """Return whether an address sends more than any person does."""
    recent = Message.objects.filter(
        from_email=address, direction=Direction.IN, at__gt=at - WITHIN, at__lte=at
    )
    return bool(address) and recent[FLOOD - 1 : FLOOD].exists()


def add_mail(parsed: ParsedMail, files: Files, *, actor: User, received_at: datetime, at: datetime) -> Came:
    """Save a mail as a message of the ticket it belongs to. Part of a domain action.

    A copy changes nothing. What a machine sent is kept, and neither answered nor allowed to wake a ticket,
    but for the news that our letter came back.
    """
    _one_at_a_time(parsed.from_email or parsed.fingerprint)
    if Message.objects.filter(fingerprint=parsed.fingerprint).exists():
        return Came.KNOWN
    machine = parsed.machine or is_ours(parsed.from_email)
    message = _message(parsed, automatic=machine, received_at=received_at)
    bounced = _note_bounces(parsed, actor=actor, at=at)
    ticket = bounced or _thread_of(parsed)
    flood = is_flood(parsed.from_email, at=at)
    if ticket is None and flood:
        ticket = _latest_of(parsed.from_email)
    if ticket is not None:
        _add(ticket, message, wakes=not machine or bounced is not None, actor=actor, at=at)
        _enclose(message, files, at=at)
        return Came.NEXT
    said = Said(subject=subject_of(parsed.subject), body=parsed.body)
    contact = Contact(name=parsed.from_name, email="" if is_ours(parsed.from_email) else parsed.from_email)
    ticket = begin_ticket(
        kind=TicketKind.QUESTION,
        channel=Channel.MAIL,
        site=_site_of(parsed),
        said=said,
        contact=contact,
        received_at=received_at,
    )
    store_ticket(ticket, message, actor=actor, at=at)
    _enclose(message, files, at=at)
    if parsed.answerable and not machine:
        send_receipt(ticket, at=at)
    return Came.UNREADABLE if parsed.unread else Came.NEW


def is_ours(address: str) -> bool:
    """Return whether mail from this address is our own, come back to us."""
    return address in {parseaddr(settings.MAIL_FROM)[1].lower(), SERVICEDESK}


def _one_at_a_time(key: str) -> None:
    """Let the mail of one sender be taken in one after the other, until the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"mail-from\n{key}"])


def _message(parsed: ParsedMail, *, automatic: bool, received_at: datetime) -> Message:
    return Message(
        direction=Direction.IN,
        from_name=parsed.from_name,
        from_email=parsed.from_email,
        to_email=next(iter(parsed.to_emails), ""),
        subject=parsed.subject,
        body=parsed.body,
        at=received_at,
        automatic=automatic,
        message_id=parsed.message_id,
        references=list(parsed.references),
        fingerprint=parsed.fingerprint,
    )


def _thread_of(parsed: ParsedMail) -> Ticket | None:
    """Return the ticket that a mail answers to, locked: by its references, which nobody can guess, or by the
    number in its subject, when its sender is somebody of that ticket.
    """
    ids = list(parsed.references)
    ticket_id = (
        Message.objects.filter(message_id__in=ids).order_by("-at").values_list("ticket", flat=True).first()
        if ids
        else None
    )
    if ticket_id is None and ids:
        mails = [key for key in (uuid_of(one.strip("<>").partition("@")[0]) for one in ids) if key]
        ticket_id = Receipt.objects.filter(mail_id__in=mails).values_list("ticket", flat=True).first()
    if ticket_id is None and parsed.numbers and parsed.from_email:
        theirs = Q(contact_email=parsed.from_email) | Q(messages__from_email=parsed.from_email)
        theirs |= Q(merged_from__contact_email=parsed.from_email)
        numbered = Ticket.objects.filter(theirs, number__in=parsed.numbers).order_by("-number")
        ticket_id = numbered.values_list("pk", flat=True).first()
    return _where_it_went(lock_ticket(ticket_id)) if ticket_id else None


def _where_it_went(ticket: Ticket) -> Ticket:
    for _step in range(MOST_MERGES):
        if ticket.merged_into_id is None:
            break
        ticket = lock_ticket(ticket.merged_into_id)
    return ticket


def _latest_of(address: str) -> Ticket | None:
    found = Ticket.objects.filter(contact_email=address, state__in=UNDER_WAY).order_by(
        "-received_at", "-number"
    )
    ticket_id = found.values_list("pk", flat=True).first()
    return lock_ticket(ticket_id) if ticket_id else None


def _note_bounces(parsed: ParsedMail, *, actor: User, at: datetime) -> Ticket | None:
    """Keep that letters came back; return the ticket of the first of them, locked."""
    found = None
    for one in parsed.returned:
        mail_id = uuid_of(one.strip("<>").partition("@")[0])
        if mail_id is None or not one.endswith(f"@{settings.MAIL_DOMAIN}>"):
            continue
        note_bounce(actor=actor, mail_id=mail_id, code=f"bounced_{parsed.return_code or 'unknown'}", at=at)
        ticket_id = (
            Message.objects.filter(mail_id=mail_id).values_list("ticket", flat=True).first()
            or Receipt.objects.filter(mail_id=mail_id).values_list("ticket", flat=True).first()
        )
        if ticket_id and found is None:
            found = _where_it_went(lock_ticket(ticket_id))
    return found


def _add(ticket: Ticket, message: Message, *, wakes: bool, actor: User, at: datetime) -> None:
    message.ticket = ticket
    message.store(reason="message_received", at=at)
    reopened = wakes and ticket.state == TicketState.CLOSED
    if wakes and ticket.state != TicketState.OPEN:
        reopen(ticket, at=at)
    rights = set(ticket.rights)
    if not message.automatic:
        rights |= set(rights_in(f"{message.subject}\n{message.body}"))
    if rights != set(ticket.rights):
        ticket.rights = sorted(rights)
        ticket.rights_from = ticket.rights_from or message.at
    ticket.last_message_at = max(ticket.last_message_at, message.at)
    ticket.store(
        reason="message_received",
        at=at,
        fields=[*STATE_FIELDS, "last_message_at", "rights", "rights_from"],
    )
    record(
        events.MessageAdded(
            message_id=message.pk,
            direction=Direction.IN,
            automatic=message.automatic,
            reopened=reopened,
        ),
        actor=actor,
        subject=ticket,
        at=at,
    )


def _enclose(message: Message, files: Files, *, at: datetime) -> None:
    for place, ((name, size), file) in enumerate(files):
        kept = keep_file(file, at=at) if isinstance(file, StoredFile) else None
        Enclosure(
            message=message,
            file=kept,
            name=fit_name(name),
            size=size,
            not_kept="" if isinstance(file, StoredFile) else file,
            position=place,
        ).store(reason="message_received", at=at)


def _site_of(parsed: ParsedMail) -> str:
    domains = [address.rpartition("@")[2] for address in parsed.to_emails]
    return next((site for site in map(canonical, domains) if site), WEHELPEN)
