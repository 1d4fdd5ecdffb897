"""What is done at the desk. Every verb is a POST and one call of a service; then comes the next item.

The page's script asks for JSON; a browser without it is sent on to the page of what comes next.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice import clock
from backoffice.errors import DomainError
from backoffice.staff.models import User
from backoffice.staff.permissions import Permission
from backoffice.ui.pages import staff_of, staff_page
from moderation.choices import Outcome, Queue, SkipReason
from moderation.forms import AheadForm, DecisionForm, EscalateForm, HeldForm, NoteForm, RenewForm, SkipForm
from moderation.models import Decision, Lease, Review, Signal
from moderation.selectors.desk import desk_item
from moderation.services import decisions, leases, notes, second_looks
from moderation.services.closing import SubjectMoved
from moderation.views.answers import form_answer, refusal_answer, see_other, wants_json
from moderation.views.desk import desk_page, queue_of
from moderation.views.items import around, empty_answer, fresh_answer, item_context
from moderation.views.pauses import go_on, pause_answer, pause_due

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def verb(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Open a view to POSTs of people who decide; a refusal comes back in words."""

    @staff_page(Permission.DECIDE_REVIEWS)
    @require_POST
    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except DomainError as refusal:
            review_id = kwargs.get("review_id")
            if wants_json(request):
                return refusal_answer(refusal, **_as_it_is_now(request, refusal, review_id))
            return see_other(request, _page_of(review_id), refusal=refusal)
        except ObjectDoesNotExist:  # the account was closed while this was on its way
            raise Http404 from None

    return answered


def _as_it_is_now(request: HttpRequest, refusal: DomainError, review_id: object) -> dict[str, object]:
    """What a moved item looks like now, so that the page can show what changed."""
    if not isinstance(refusal, SubjectMoved):
        return {}
    seen = request.POST.get("version", "")
    return {"item": fresh_answer(request, review_id, seen=int(seen) if seen.isdecimal() else None)}


def _page_of(review_id: object) -> str:
    return reverse("moderation:review", args=[review_id]) if review_id else reverse("admin:index")


@verb
def next_item(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Take the next item of a queue in hand and show it; `go_on` passes a pause."""
    queue = queue_of(slug)
    if request.POST.get("go_on"):
        go_on(request)
    return _go_on(request, queue)


@verb
def item_ahead(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Take one item more in hand, to be shown when the one on the desk is done; none near the end."""
    form = AheadForm(request.POST)
    besides = {form.cleaned_data["ahead"]} if form.is_valid() and form.cleaned_data.get("ahead") else set()
    lease = leases.claim_ahead(actor=staff_of(request), queue=queue_of(slug), besides=besides, at=clock.now())
    return JsonResponse({"item": fresh_answer(request, lease.review_id) if lease else None})


@verb
def take(request: HttpRequest, review_id: UUID) -> HttpResponseBase:
    """Take this item in hand."""
    get_object_or_404(Review, pk=review_id)
    leases.claim_review(actor=staff_of(request), review_id=review_id, at=clock.now())
    return show(request, review_id)


@verb
def renew(request: HttpRequest, review_id: UUID) -> HttpResponseBase:
    """Put the end of the lease off, and keep what was written so far."""
    get_object_or_404(Review, pk=review_id)
    form = RenewForm(request.POST)
    if not form.is_valid():
        return form_answer(form)
    at = clock.now()
    lease = leases.renew_lease(
        actor=staff_of(request),
        review_id=review_id,
        epoch=form.cleaned_data["epoch"],
        draft=form.draft(),
        at=at,
    )
    version = Review.objects.values_list("version", flat=True).get(pk=review_id)
    return JsonResponse({"seconds": int((lease.expires_at - at).total_seconds()), "version": version})


@verb
def release(request: HttpRequest, review_id: UUID) -> HttpResponseBase:
    """Put the item back for anybody, and go to its queue."""
    review = get_object_or_404(Review, pk=review_id)
    form = HeldForm(request.POST)
    if not form.is_valid():
        return form_answer(form)
    leases.release_lease(
        actor=staff_of(request), review_id=review_id, epoch=form.cleaned_data["epoch"], at=clock.now()
    )
    address = reverse("moderation:queue", args=[review.queue])
    return JsonResponse({"url": address}) if wants_json(request) else see_other(request, address)


@verb
def stop(request: HttpRequest) -> HttpResponseBase:
    """Put back whatever is in hand, and go home."""
    leases.release_all(actor=staff_of(request), at=clock.now())
    address = reverse("admin:index")
    return JsonResponse({"url": address}) if wants_json(request) else see_other(request, address)


@verb
def decide(request: HttpRequest, review_id: UUID) -> HttpResponseBase:
    """Decide the item, and show the next one."""
    review = get_object_or_404(Review, pk=review_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _again(request, review, form)
    given = {**form.cleaned_data, "outcome": Outcome(form.cleaned_data["outcome"])}
    try:
        said = _judged(review, given, actor=staff_of(request))
    except DomainError as refusal:
        if refusal.field and not wants_json(request):
            form.add_error(refusal.field, str(refusal.message))
            return _again(request, review, form)
        raise
    return _go_on(request, Queue(review.queue), said=said)


def _judged(review: Review, given: dict[str, Any], *, actor: User) -> str:
    """Decide, or judge again in a second look; return what was done, in words."""
    at = clock.now()
    if review.queue == Queue.SECOND_LOOKS:
        judgement = {name: given[name] for name in ("epoch", "version", "outcome", "policies", "reason")}
        second_looks.judge_again(actor=actor, review_id=review.pk, at=at, **judgement)
        return _("Second look given")
    decision = decisions.decide_review(actor=actor, review_id=review.pk, at=at, **given)
    return decision.done


@verb
def skip(request: HttpRequest, review_id: UUID) -> HttpResponseBase:
    """Leave the item to a colleague, and show the next one."""
    review = get_object_or_404(Review, pk=review_id)
    form = SkipForm(request.POST)
    if not form.is_valid():
        return _again(request, review, form)
    leases.skip_review(
        actor=staff_of(request),
        review_id=review_id,
        epoch=form.cleaned_data["epoch"],
        reason=SkipReason(form.cleaned_data["reason"]),
        note=form.cleaned_data["note"],
        at=clock.now(),
    )
    return _go_on(request, Queue(review.queue), said=_("Left to a colleague"))


@verb
def escalate(request: HttpRequest, review_id: UUID) -> HttpResponseBase:
    """Hand the item to the coordinators, and show the next one."""
    review = get_object_or_404(Review, pk=review_id)
    form = EscalateForm(request.POST)
    if not form.is_valid():
        return _again(request, review, form)
    leases.escalate_review(
        actor=staff_of(request),
        review_id=review_id,
        epoch=form.cleaned_data["epoch"],
        reason=form.cleaned_data["reason"],
        at=clock.now(),
    )
    return _go_on(request, Queue(review.queue), said=_("Handed to the coordinators"))


@verb
def add_note(request: HttpRequest, review_id: UUID) -> HttpResponseBase:
    """Write a remark for colleagues beside the item."""
    get_object_or_404(Review, pk=review_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return form_answer(form)
    notes.add_note(
        actor=staff_of(request), review_id=review_id, text=form.cleaned_data["text"], at=clock.now()
    )
    return show(request, review_id)


@verb
def dismiss_signal(request: HttpRequest, signal_id: int) -> HttpResponseBase:
    """Say that a signal is wrong."""
    get_object_or_404(Signal, pk=signal_id)
    signal = notes.dismiss_signal(actor=staff_of(request), signal_id=signal_id, at=clock.now())
    return show(request, signal.review_id)


@verb
def undo(request: HttpRequest, decision_id: UUID) -> HttpResponseBase:
    """Take back one's own decision; the item is in hand again."""
    get_object_or_404(Decision, pk=decision_id)
    decision = decisions.undo_decision(actor=staff_of(request), decision_id=decision_id, at=clock.now())
    assert decision.review_id is not None
    return show(request, decision.review_id, said=_("Taken back"))


def show(request: HttpRequest, review_id: UUID, *, said: str = "") -> HttpResponse:
    """Answer with the item as it is now."""
    if not wants_json(request):
        return see_other(request, _page_of(review_id))
    item = fresh_answer(request, review_id)
    queue = Queue(Review.objects.values_list("queue", flat=True).get(pk=review_id))
    return JsonResponse({"item": item, "said": said, **around(request, queue)})


def _go_on(request: HttpRequest, queue: Queue, *, said: str = "") -> HttpResponse:
    """Answer with the next item of the queue: the one that the page holds already, or another."""
    at = clock.now()
    form = AheadForm(request.POST)
    known = form.cleaned_data if form.is_valid() else {}
    if seen := pause_due(request, besides=known.get("ahead")):
        if not wants_json(request):
            return see_other(request, reverse("moderation:desk", args=[queue]))
        pause = pause_answer(request, queue, seen)
        return JsonResponse({"said": said, **around(request, queue), "item": pause})
    lease = _still_ahead(request, known.get("ahead")) or leases.claim_next(
        actor=staff_of(request), queue=queue, at=at
    )
    if not wants_json(request):
        address = _page_of(lease.review_id) if lease else reverse("moderation:desk", args=[queue])
        return see_other(request, address)
    answer: dict[str, object] = {"said": said, **around(request, queue)}
    if lease is None:
        return JsonResponse({**answer, "item": empty_answer(request, queue)})
    same = (lease.review_id, lease.epoch, lease.review.version) == (
        known.get("ahead"),
        known.get("ahead_epoch"),
        known.get("ahead_version"),
    )
    if same:
        return JsonResponse({**answer, "item": None, "seconds": int((lease.expires_at - at).total_seconds())})
    return JsonResponse({**answer, "item": fresh_answer(request, lease.review_id)})


def _still_ahead(request: HttpRequest, review_id: UUID | None) -> Lease | None:
    if review_id is None:
        return None
    try:
        return leases.claim_review(actor=staff_of(request), review_id=review_id, at=clock.now())
    except (DomainError, Review.DoesNotExist):
        return None


def _again(request: HttpRequest, review: Review, form: Form) -> HttpResponseBase:
    """Answer what is wrong; a browser without the script gets the page again, with what was typed."""
    if wants_json(request):
        return form_answer(form)
    item = desk_item(review_id=review.pk, user=staff_of(request), at=clock.now())
    typed = {name: str(value) for name, value in form.data.items()}
    return desk_page(
        request,
        Queue(review.queue),
        title=item.title,
        status=422,
        **item_context(item, typed=typed, errors=form.errors),
    )
