"""An item as HTML, in the whole page or by itself for the script that puts it there."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from backoffice import clock
from backoffice.staff.models import User
from backoffice.staff.permissions import Permission
from backoffice.staff.policy import Verdict, may
from backoffice.ui.pages import staff_of
from moderation.choices import APPROVING, RESTRICTING, Outcome, Queue, SkipReason
from moderation.forms import LONGEST_MESSAGE, LONGEST_REASON
from moderation.lens import Look, looks_at
from moderation.models import Decision, StandardText
from moderation.selectors.care import heavy_today
from moderation.selectors.desk import DeskItem, desk_item, just_done, rules_offered, texts_offered
from moderation.selectors.next_item import free_in
from moderation.selectors.queues import progress_of
from moderation.standard_texts import fill

KEYS = {
    Outcome.APPROVE: "g",
    Outcome.TIP: "i",
    Outcome.REQUEST_CHANGE: "a",
    Outcome.HIDE: "v",
    Outcome.HOLD_ACCOUNT: "b",
    Outcome.CONFIRM_UNDER_16: "j",
    Outcome.UPHOLD: "h",
    Outcome.OVERTURN: "d",
}
"""One key for each outcome: the first letter of its word on the screen."""


def item_context(
    item: DeskItem, *, typed: dict[str, Any] | None = None, errors: Any = None, eyes: str = ""
) -> dict[str, Any]:
    """Return what `moderation/desk/item.html` needs; `typed` is what comes back after a refusal.

    `eyes` says whose eyes look first (a value of `Eyes`); the moderator's own when it says nothing.
    """
    outcomes = [offer.outcome for offer in item.offers]
    written = typed or (item.draft.body if item.draft else {})
    return {
        "item": item,
        "looks": _looks(item),
        "eyes": eyes,
        "offers": [(offer, KEYS[offer.outcome]) for offer in item.offers],
        "texts": _filled(item, texts_offered(outcomes)) if outcomes else [],
        "rules": rules_offered(outcomes) if outcomes else [],
        "approving": APPROVING,
        "restricting": RESTRICTING,
        "skip_reasons": SkipReason.choices,
        "written": written,
        "errors": errors or {},
        "longest_reason": LONGEST_REASON,
        "longest_message": LONGEST_MESSAGE,
    }


def _looks(item: DeskItem) -> list[Look]:
    if item.subject is None or item.covered:
        return []
    signals = [line.signal for line in item.signals]
    return looks_at(item.subject, profile=item.member.profile, signals=signals)


def _filled(item: DeskItem, texts: list[StandardText]) -> list[tuple[StandardText, str]]:
    profile = item.member.profile
    return [
        (
            text,
            fill(
                text.body,
                name=profile.first_name if profile else "",
                title=str(item.subject or ""),
                found=[line.found for line in item.signals if not line.signal.dismissed_at],
            ),
        )
        for text in texts
    ]


def item_html(request: HttpRequest, item: DeskItem) -> str:
    """Return the item by itself."""
    context = {**item_context(item), "may_decide": _may_decide(request)}
    return render_to_string("moderation/desk/item.html", context, request)


def item_answer(request: HttpRequest, item: DeskItem) -> dict[str, Any]:
    """Return the item as the page's script takes it."""
    return {
        "id": str(item.review.pk),
        "url": reverse("moderation:review", args=[item.review.pk]),
        "title": item.title,
        "html": item_html(request, item),
        "version": item.review.version,
        "epoch": item.hold.epoch if item.hold and item.hold.mine else 0,
        "release": reverse("moderation:release", args=[item.review.pk]),
    }


def empty_answer(request: HttpRequest, queue: Queue) -> dict[str, Any]:
    """Return the end of a queue as the page's script takes it."""
    return {
        "id": "",
        "url": reverse("moderation:desk", args=[queue]),
        "title": str(queue.label),
        "html": render_to_string(
            "moderation/desk/empty.html", empty_context(queue, user=staff_of(request)), request
        ),
    }


def empty_context(queue: Queue, *, user: User) -> dict[str, Any]:
    """Return what the desk shows of a queue in which nothing is in hand."""
    at = clock.now()
    return {
        "queue": queue,
        "something_free": free_in(queue, user=user, at=at),
        "progress": progress_of(queue, at=at),
    }


def around(request: HttpRequest, queue: Queue) -> dict[str, str]:
    """Return what stands above and below the item, as the page's script takes it."""
    top = top_context(queue, user=staff_of(request))
    return {
        "top": render_to_string("moderation/desk/top.html", top, request),
        "done": render_to_string("moderation/desk/done.html", done_context(request), request),
    }


def top_context(queue: Queue, *, user: User) -> dict[str, Any]:
    """Return what stands above the item; how much was heavy today is for the user alone."""
    at = clock.now()
    return {"queue": queue, "progress": progress_of(queue, at=at), "heavy_today": heavy_today(user, at=at)}


def fresh_answer(request: HttpRequest, review_id: Any, *, seen: int | None = None) -> dict[str, Any]:
    """Return the item as it is now, read anew."""
    user = staff_of(request)
    return item_answer(request, desk_item(review_id=review_id, user=user, at=clock.now(), seen=seen))


def done_context(request: HttpRequest) -> dict[str, Any]:
    """Return what the user can still take back, with the seconds that are left for each."""
    at = clock.now()
    decisions = list(just_done(user=staff_of(request), at=at))
    return {
        "done": [(decision, _left(decision, at)) for decision in decisions],
        "undo_seconds": settings.UNDO_SECONDS,
        "may_decide": _may_decide(request),
    }


def _may_decide(request: HttpRequest) -> Verdict:
    return may(request.user, Permission.DECIDE_REVIEWS)


def _left(decision: Decision, at: Any) -> int:
    return max(0, int((decision.undo_until - at).total_seconds()))
