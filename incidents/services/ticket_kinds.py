"""What kind of ticket it is: said by who opened it, or found out later."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.staff.models import User
from backoffice.staff.policy import require
from incidents import events, policy
from incidents.choices import Direction, TicketKind
from incidents.models import Ticket
from incidents.services.ticket_dossiers import Complaint, open_dossier_for
from incidents.services.ticket_opening import (
    LONGEST_TEXT,
    TicketRefused,
    checked_no_dossier,
    lock_ticket,
)


@domain_action
def classify_ticket(
    *,
    actor: User,
    ticket_id: UUID,
    kind: TicketKind,
    complaint: Complaint | None = None,
    no_dossier_reason: str = "",
    at: datetime,
) -> Ticket:
    """Say that a ticket is of another kind. The same again changes nothing.

    What turns out to be a complaint makes a dossier of `complaint`, with what its sender first wrote, or
    says why there is none. A notice stays one, and nothing becomes one: its sender is owed what the DSA
    says. Raises DossierOwed, TicketRefused (with the field), NotAllowed, and what `open_dossier` raises.
    """
    ticket = lock_ticket(ticket_id)
    require(policy.may_work_on(actor, ticket))
    was = TicketKind(ticket.kind)
    if was == kind:
        return ticket
    if TicketKind.NOTICE in (was, kind):
        raise TicketRefused(_("A notice stays a notice, and nothing else becomes one."), field="kind")
    if kind == TicketKind.COMPLAINT and ticket.dossier_id is None:
        if complaint is None:
            ticket.no_dossier_reason = checked_no_dossier(no_dossier_reason)
        else:
            first = ticket.messages.filter(direction=Direction.IN).order_by("at", "id").first()
            story = first.body[:LONGEST_TEXT] if first else ""
            open_dossier_for(ticket, complaint, description=story, actor=actor, at=at)
    ticket.kind = kind
    ticket.store(reason="ticket_classified", at=at, fields=["kind", "dossier", "no_dossier_reason"])
    record(
        events.TicketClassified(was=was, now=kind, with_dossier=ticket.dossier_id is not None),
        actor=actor,
        subject=ticket,
        at=at,
    )
    return ticket
