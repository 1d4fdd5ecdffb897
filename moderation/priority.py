"""Why an item comes before another: named reasons with points. One point is one hour of waiting."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from moderation.choices import AgeState, Queue
from moderation.detectors import Found
from moderation.models import HelpRequest, Profile

UNDER_16 = 60
AGE_UNKNOWN = 20
MISSING_FIELD = 5
NEW_MEMBER = 5
CHANGED = 2
ESCALATED = 24
DANGER = 240
NEW_FOR = timedelta(days=30)

HANDED_UP = frozenset({"danger", "escalated"})
"""Codes that people gave; a change by the member leaves them."""

Reason = dict[str, Any]
"""`code`, `points`; `count` when it was found more than once; `params` for its words."""

WAS_UNDER_16: Reason = {"code": "was_under_16", "points": UNDER_16}
"""Another birth date makes nobody older: that the first one said so stays a fact until somebody decides."""

WAS_URGENT: Reason = {"code": "was_urgent", "points": 12}
"""The member made a text harmless: no hurry any more, and yet no text like others."""

_FIRST = HANDED_UP | {WAS_UNDER_16["code"], WAS_URGENT["code"]}

BY_ITSELF = _FIRST | {"under_16", "age_unknown", "missing_field"}
"""Codes of what somebody must look at by itself, besides signals: never approved from a list."""


def reasons_for(
    subject: Profile | HelpRequest,
    *,
    found: Sequence[Found],
    queue: Queue,
    age: AgeState,
    missing: Sequence[str],
    on: date,
) -> list[Reason]:
    """Return the reasons that count for a subject, in no order.

    A detector's points count once however often it found something.
    """
    reasons = list(signal_reasons(found))
    if age == AgeState.UNDER_16:
        reasons.append({"code": "under_16", "points": UNDER_16})
    if age == AgeState.UNKNOWN:
        reasons.append({"code": "age_unknown", "points": AGE_UNKNOWN})
    reasons += [
        {"code": "missing_field", "points": MISSING_FIELD, "params": {"field": name}} for name in missing
    ]
    if isinstance(subject, Profile) and subject.member_since and on - subject.member_since <= NEW_FOR:
        reasons.append({"code": "new_member", "points": NEW_MEMBER})
    if queue == Queue.CHANGED_PROFILES:
        reasons.append({"code": "changed", "points": CHANGED})
    return reasons


def handed_up(*, danger: bool) -> Reason:
    """Return the reason of an item that a colleague handed to the coordinators; it outlives a change."""
    return {"code": "danger", "points": DANGER} if danger else {"code": "escalated", "points": ESCALATED}


def in_order(reasons: Iterable[Reason]) -> list[Reason]:
    """Return what people and earlier versions gave, then the rest, each the heaviest first."""
    return sorted(reasons, key=lambda reason: (reason["code"] not in _FIRST, -reason["points"]))


def total(reasons: Iterable[Reason]) -> int:
    """Return the sum of the reasons' points."""
    return sum(reason["points"] for reason in reasons)


def signal_reasons(found: Sequence[Found]) -> Iterable[Reason]:
    """Return the reasons that signals give, one for each code."""
    heaviest = {item.code: item for item in sorted(found, key=lambda item: item.points)}
    for code, count in Counter(item.code for item in found).items():
        reason: Reason = {"code": code, "points": heaviest[code].points}
        if title := heaviest[code].params.get("rule"):
            reason["params"] = {"rule": title}
        yield reason | {"count": count} if count > 1 else reason
