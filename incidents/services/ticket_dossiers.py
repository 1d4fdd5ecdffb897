"""A complaint by direct contact makes a dossier, in the transaction that takes it in (R41, R42)."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from backoffice.staff.models import User
from incidents.given import Person, Unknown
from incidents.models import Dossier, Ticket
from incidents.services.dossiers import open_dossier
from incidents.services.ticket_opening import LONGEST_REASON, TicketRefused, checked_line


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """What a dossier asks beside who complains and what they tell.

    `about` names whom it is about, empty when nobody was named. `why_unknown` is the reason of
    everything that is missing: nothing stays blank.
    """

    happened_on: date | None = None
    location: str = field(default="", repr=False)
    about: str = field(default="", repr=False)
    why_unknown: str = field(default="", repr=False)


def open_dossier_for(
    ticket: Ticket, complaint: Complaint, *, description: str, actor: User, at: datetime
) -> Dossier:
    """Make the dossier of a complaint, and let the ticket point at it; the ticket is not saved here.

    A person who does this handles it; what a job opens waits for a coordinator. Part of a domain action.
    Raises TicketRefused (field `why_unknown`) when something is missing without a reason, and what
    `open_dossier` raises.
    """
    because = checked_line(complaint.why_unknown, name="why_unknown", longest=LONGEST_REASON)
    location = checked_line(complaint.location, name="location", longest=300)
    about = checked_line(complaint.about, name="about", longest=120)
    contact = ", ".join(filter(None, (ticket.contact_email, ticket.contact_phone)))
    missing = not (complaint.happened_on and ticket.contact_name and contact and location and description)
    if missing and not because:
        raise TicketRefused(
            _("Date, name, contact, location and story: say why what is missing is not known."),
            field="why_unknown",
        )
    unknown = Unknown(because)
    dossier = open_dossier(
        actor=actor,
        site=ticket.site,
        happened_on=complaint.happened_on or unknown,
        reporter_name=ticket.contact_name or unknown,
        contact=contact or unknown,
        location=location or unknown,
        description=description or unknown,
        reporter=Person.told(ticket.contact_name, contact, member_id=ticket.member_id),
        about=Person.told(about) if about else None,
        source_ticket_id=ticket.pk,
        at=at,
    )
    ticket.dossier = dossier
    return dossier
