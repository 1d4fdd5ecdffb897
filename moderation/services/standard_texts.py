"""Keeping the standard texts that are offered at the desk."""

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext_lazy as _

from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.audit.history import store_many
from backoffice.audit.meanwhile import require_unchanged
from backoffice.errors import DomainError
from backoffice.platforms.plain_text import NotPlain, plain_line, plain_text
from backoffice.staff.models import User
from backoffice.staff.policy import Verdict, require
from moderation import events, policy
from moderation.choices import RESTRICTING
from moderation.models import Policy, StandardText
from moderation.standard_texts import has_loose_braces, unknown_places

LONGEST_TITLE = 120
LONGEST_BODY = 4000
"""Characters; below what a letter may hold, so that a name and what was found still fit."""


class TextRefused(DomainError):
    """Something that was filled in is not what it should be."""

    code = "invalid"


class UnknownPlace(DomainError):
    """Something between braces would reach the member as it stands: nothing fills it in."""

    code = "unknown_place"


class TitleTaken(DomainError):
    """Another text of the outcome has this title."""

    code = "title_taken"


class HouseRuleUnfit(DomainError):
    """The house rule is not there, not in use, or does not allow the outcome."""

    code = "unfit"


class TextStands(DomainError):
    """The text is where it should go already, or nowhere to be moved."""

    code = "stands"


@domain_action
def add_text(
    *, actor: User, outcome: str, title: str, body: str, policy_id: int | None, at: datetime
) -> StandardText:
    """Offer a new text at the desk, after the others of its outcome. Undone by `retire_text`.

    Raises TextRefused, UnknownPlace, TitleTaken, HouseRuleUnfit, NotAllowed.
    """
    require(policy.may_manage_texts(actor))
    if outcome not in RESTRICTING:
        raise TextRefused(_("There are no standard texts for this outcome."), field="outcome")
    others = _locked(outcome)
    text = StandardText(
        outcome=outcome,
        title=_title(title, others),
        body=_body(body),
        policy=_rule(policy_id, outcome),
        position=max((other.position for other in others), default=0) + 1,
    )
    text.store(reason="added", at=at)
    record(events.TextAdded(outcome=text.outcome), actor=actor, subject=text, at=at)
    return text


@domain_action
def change_text(
    *, actor: User, text_id: int, seen: int, title: str, body: str, policy_id: int | None, at: datetime
) -> StandardText:
    """Change the words of a text. Decisions that used it keep theirs; the history keeps the old words.

    `seen` is the version that the person looked at (`backoffice.audit.meanwhile`). Writes nothing
    when nothing differs. Raises ChangedMeanwhile, and what `add_text` raises.
    """
    require(policy.may_manage_texts(actor))
    text, others = _lock(text_id)
    require_unchanged(text, seen=seen)
    now = {
        "title": _title(title, others),
        "body": _body(body),
        "policy": text.policy if policy_id == text.policy_id else _rule(policy_id, text.outcome),
    }
    fields = [name for name, value in now.items() if getattr(text, name) != value]
    if not fields:
        return text
    for name, value in now.items():
        setattr(text, name, value)
    text.store(reason="changed", at=at, fields=fields)
    record(events.TextChanged(fields=fields), actor=actor, subject=text, at=at)
    return text


@domain_action
def move_text(*, actor: User, text_id: int, up: bool, at: datetime) -> StandardText:
    """Let a text change places with the one before it, or after it unless `up`, among those in use.

    Raises TextStands when there is none, NotAllowed.
    """
    require(policy.may_manage_texts(actor))
    text, others = _lock(text_id)
    shown = sorted(
        (each for each in (text, *others) if each.active), key=lambda each: (each.position, each.pk)
    )
    place = shown.index(text) if text.active else -1
    other = place - 1 if up else place + 1
    if place < 0 or not 0 <= other < len(shown):
        raise TextStands(_("This text cannot be moved further."))
    shown[place], shown[other] = shown[other], shown[place]
    moved = []
    for position, each in enumerate(shown, start=1):
        if each.position != position:
            each.position = position
            moved.append(each)
    store_many(moved, reason="reordered", at=at, fields=["position"])
    record(events.TextMoved(up=up), actor=actor, subject=text, at=at)
    return text


@domain_action
def retire_text(*, actor: User, text_id: int, at: datetime) -> StandardText:
    """Offer a text no longer. Undone by `restore_text`. Raises TextStands, NotAllowed."""
    text, _others = _lock(text_id)
    _require_state(actor, policy.may_retire_text(actor, text))
    text.active = False
    text.store(reason="retired", at=at, fields=["active"])
    record(events.TextRetired(), actor=actor, subject=text, at=at)
    return text


@domain_action
def restore_text(*, actor: User, text_id: int, at: datetime) -> StandardText:
    """Offer a text again, where it stood. Raises TextStands, NotAllowed."""
    text, _others = _lock(text_id)
    _require_state(actor, policy.may_restore_text(actor, text))
    text.active = True
    text.store(reason="restored", at=at, fields=["active"])
    record(events.TextRestored(), actor=actor, subject=text, at=at)
    return text


def _require_state(actor: User, verdict: Verdict) -> None:
    require(policy.may_manage_texts(actor))
    if not verdict:
        raise TextStands(verdict.message)


def _locked(outcome: str) -> list[StandardText]:
    """Return the texts of an outcome, locked together (also when there are none) until the commit.

    So titles and places are settled one after the other.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"standard-texts\n{outcome}"]
        )
    return list(StandardText.objects.filter(outcome=outcome).select_related("policy"))


def _lock(text_id: int) -> tuple[StandardText, list[StandardText]]:
    """Return a text and the others of its outcome, all locked."""
    texts = _locked(StandardText.objects.values_list("outcome", flat=True).get(pk=text_id))
    (text,) = (each for each in texts if each.pk == text_id)
    return text, [each for each in texts if each is not text]


def _title(typed: str, others: list[StandardText]) -> str:
    try:
        title = plain_line(typed, longest=LONGEST_TITLE)
    except NotPlain as problem:
        raise TextRefused(
            _("A title is one line of at most 120 characters, without hidden ones."), field="title"
        ) from problem
    if not title:
        raise TextRefused(_("Give the text a title."), field="title")
    if any(other.title == title for other in others):
        raise TitleTaken(_("There is another text with this title."), field="title")
    return title


def _body(typed: str) -> str:
    try:
        body = plain_text(typed, longest=LONGEST_BODY).strip()
    except NotPlain as problem:
        raise TextRefused(
            _("A text has at most 4,000 characters, without hidden ones."), field="body"
        ) from problem
    if not body:
        raise TextRefused(_("Write the text."), field="body")
    if unknown := unknown_places(body):
        raise UnknownPlace(
            _("Nothing is filled in for %(places)s. Choose from the places below the text.")
            % {"places": ", ".join(f"{{{name}}}" for name in unknown)},
            field="body",
        )
    if has_loose_braces(body):
        raise UnknownPlace(_("There is a brace too many, or one is missing."), field="body")
    return body


def _rule(policy_id: int | None, outcome: str) -> Policy | None:
    if policy_id is None:
        return None
    rule = Policy.objects.filter(pk=policy_id, active=True, outcomes__contains=[outcome]).first()
    if rule is None:
        raise HouseRuleUnfit(_("This house rule does not allow this outcome."), field="policy")
    return rule
