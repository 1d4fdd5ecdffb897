"""Sending letters: claimed, sent and written down in three steps, as webhooks are."""

import smtplib
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from anymail.exceptions import AnymailError, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from email_validator import EmailNotValidError, validate_email

from backoffice.audit.events import record
from backoffice.outbox import events
from backoffice.outbox.models import Mail, MailState
from backoffice.outbox.services.claims import claim, failed
from backoffice.outbox.services.sending import Result
from backoffice.staff.models import User

TOGETHER = 10
"""How many are claimed and sent over one connection."""

TIMEOUT = 2
"""Seconds that a mail server may be silent: ten letters stay far below a claim (`claims.CLAIM`)."""

PERMANENT = 500
"""Where the replies of SMTP begin that say no for good (RFC 5321, 4.2.1)."""


def send_due_mail(*, at: datetime, limit: int = 50) -> int:
    """Send up to `limit` letters that are due at `at`. Cannot be undone.

    What the server takes is sent; what it refuses for good, or an address that is none, is parked;
    anything else is tried again after a pause that doubles. Returns how many were claimed; call
    again while it is `limit`. Refuses to run in a transaction.
    """
    started = time.monotonic()
    count = 0
    while count < limit:
        moment = at + timedelta(seconds=time.monotonic() - started)
        keys = claim(Mail, at=moment, limit=min(TOGETHER, limit - count))
        if not keys:
            break
        count += len(keys)
        letters = list(Mail.objects.filter(pk__in=keys).order_by("created_at"))
        for letter, result in zip(letters, _send(letters), strict=True):
            _write_down(letter, result, at=at + timedelta(seconds=time.monotonic() - started))
    return count


@transaction.atomic
def note_bounce(*, actor: User, mail_id: UUID, code: str, at: datetime) -> bool:
    """Keep that a letter came back; `code` says why. The same news again changes nothing.

    Returns whether it was news. A letter that is not here (any more) is none.
    """
    mail = Mail.objects.select_for_update().filter(pk=mail_id).first()
    if mail is None or mail.state != MailState.SENT:
        return False
    mail.state = MailState.BOUNCED
    mail.bounced_at = at
    mail.last_problem = code
    mail.save(update_fields=["state", "bounced_at", "last_problem"])
    record(events.MailBounced(code=code), actor=actor, subject=mail, at=at)
    return True


def message_id(mail: Mail) -> str:
    """Return the `Message-ID` of a letter: the same at every attempt."""
    return f"<{mail.pk}@{settings.MAIL_DOMAIN}>"


def _send(letters: Sequence[Mail]) -> list[Result]:
    """Send letters over one connection, opened anew after a failure."""
    connection = get_connection(timeout=TIMEOUT)
    results = []
    try:
        for letter in letters:
            result = _send_one(letter, connection)
            if result.problem:
                with suppress(Exception):
                    connection.close()
            results.append(result)
    finally:
        with suppress(Exception):  # everything was said before: a server that hangs up changes nothing
            connection.close()
    return results


def _send_one(mail: Mail, connection: Any) -> Result:
    try:
        recipient = validate_email(
            mail.recipient, check_deliverability=False, test_environment=True
        ).ascii_email
    except EmailNotValidError:
        return Result("bad_address", hopeless=True)
    headers = {"Message-ID": message_id(mail), "Auto-Submitted": "auto-generated"}
    if mail.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
    message = EmailMessage(
        mail.subject,
        mail.body,
        settings.MAIL_FROM,
        [recipient or mail.recipient],
        headers=headers,
        connection=connection,
    )
    message.metadata = {"mail": str(mail.pk)}  # type: ignore[attr-defined] # Anymail's; others leave it
    try:
        message.send()
    except Exception as error:  # noqa: BLE001 - backends raise what they like; it is judged, not hidden
        return _judge(error)
    return Result()


def _judge(error: Exception) -> Result:
    """Say what came of a sending, in a code: no word of a server's, which may quote the address."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _said in error.recipients.values()]
        return Result("recipient_refused", hopeless=all(code >= PERMANENT for code in codes))
    if isinstance(error, smtplib.SMTPResponseException):
        ours_to_mend = isinstance(error, smtplib.SMTPAuthenticationError)
        return Result(f"smtp_{error.smtp_code}", hopeless=error.smtp_code >= PERMANENT and not ours_to_mend)
    if isinstance(error, AnymailError):
        refused = isinstance(error, AnymailRecipientsRefused)
        return Result("recipient_refused" if refused else "service_refused", hopeless=refused)
    if isinstance(error, TimeoutError):
        return Result("timeout")
    return Result("connect_error" if isinstance(error, OSError) else "error")


def _write_down(mail: Mail, result: Result, *, at: datetime) -> None:
    if result.problem:
        failed(mail, problem=result.problem, hopeless=result.hopeless, at=at)
        return
    # Taken is taken, even when our claim ran out meanwhile.
    Mail.objects.filter(pk=mail.pk).exclude(state__in=[MailState.SENT, MailState.BOUNCED]).update(
        state=MailState.SENT, sent_at=at, claimed_until=None, last_problem=""
    )


def uuid_of(text: object) -> UUID | None:
    """Return the key of a letter as a mail service gives it back; None when it is none."""
    try:
        return UUID(str(text))
    except ValueError:
        return None
