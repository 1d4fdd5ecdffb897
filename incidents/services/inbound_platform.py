"""What somebody sent with the platform's contact form or report button, handed over by the platform."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext_lazy as _

from backoffice.audit.acting import domain_action
from backoffice.errors import DomainError
from backoffice.staff.models import User
from incidents.choices import Channel, NoticeTarget, TicketKind
from incidents.models import Notice, Ticket
from incidents.services.ticket_dossiers import Complaint, open_dossier_for
from incidents.services.ticket_opening import Contact, Said, begin_ticket, first_message, store_ticket
from incidents.services.ticket_receipts import send_receipt


class KeyUsedBefore(DomainError):
    """The idempotency key belongs to something else that was sent."""

    code = "key_used_before"


@dataclass(frozen=True, kw_only=True)
class Handed:
    """What a platform hands over, checked for shape at the door; `digest` is of all that it sent."""

    site: str
    key: str
    digest: str
    contact: Contact = field(repr=False)
    said: Said = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class NoticeFacts:
    """What article 16(2) of the DSA asks beside the explanation and who sends it."""

    target: NoticeTarget
    target_id: str
    url: str
    about_child_abuse: bool
    in_good_faith: bool


@domain_action
def receive_contact(
    *, actor: User, handed: Handed, complaint: Complaint | None, at: datetime
) -> tuple[Ticket, bool]:
    """Make a ticket of a question, or of a complaint with its dossier, and tell its sender that it came in.

    Cannot be undone. Returns it, and whether it is new: the same key with the same content changes
    nothing. Raises KeyUsedBefore, and what `open_dossier` raises.
    """
    if known := _known(handed):
        return known, False
    kind = TicketKind.QUESTION if complaint is None else TicketKind.COMPLAINT
    ticket = _begin(handed, kind, Channel.FORM, at=at)
    if complaint is not None:
        open_dossier_for(ticket, complaint, description=handed.said.body, actor=actor, at=at)
    store_ticket(ticket, first_message(handed.said, handed.contact, at=at), actor=actor, at=at)
    send_receipt(ticket, at=at)
    return ticket, True


@domain_action
def receive_notice(*, actor: User, handed: Handed, facts: NoticeFacts, at: datetime) -> tuple[Ticket, bool]:
    """Make a ticket of a notice (DSA article 16), and tell its sender at once that it came in (16(4)).

    The outcome follows when somebody answers the ticket as handled (16(5)). Cannot be undone. Returns it,
    and whether it is new, as `receive_contact`. Raises KeyUsedBefore.
    """
    if known := _known(handed):
        return known, False
    ticket = _begin(handed, TicketKind.NOTICE, Channel.REPORT, at=at)
    store_ticket(ticket, first_message(handed.said, handed.contact, at=at), actor=actor, at=at)
    Notice(
        ticket=ticket,
        target=facts.target,
        target_id=facts.target_id,
        url=facts.url,
        about_child_abuse=facts.about_child_abuse,
        in_good_faith=facts.in_good_faith,
    ).store(reason="message_received", at=at)
    send_receipt(ticket, at=at, limited=False)
    return ticket, True


def _known(handed: Handed) -> Ticket | None:
    """Return what was sent with this key before; two that come at once wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"ticket\n{handed.site}\n{handed.key}"]
        )
    known = Ticket.objects.filter(site=handed.site, external_id=handed.key).first()
    if known is not None and known.external_digest != handed.digest:
        raise KeyUsedBefore(
            _("This Idempotency-Key was used for something else. Send this with one of its own."),
            field="idempotency_key",
        )
    return known


def _begin(handed: Handed, kind: TicketKind, channel: Channel, *, at: datetime) -> Ticket:
    return begin_ticket(
        kind=kind,
        channel=channel,
        site=handed.site,
        said=handed.said,
        contact=handed.contact,
        received_at=at,
        external_id=handed.key,
        external_digest=handed.digest,
    )
