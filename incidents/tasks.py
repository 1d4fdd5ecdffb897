"""Background work of the servicedesk."""

import structlog
from celery import shared_task
from django.conf import settings
from django.db import connection

from backoffice import clock
from backoffice.celery import JobTask
from backoffice.staff.system import INTAKE, system_user
from incidents.mail.mailbox import MailboxUnreachable
from incidents.services.inbound_fetching import fetch_mail, read_all_mail

logger = structlog.get_logger(__name__)

_READING = 5_602_718_801_443_314


@shared_task(base=JobTask, acts_as=INTAKE)
def take_in_mail() -> None:
    """Empty the mailbox, where there is one, and read what waits. Does nothing while another run does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_READING])
        (alone,) = cursor.fetchone() or (False,)
    if not alone:
        return
    try:
        if settings.INBOUND_IMAP_URL:
            try:
                fetch_mail(at=clock.now())
            except MailboxUnreachable as problem:
                logger.warning("mailbox.unreachable", problem=str(problem))
        read_all_mail(actor=system_user(INTAKE), at=clock.now())
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_READING])
