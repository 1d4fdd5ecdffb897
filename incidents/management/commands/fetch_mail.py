"""`manage.py fetch_mail`: what is in the servicedesk's mailbox becomes tickets."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from backoffice import clock
from backoffice.audit.acting import acting_as, new_id
from backoffice.staff.system import INTAKE, system_user
from incidents.mail.mailbox import MailboxUnreachable
from incidents.services.inbound_fetching import fetch_mail, read_all_mail


class Command(BaseCommand):
    """Empties the mailbox of INBOUND_IMAP_URL, reads what came, and says what became of it.

    Safe to run again, also after it was stopped halfway: a mail goes from the mailbox once it is kept here.
    """

    help = "Fetch the servicedesk's mail over IMAP and make tickets of it."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Raises CommandError: no mailbox is set, or it cannot be reached."""
        if not settings.INBOUND_IMAP_URL:
            raise CommandError("set INBOUND_IMAP_URL to imaps://user:password@host/INBOX")
        actor = system_user(INTAKE)
        problem = None
        with acting_as(actor, run_id=new_id()):
            try:
                fetched = fetch_mail(at=clock.now())
                self.stdout.write(
                    f"fetched: {fetched.handed_over}, too large: {fetched.too_large}, left: {fetched.left}"
                )
            except MailboxUnreachable as unreachable:
                problem = unreachable  # what came before is read nevertheless
            tally = read_all_mail(actor=actor, at=clock.now())
        self.stdout.write(
            f"taken in: {tally.taken}, known: {tally.known}, unreadable: {tally.unreadable},"
            f" to be tried again: {tally.left}"
        )
        if problem is not None:
            raise CommandError(f"the mailbox cannot be reached: {problem}")
