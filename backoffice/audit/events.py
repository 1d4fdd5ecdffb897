"""The shape of events. Each app declares its own in its `events.py`."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from backoffice.audit.acting import current_acting
from backoffice.audit.bulk import copy_in
from backoffice.audit.models import Event
from backoffice.outbox.announcements import Announcement, enqueue
from backoffice.staff.models import User

_CODE = re.compile(r"[A-Za-z0-9_.:\-]{0,60}\Z")


class NotACode(ValueError):
    """Something that may be a personal value was about to be written into an event. A bug."""


@dataclass(frozen=True, kw_only=True)
class EventData:
    """What an event says beyond who, when and about what. Subclasses set `kind` as "thing.past_tense"."""

    kind: ClassVar[str]


def _plain(name: str, value: Any) -> Any:
    match value:
        case None | bool() | int() | float():
            return value
        case Enum():
            return _plain(name, value.value)
        case UUID():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case str() if _CODE.match(value):
            return value
        case list() | tuple() | set() | frozenset():
            return [_plain(name, item) for item in value]
    raise NotACode(f"{name} of an event must be an id, a code, a number or a date")


def _row(event: EventData, actor: User, subject: models.Model | None, reason: str, at: datetime) -> Event:
    acting = current_acting()
    if not _CODE.match(reason):
        raise NotACode("the reason of an event must be a code")
    return Event(
        at=at,
        kind=event.kind,
        actor_id=actor.pk,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        data={name: _plain(name, value) for name, value in asdict(event).items()},
        reason=reason,
        request_id=acting.request_id,
        run_id=acting.run_id,
    )


def record(
    event: EventData,
    *,
    actor: User,
    subject: models.Model | None,
    at: datetime,
    reason: str = "",
    announce: Sequence[Announcement] = (),
) -> Event:
    """Write down one event, and the deliveries that follow from it, in the running transaction.

    `reason` is a code (free text belongs on the row it is about, where it is erased with it).
    Raises NotACode for anything that may be a personal value, NoActor when nobody is acting.
    """
    row = _row(event, actor, subject, reason, at)
    row.save(force_insert=True)
    enqueue(announce, at=at)
    return row


def record_many(
    events: Sequence[tuple[EventData, models.Model | None]],
    *,
    actor: User,
    at: datetime,
    reason: str = "",
    announce: Sequence[Announcement] = (),
) -> None:
    """Write down many events in one statement, and their deliveries, as `record` does one."""
    copy_in([_row(event, actor, subject, reason, at) for event, subject in events])
    enqueue(announce, at=at)
