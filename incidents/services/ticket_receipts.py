"""Telling somebody that what they sent came in: at once, and never so often that a loop could live on it."""

from datetime import datetime, timedelta

from email_validator import EmailNotValidError, validate_email

from backoffice.outbox.letters import send_letter
from incidents.letters.tickets import receipt_letter
from incidents.models import Receipt, Ticket

ONE_IN = timedelta(hours=1)
MOST_A_DAY = 5
"""To one address: five in a day, an hour apart."""

MOST_AN_HOUR = 200
"""To all addresses that mail came from: who writes under many names makes no sender of spam of us."""


def send_receipt(ticket: Ticket, *, at: datetime, limited: bool = True) -> bool:
    """Put the letter that says that a ticket came in into the outbox. Part of a domain action.

    Returns whether it did: not without an address, nor, when `limited`, to one that was told lately. What
    the law says must be receipted at once is not limited.
    """
    address = ticket.contact_email
    if not _is_address(address) or (limited and _was_told(address, at)):
        return False
    mail = send_letter(receipt_letter(ticket, about=str(ticket.pk)), at=at)
    Receipt.objects.create(ticket=ticket, mail_id=mail.pk, address=address, sent_at=at)
    return True


def _was_told(address: str, at: datetime) -> bool:
    lately = Receipt.objects.filter(sent_at__gt=at - timedelta(days=1), sent_at__lte=at)
    ours = lately.filter(address=address)
    return (
        ours.filter(sent_at__gt=at - ONE_IN).exists()
        or ours.count() >= MOST_A_DAY
        or lately.filter(sent_at__gt=at - ONE_IN).count() >= MOST_AN_HOUR
    )


def _is_address(address: str) -> bool:
    try:
        validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True
