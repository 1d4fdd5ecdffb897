"""Tickets as tests begin with them."""

from datetime import datetime
from typing import Any

from backoffice.audit.meanwhile import version_of
from backoffice.staff.models import User
from incidents.choices import Channel, TicketKind, TicketState
from incidents.models import Message, Ticket
from incidents.services.ticket_messages import answer_ticket
from incidents.services.ticket_opening import Contact, Said, begin_ticket, first_message, store_ticket

SENDER = Contact(name="Riet de Boer", email="riet@voorbeeld.nl", phone="038-4210000")
SAID = Said(subject="Mijn hulpvraag", body="Hoe kan ik mijn hulpvraag aanpassen?")


def ticket(
    actor: User,
    at: datetime,
    *,
    kind: TicketKind = TicketKind.QUESTION,
    contact: Contact = SENDER,
    said: Said = SAID,
    **more: Any,
) -> Ticket:
    """A ticket that came by mail. Somebody must be acting (`setup_acts`)."""
    made = begin_ticket(
        kind=kind,
        channel=Channel.MAIL,
        site="wehelpen.nl",
        said=said,
        contact=contact,
        received_at=at,
        **more,
    )
    store_ticket(made, first_message(said, contact, at=at), actor=actor, at=at)
    return made


def answer(actor: User, made: Ticket, at: datetime, **more: Any) -> Message:
    """Answer a ticket as it now stands."""
    asked: dict[str, Any] = {"text": "Beste Riet, dat kan zo.", "then": TicketState.WAITING, **more}
    return answer_ticket(actor=actor, ticket_id=made.pk, seen=version_of(made), at=at, **asked)
