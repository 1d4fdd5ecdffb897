"""The desk: pages to look at. What is done there stands in `deciding`."""

import re
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from backoffice import clock
from backoffice.staff.permissions import Permission
from backoffice.ui.pages import house_page, staff_of, staff_page
from moderation.choices import Queue, ReviewState
from moderation.models import Review
from moderation.policy import may_open_item
from moderation.selectors.desk import desk_item
from moderation.selectors.next_item import free_in
from moderation.services.leases import lease_holder
from moderation.views.answers import FRAGMENT, refuse, wants_json
from moderation.views.items import done_context, item_answer, item_context, top_context
from moderation.views.pauses import pause_due
from moderation.visibility import Eyes


def queue_of(slug: str) -> Queue:
    """Return the queue of that name. Raises Http404."""
    try:
        return Queue(slug)
    except ValueError:
        raise Http404 from None


@never_cache
@staff_page(Permission.VIEW_QUEUES)
@require_safe
def review_page(request: HttpRequest, review_id: UUID) -> HttpResponseBase:
    """Show one item, as it is now; `?seen=` tells what changed since that version. Takes nothing in hand.

    `?eyes=` shows it as others see it (see `Eyes`), for a browser that cannot switch by itself.
    A script that asks for JSON gets the item alone.
    """
    user = staff_of(request)
    review = get_object_or_404(Review, pk=review_id)
    if not (verdict := may_open_item(user)):
        return refuse(request, verdict)
    seen = request.GET.get("seen", "")
    item = desk_item(
        review_id=review_id,
        user=user,
        at=clock.now(),
        seen=int(seen) if re.fullmatch("[0-9]{1,9}", seen) else None,
    )
    if wants_json(request):
        return JsonResponse({"item": item_answer(request, item)}, headers=FRAGMENT)
    eyes = request.GET.get("eyes", "")
    context = item_context(item, eyes=eyes if eyes in Eyes.values else "")
    return desk_page(request, Queue(review.queue), title=item.title, **context)


@never_cache
@staff_page(Permission.VIEW_QUEUES)
@require_safe
def empty_desk(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show the desk of a queue with nothing on it: begin, or that the work is done."""
    queue = queue_of(slug)
    return desk_page(
        request,
        queue,
        title=str(queue.label),
        pause=pause_due(request),
        something_free=free_in(queue, user=staff_of(request), at=clock.now()),
    )


def desk_page(
    request: HttpRequest, queue: Queue, *, title: str, status: int = 200, **context: object
) -> HttpResponse:
    """Return the whole page of the desk."""
    return house_page(
        request,
        "moderation/desk.html",
        title=title,
        status=status,
        is_fullwidth="1",
        **top_context(queue, user=staff_of(request)),
        **done_context(request),
        **context,
    )


@never_cache
@staff_page(Permission.VIEW_QUEUES)
@require_safe
def review_state(request: HttpRequest, review_id: UUID) -> JsonResponse:
    """Tell whether an item is still as it was: the page asks now and then. Renews nothing."""
    at = clock.now()
    review = get_object_or_404(Review, pk=review_id)
    lease = lease_holder(review_id, at=at) if review.state == ReviewState.PENDING else None
    return JsonResponse(
        {
            "state": review.state,
            "version": review.version,
            "holder": str(lease.holder) if lease else "",
            "mine": bool(lease and lease.holder_id == staff_of(request).pk),
            "epoch": lease.epoch if lease else 0,
            "seconds": int((lease.expires_at - at).total_seconds()) if lease else 0,
        }
    )
