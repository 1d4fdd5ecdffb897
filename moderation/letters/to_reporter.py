"""Letters to who reported something: that it came in, and what became of it (DSA article 16(4)-(6))."""

from dataclasses import dataclass
from datetime import date, datetime

from backoffice import clock
from backoffice.outbox.letters import Letter
from backoffice.outbox.models import MailClass
from moderation.choices import Outcome
from moderation.letters.rendering import render


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A report of somebody, as far as letters need it; `about` is our own key of it.

    `member_id` is empty for somebody without an account, `first_name` where it is not known.
    """

    about: str
    site: str
    received_at: datetime
    email: str
    first_name: str = ""
    member_id: str = ""


def receipt_letter(notice: Notice, *, on: date) -> Letter:
    """Return the letter that says that a report came in (article 16(4)). Names nobody else."""
    return _letter("receipt", notice, "Wij hebben je melding", on=on)


def outcome_letter(notice: Notice, *, outcome: Outcome, on: date) -> Letter:
    """Return the letter that says what was decided about a report, and what one can do (16(5), 16(6)).

    An objection with a second judge is for members about whom something was decided: it is not promised.

    Says no more of the other than what everybody can see: never who it is, nor why, nor what
    was written to them.
    """
    return _letter("outcome", notice, "Wij hebben naar je melding gekeken", outcome=outcome, on=on)


def _letter(template: str, notice: Notice, subject: str, *, on: date, **context: object) -> Letter:
    body = render(
        template,
        notice=notice,
        on=on,
        received_on=clock.local_day(notice.received_at),
        **context,
    )
    return Letter(
        mail_class=MailClass.CONTRACT,
        template=f"notice_{template}",
        site=notice.site,
        member_id=notice.member_id,
        recipient=notice.email,
        subject=subject,
        body=body,
        about=notice.about,
    )
