"""What kind of ticket it is: said by who opened it, or found out later."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.staff.models import User
from backoffice.staff.policy import require
from incidents import events, policy
from incidents.choices import TicketKind
from incidents.models import Ticket
from incidents.services.ticket_opening import TicketRefused, checked_no_dossier, lock_ticket


@domain_action
def classify_ticket(
    *, actor: User, ticket_id: UUID, kind: TicketKind, no_dossier_reason: str = "", at: datetime
) -> Ticket:
    """Say that a ticket is of another kind. The same again changes nothing.

    A notice stays one, and nothing becomes one: its sender is owed what the DSA says. Raises
    DossierOwed for a complaint without a dossier or a reason, TicketRefused (field `kind`), NotAllowed.
    """
    ticket = lock_ticket(ticket_id)
    require(policy.may_work_on(actor, ticket))
    was = TicketKind(ticket.kind)
    if was == kind:
        return ticket
    if TicketKind.NOTICE in (was, kind):
        raise TicketRefused(_("A notice stays a notice, and nothing else becomes one."), field="kind")
    if kind == TicketKind.COMPLAINT and ticket.dossier_id is None:
        ticket.no_dossier_reason = checked_no_dossier(no_dossier_reason)
    ticket.kind = kind
    ticket.store(reason="ticket_classified", at=at, fields=["kind", "no_dossier_reason"])
    record(
        events.TicketClassified(was=was, now=kind, with_dossier=ticket.dossier_id is not None),
        actor=actor,
        subject=ticket,
        at=at,
    )
    return ticket
