"""Emptying the servicedesk's mailbox, and reading what is waiting."""

from datetime import datetime

from django.conf import settings

from backoffice.staff.models import User
from incidents.mail.mailbox import Address, Fetched, empty_mailbox
from incidents.services.inbound import Tally, keep_mail, read_mail

BATCH = 500


def fetch_mail(*, at: datetime) -> Fetched:
    """Take what is in the mailbox of `settings.INBOUND_IMAP_URL`: kept here, it goes from there.

    Raises MailboxUnreachable; what was taken before stays taken.
    """
    return empty_mailbox(Address.of(settings.INBOUND_IMAP_URL), lambda raw: keep_mail(raw=raw, at=at))


def read_all_mail(*, actor: User, at: datetime) -> Tally:
    """Read everything that waits; what fails stays for the next time."""
    total = Tally()
    while True:
        tally = read_mail(actor=actor, at=at, limit=BATCH)
        total.taken += tally.taken
        total.known += tally.known
        total.unreadable += tally.unreadable
        total.left += tally.left
        if tally.left or not (tally.taken + tally.known + tally.unreadable):
            return total
