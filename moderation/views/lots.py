"""Approving from a list: read them all, choose, press once, and take the lot back with one key."""

from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from backoffice import clock
from backoffice.errors import DomainError
from backoffice.staff.permissions import Permission
from backoffice.ui.pages import house_page, staff_of, staff_page
from moderation.choices import Queue
from moderation.forms import LotForm, UndoLotForm
from moderation.models import Review
from moderation.policy import IN_LOTS, may_open_item
from moderation.selectors.care import care_of
from moderation.selectors.lots import fit_for_lots, last_lot, lot_rows
from moderation.selectors.queues import progress_of
from moderation.services.lots import Lot, approve_lot, undo_lot
from moderation.views.answers import refuse, see_other
from moderation.views.desk import queue_of

PER_PAGE = 20


@never_cache
@staff_page(Permission.DECIDE_REVIEWS)
@require_http_methods(["GET", "HEAD", "POST"])
def lot_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show what of a queue can be approved in one go; a POST approves what was chosen, one by one."""
    queue = _queue_with_lots(slug)
    user = staff_of(request)
    if not (verdict := may_open_item(user)):
        return refuse(request, verdict)
    if request.method != "POST":
        return _page(request, queue)
    form = LotForm(request.POST)
    if not form.is_valid():
        return _page(request, queue, form=form)
    try:
        done = approve_lot(actor=user, lot=form.cleaned_data["lot"], choices=form.choices(), at=clock.now())
    except DomainError as refusal:
        form.add_error(refusal.field or None, str(refusal.message))
        return _page(request, queue, form=form)
    return _page(request, queue, done=done)


@staff_page(Permission.DECIDE_REVIEWS)
@require_POST
def undo(request: HttpRequest, lot: UUID) -> HttpResponseBase:
    """Take back what one approved in a lot."""
    form = UndoLotForm(request.POST)
    if not form.is_valid():
        raise Http404
    address = reverse("moderation:lot", args=[form.cleaned_data["queue"]])
    try:
        done = undo_lot(actor=staff_of(request), lot=lot, at=clock.now())
    except DomainError as refusal:
        return see_other(request, address, refusal=refusal)
    if count := len(done.decisions):
        said = ngettext("%(count)d item taken back.", "%(count)d items taken back.", count)
        messages.success(request, said % {"count": count})
    for why in dict.fromkeys(str(refusal.message) for _item, refusal in done.refused):
        messages.error(request, why)
    return see_other(request, address)


def _queue_with_lots(slug: str) -> Queue:
    queue = queue_of(slug)
    if queue not in IN_LOTS:
        raise Http404
    return queue


def _page(
    request: HttpRequest, queue: Queue, *, form: Form | None = None, done: Lot | None = None
) -> HttpResponseBase:
    """Return the list as it is now, on top what was just done with it or what was wrong."""
    at = clock.now()
    user = staff_of(request)
    fit = fit_for_lots(queue, user=user, at=at, most=PER_PAGE + 1)
    status = HTTPStatus.OK
    if form:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    elif done and not done.decisions:
        status = HTTPStatus.CONFLICT
    return house_page(
        request,
        "moderation/lot.html",
        title=_("Approve in one go"),
        status=status,
        is_fullwidth="1",
        queue=queue,
        new_lot=uuid4(),
        rows=lot_rows(fit[:PER_PAGE], on=clock.local_day(at)),
        more=len(fit) > PER_PAGE,
        photos=care_of(user).photos,
        progress=progress_of(queue, at=at),
        errors=form.errors if form else {},
        approved=len(done.decisions) if done else 0,
        refused=_refused(done) if done else [],
        last=last_lot(user=user, at=at),
    )


def _refused(done: Lot) -> list[dict[str, Any]]:
    keys = [key for key, _why in done.refused]
    reviews = Review.objects.select_related("profile", "help_request").in_bulk(keys)
    return [{"review": reviews.get(key), "why": refusal.message} for key, refusal in done.refused]
