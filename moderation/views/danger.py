"""Immediate danger: what to do, in order, and what was done."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from backoffice import clock
from backoffice.errors import DomainError
from backoffice.staff.permissions import Permission
from backoffice.ui.pages import house_page, staff_of, staff_page
from moderation import policy
from moderation.choices import DangerDeed, Queue, SubjectKind
from moderation.forms import LONGEST_REASON
from moderation.models import DangerStep, Profile, Review
from moderation.selectors.danger import steps_about
from moderation.services.danger import LONGEST_NOTE, correct_step, record_step, report_danger
from moderation.views.answers import refuse, see_other, status_of


@dataclass(frozen=True)
class Advice:
    """One thing to do: when, whom to call, and what it is written down as."""

    deed: DangerDeed
    when: str | Promise
    what: str | Promise
    call: str = ""

    @property
    def dial(self) -> str:
        """The number as a telephone takes it."""
        return self.call.replace("-", "")


ADVICE = (
    Advice(
        DangerDeed.EMERGENCY,
        _("Is it happening now?"),
        _("Call 112 at once. Say what you read and where it is. Stay on the line."),
        "112",
    ),
    Advice(
        DangerDeed.COORDINATOR,
        _("Do not stay alone with it"),
        _("Call a coordinator now, or walk over. A message is not enough: wait until you spoke to somebody."),
    ),
    Advice(
        DangerDeed.VEILIG_THUIS,
        _("Violence, abuse or neglect at home?"),
        _("Ask Veilig Thuis for advice, without names. Tell only what you read. Free, day and night."),
        "0800-2000",
    ),
    Advice(
        DangerDeed.SUICIDE_LINE,
        _("Does somebody think of suicide?"),
        _("Ask 113 what you can do best. You may call about somebody else. Free, day and night."),
        "0800-0113",
    ),
    Advice(
        DangerDeed.CHILD_LINE,
        _("Is it about a child?"),
        _("A child can call the Kindertelefoon, free and without a name. You ask Veilig Thuis for advice."),
        "0800-0432",
    ),
    Advice(
        DangerDeed.POLICE,
        _("A threat or a crime, but not at this minute?"),
        _("Call the police. Tell what you read; leave the text as it is."),
        "0900-8844",
    ),
    Advice(
        DangerDeed.MEMBER,
        _("Is it safe to speak to the member?"),
        _("Only when somebody you called says so. Ask how it is; promise nothing you cannot do."),
    ),
    Advice(
        DangerDeed.HANDED_OVER,
        _("Are you stopping?"),
        _("Hand it over in person or by telephone. Write down to which role, such as the servicedesk."),
    ),
)
"""In the order in which one goes through it."""


@never_cache
@staff_page(Permission.VIEW_QUEUES)
@require_safe
def danger_page(request: HttpRequest, review_id: UUID) -> HttpResponseBase:
    """Show what to do when somebody may be in danger, and what was done. Writes nothing."""
    return _page(request, get_object_or_404(Review, pk=review_id))


@staff_page(Permission.DECIDE_REVIEWS)
@require_POST
def report(request: HttpRequest, review_id: UUID) -> HttpResponseBase:
    """Put the item at the top for the coordinators."""
    return _done(request, review_id, partial(report_danger, reason=request.POST.get("reason", "")))


@staff_page(Permission.DECIDE_REVIEWS)
@require_POST
def record(request: HttpRequest, review_id: UUID) -> HttpResponseBase:
    """Write down that something was done."""
    deed, note = request.POST.get("deed", ""), request.POST.get("note", "")
    return _done(request, review_id, partial(record_step, deed=deed, note=note))


@staff_page(Permission.DECIDE_REVIEWS)
@require_POST
def correct(request: HttpRequest, step_id: int) -> HttpResponseBase:
    """Write down that a step was ticked in error."""
    step = get_object_or_404(DangerStep, pk=step_id, corrects=None)
    try:
        correct_step(actor=staff_of(request), step_id=step_id, at=clock.now())
    except DomainError as refusal:
        return see_other(request, _address(step.review_id), refusal=refusal)
    except ObjectDoesNotExist:  # the account was closed while this was on its way
        raise Http404 from None
    return see_other(request, _address(step.review_id))


def _done(request: HttpRequest, review_id: UUID, deed: Callable[..., object]) -> HttpResponseBase:
    """Do it and go on with the page; when it is refused, the page keeps what was typed."""
    review = get_object_or_404(Review, pk=review_id)
    try:
        deed(actor=staff_of(request), review_id=review_id, at=clock.now())
    except DomainError as refusal:
        return _page(request, review, refusal=refusal)
    except ObjectDoesNotExist:  # the account was closed while this was on its way
        raise Http404 from None
    return see_other(request, _address(review_id))


def _page(request: HttpRequest, review: Review, *, refusal: DomainError | None = None) -> HttpResponseBase:
    user = staff_of(request)
    if not (verdict := policy.may_open_item(user)):
        return refuse(request, verdict)
    of_member = {"site": review.site, "member_id": review.member_id}
    asked = review.subject_kind == SubjectKind.HELP_REQUEST
    return house_page(
        request,
        "moderation/danger.html",
        title=_("Immediate danger"),
        status=status_of(refusal) if refusal else 200,
        refusal=refusal,
        typed=request.POST,
        review=review,
        profile=Profile.objects.filter(**of_member).first(),
        advice=ADVICE,
        goes_on=Queue.HELP_REQUESTS if asked else Queue.NEW_PROFILES,
        steps=[(step, policy.may_correct_step(user, step)) for step in steps_about(**of_member)],
        may_record=policy.may_record_danger(user),
        may_report=policy.may_report_danger(user, review),
        longest_note=LONGEST_NOTE,
        longest_reason=LONGEST_REASON,
    )


def _address(review_id: UUID) -> str:
    return reverse("moderation:danger", args=[review_id])
