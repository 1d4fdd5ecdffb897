"""Keeping the standard answers that are offered at a ticket."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.audit.meanwhile import require_unchanged
from backoffice.errors import DomainError
from backoffice.staff.models import User
from backoffice.staff.policy import require
from incidents import events, policy
from incidents.choices import TicketKind
from incidents.models import StandardAnswer
from incidents.services.ticket_opening import TicketRefused, checked_line, checked_text
from incidents.standard_answers import unknown_places

LONGEST_TITLE = 120
LONGEST_ANSWER = 4_000


class UnknownPlace(DomainError):
    """Something between braces would reach the reader as it stands: nothing fills it in."""

    code = "unknown_place"


class TitleTaken(DomainError):
    """Another answer has this title."""

    code = "title_taken"


@domain_action
def add_answer(*, actor: User, kind: str, title: str, body: str, at: datetime) -> StandardAnswer:
    """Offer a new answer at tickets of a kind, at all of them when empty. Undone by `use_answer`.

    Raises TicketRefused, UnknownPlace, TitleTaken (with the field), NotAllowed.
    """
    require(policy.may_manage_answers(actor))
    answer = StandardAnswer(**_checked(None, kind, title, body))
    return _keep(answer, "added", actor=actor, at=at)


@domain_action
def change_answer(
    *, actor: User, answer_id: int, seen: int, kind: str, title: str, body: str, at: datetime
) -> StandardAnswer:
    """Change an answer; what was sent with it stays as it was. Writes nothing when nothing differs.

    `seen`: see `backoffice.audit.meanwhile`. Raises ChangedMeanwhile, and what `add_answer` raises.
    """
    require(policy.may_manage_answers(actor))
    answer = StandardAnswer.objects.select_for_update(no_key=True).get(pk=answer_id)
    require_unchanged(answer, seen=seen)
    now = _checked(answer, kind, title, body)
    changed = [name for name, value in now.items() if getattr(answer, name) != value]
    for name in changed:
        setattr(answer, name, now[name])
    return _keep(answer, "changed", actor=actor, at=at) if changed else answer


@domain_action
def use_answer(*, actor: User, answer_id: int, active: bool, at: datetime) -> StandardAnswer:
    """Offer an answer no longer, or again. Doing it twice changes nothing. Raises NotAllowed."""
    require(policy.may_manage_answers(actor))
    answer = StandardAnswer.objects.select_for_update(no_key=True).get(pk=answer_id)
    if answer.active == active:
        return answer
    answer.active = active
    return _keep(answer, "restored" if active else "retired", actor=actor, at=at)


def _keep(answer: StandardAnswer, reason: str, *, actor: User, at: datetime) -> StandardAnswer:
    answer.store(reason=reason, at=at)
    record(events.AnswerTextKept(), actor=actor, subject=answer, reason=reason, at=at)
    return answer


def _checked(answer: StandardAnswer | None, kind: str, title: str, body: str) -> dict[str, str]:
    if kind and kind not in TicketKind.values:
        raise TicketRefused(_("Choose a kind of ticket."), field="kind")
    title = checked_line(title, name="title", longest=LONGEST_TITLE)
    if not title:
        raise TicketRefused(_("Give the text a title."), field="title")
    same = StandardAnswer.objects.filter(title=title)
    if any(other != answer for other in same):
        raise TitleTaken(_("There is another text with this title."), field="title")
    body = checked_text(body, name="body", longest=LONGEST_ANSWER)
    if unknown := unknown_places(body):
        raise UnknownPlace(
            _("Nothing is filled in for %(places)s.") % {"places": ", ".join(unknown)}, field="body"
        )
    return {"kind": kind, "title": title, "body": body}
