"""The telephone, and whoever stands at the counter: typed in while somebody speaks."""

from datetime import datetime

from backoffice.audit.acting import domain_action
from backoffice.staff.models import User
from backoffice.staff.policy import require
from incidents import policy
from incidents.choices import Channel, TicketKind
from incidents.models import Ticket
from incidents.services.ticket_dossiers import Complaint, open_dossier_for
from incidents.services.ticket_opening import (
    LONGEST_SUBJECT,
    Contact,
    Said,
    begin_ticket,
    checked_contact,
    checked_line,
    checked_no_dossier,
    checked_site,
    checked_text,
    first_message,
    store_ticket,
)


@domain_action
def take_in_call(
    *,
    actor: User,
    kind: TicketKind,
    site: str,
    contact: Contact,
    said: Said,
    complaint: Complaint | None = None,
    no_dossier_reason: str = "",
    at: datetime,
) -> Ticket:
    """Write down what somebody told by telephone; who wrote it handles it. Cannot be undone.

    A complaint makes a dossier of `complaint`, or says why there is none. Raises TicketRefused (with the
    field), DossierOwed, NotAllowed, and what `open_dossier` raises.
    """
    require(policy.may_handle_tickets(actor))
    owes = kind == TicketKind.COMPLAINT
    reason = checked_no_dossier(no_dossier_reason) if owes and complaint is None else ""
    contact = checked_contact(contact)
    said = Said(
        subject=checked_line(said.subject, name="subject", longest=LONGEST_SUBJECT),
        body=checked_text(said.body),
    )
    ticket = begin_ticket(
        kind=kind,
        channel=Channel.PHONE,
        site=checked_site(site),
        said=said,
        contact=contact,
        received_at=at,
        owner=actor,
        no_dossier_reason=reason,
    )
    if owes and complaint is not None:
        open_dossier_for(ticket, complaint, description=said.body, actor=actor, at=at)
    store_ticket(ticket, first_message(said, contact, at=at, author=actor), actor=actor, at=at)
    return ticket
