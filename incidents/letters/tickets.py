"""Letters about a ticket: that it came in, and what somebody answers.

The number stands first in the subject: however a mail program shortens it, an answer finds its way back.
"""

import re
from typing import Any

from backoffice import clock
from backoffice.outbox.letters import Letter
from backoffice.outbox.models import MailClass
from backoffice.outbox.paper import fill_in
from incidents.models import Ticket

_REPLY = re.compile(r"^(?:\s*(?:re|aw|antw|antwoord|fwd?|betr)\s*:|\s*\[WH-\d+\])+\s*", re.IGNORECASE)


def receipt_letter(ticket: Ticket, *, about: str) -> Letter:
    """Return the letter that says that something came in (of a notice: DSA article 16(4))."""
    return _letter(ticket, _render("receipt", ticket=ticket), template="ticket_receipt", about=about)


def answer_letter(ticket: Ticket, text: str, *, about: str, template: str = "ticket_answer") -> Letter:
    """Return the letter that carries what somebody wrote, under the house's name."""
    return _letter(ticket, _render("answer", ticket=ticket, text=text), template=template, about=about)


def subject_of(subject: str) -> str:
    """Return a subject without what mail programs and we put in front of it."""
    return _REPLY.sub("", subject).strip()


def _letter(ticket: Ticket, body: str, *, template: str, about: str) -> Letter:
    return Letter(
        mail_class=MailClass.CONTRACT,
        template=template,
        site=ticket.site,
        member_id=ticket.member_id,
        recipient=ticket.contact_email,
        subject=f"[{ticket.reference}] Re: {subject_of(ticket.subject)}",
        body=body,
        about=about,
    )


def _render(template: str, *, ticket: Ticket, **context: Any) -> str:
    return fill_in(
        f"incidents/letters/{template}.txt",
        ticket=ticket,
        received_on=clock.local_day(ticket.received_at),
        **context,
    )
