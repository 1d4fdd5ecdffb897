"""Putting a letter in the outbox, in the transaction of what it tells about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from celery import current_app
from django.db import connection, transaction

from backoffice.outbox.models import Mail, MailClass, MailState

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter as it will be read: plain text. `template` is a code for what letter it is.

    `about` is our own key of what it tells of; `member_id` is empty for somebody without an account.
    `declined`: the member wants no mail. Only a letter about the agreement ignores that; of another
    it is kept that it was not sent, without its words (R46, R47).
    """

    mail_class: MailClass
    template: str
    site: str
    member_id: str = ""
    recipient: str
    subject: str
    body: str
    about: str
    unsubscribe_url: str = ""
    declined: bool = False


def send_letter(letter: Letter, *, at: datetime) -> Mail:
    """Write down a letter that must leave. Sends nothing: the sweeper is nudged after the commit."""
    mail = _row(letter, at=at)
    mail.save(force_insert=True)
    if mail.state == MailState.WAITING:
        _nudge_after_commit()
    return mail


def send_letters(letters: Sequence[Letter], *, at: datetime) -> None:
    """Write down many letters in a few statements, as `send_letter` does one."""
    rows = Mail.objects.bulk_create([_row(letter, at=at) for letter in letters], batch_size=500)
    if any(row.state == MailState.WAITING for row in rows):
        _nudge_after_commit()


def _row(letter: Letter, *, at: datetime) -> Mail:
    silent = letter.declined and letter.mail_class != MailClass.CONTRACT
    return Mail(
        mail_class=letter.mail_class,
        template=letter.template,
        site=letter.site,
        member_id=letter.member_id,
        recipient="" if silent else letter.recipient,
        subject="" if silent else " ".join(letter.subject.split())[:200],
        body="" if silent else letter.body,
        unsubscribe_url=letter.unsubscribe_url,
        about=letter.about,
        state=MailState.DECLINED if silent else MailState.WAITING,
        created_at=at,
        next_attempt_at=at,
    )


def _nudge_after_commit() -> None:
    if not any(waiting[1] is nudge for waiting in connection.run_on_commit):
        transaction.on_commit(nudge)


def nudge() -> None:
    """Ask for the letters to be sent now; when no broker answers the sweeper looks anyway."""
    try:
        current_app.send_task("backoffice.outbox.tasks.sweep_mail", retry=False)
    except Exception as problem:  # noqa: BLE001 - whatever a broker may throw, the request goes on
        logger.warning("nudge failed", problem=type(problem).__name__)


def erase_letters(*, site: str, members: Sequence[str]) -> int:
    """Delete every letter to these members, sent or not. Cannot be undone. Returns how many."""
    count, _ = Mail.objects.filter(site=site, member_id__in=members).delete()
    return count
