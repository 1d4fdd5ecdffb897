"""Pages of dossiers: the list, a new one, and one dossier once its reader said why they look."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backoffice import clock
from backoffice.audit.reads import log_read, purpose_of_today
from backoffice.errors import DomainError
from backoffice.staff.permissions import Permission
from backoffice.ui.pages import house_page, staff_of, staff_page
from incidents.choices.dossiers import PartyRole, Severity
from incidents.forms.describing import OpenForm, PurposeForm
from incidents.models import Attachment, Dossier
from incidents.policy.dossiers import may_open_dossiers
from incidents.selectors.dossiers import dossiers_for
from incidents.services.dossiers import open_dossier
from incidents.views.dossier_page import dossier_page
from incidents.views.files import download

PER_PAGE = 50
HANDLE_OR_SEE = (Permission.HANDLE_DOSSIERS, Permission.SEE_ALL_DOSSIERS)


@staff_page(*HANDLE_OR_SEE)
@require_safe
def dossier_list(request: HttpRequest) -> HttpResponseBase:
    """List the dossiers that this person may see; `?show=` says which. Names of nobody stand in it."""
    filters = {
        "open": _("Open"),
        "mine": _("Mine"),
        "nobody": _("Nobody's"),
        "handled": _("Handled"),
        "all": _("All"),
    }
    user = staff_of(request)
    show = request.GET.get("show", "")
    show = show if show in filters else "open"
    page = Paginator(dossiers_for(user, show=show), PER_PAGE).get_page(request.GET.get("page"))
    return house_page(
        request,
        "incidents/dossiers/list.html",
        title=_("Dossiers"),
        page=page,
        name=f"show={show}&page",
        show=show,
        filters=filters.items(),
        may_open=may_open_dossiers(user),
        today=clock.today(),
    )


@staff_page(Permission.HANDLE_DOSSIERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_dossier(request: HttpRequest) -> HttpResponseBase:
    """Write a complaint down while somebody is on the telephone; a POST opens the dossier."""
    initial = {"site": "wehelpen.nl", "happened_on": clock.today()}
    form = OpenForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            dossier = open_dossier(
                actor=staff_of(request),
                site=form.cleaned_data["site"],
                severity=Severity(form.cleaned_data["severity"]),
                about=form.about(),
                at=clock.now(),
                **form.five(),
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return onward(reverse("incidents:dossier", args=[dossier.pk]))
    form.point()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return house_page(
        request, "incidents/dossiers/new.html", title=_("New dossier"), status=status, form=form
    )


@staff_page(*HANDLE_OR_SEE)
@require_safe
def dossier(request: HttpRequest, dossier_id: UUID) -> HttpResponseBase:
    """Show a dossier to who said today why they look; ask that of everybody else. Writes nothing."""
    found = dossier_for(request, dossier_id)
    if purpose_of_today(reader=staff_of(request), subject=found, at=clock.now()) is None:
        return house_page(
            request,
            "incidents/dossiers/purpose.html",
            title=found.reference,
            dossier=found,
            form=PurposeForm(),
        )
    return dossier_page(request, found)


@staff_page(*HANDLE_OR_SEE)
@require_POST
def open_page(request: HttpRequest, dossier_id: UUID) -> HttpResponseBase:
    """Write down why somebody looks, and show the dossier."""
    found = dossier_for(request, dossier_id)
    form = PurposeForm(request.POST)
    if form.is_valid():
        log_read(actor=staff_of(request), subject=found, purpose=form.cleaned_data["purpose"], at=clock.now())
    return onward(reverse("incidents:dossier", args=[found.pk]))


@staff_page(*HANDLE_OR_SEE)
@require_POST
def show_reporter(request: HttpRequest, dossier_id: UUID) -> HttpResponseBase:
    """Write down that somebody looks at who reported it, for the purpose that they gave today."""
    found, user, at = dossier_for(request, dossier_id), staff_of(request), clock.now()
    if purpose := purpose_of_today(reader=user, subject=found, at=at):
        for party in found.parties.filter(role=PartyRole.REPORTER):
            log_read(actor=user, subject=party, purpose=purpose, at=at)
    return onward(reverse("incidents:dossier", args=[found.pk]))


@staff_page(*HANDLE_OR_SEE)
@require_POST
def attachment(request: HttpRequest, dossier_id: UUID, attachment_id: UUID) -> HttpResponseBase:
    """Give a file to save, and write down that it was looked at."""
    found, user, at = dossier_for(request, dossier_id), staff_of(request), clock.now()
    kept = Attachment.objects.filter(dossier=found, pk=attachment_id).select_related("file").first()
    if kept is None:
        raise Http404
    purpose = purpose_of_today(reader=user, subject=found, at=at)
    if purpose is None:
        messages.error(request, _("Say first why you look."))
        return onward(reverse("incidents:dossier", args=[found.pk]))
    log_read(actor=user, subject=kept, purpose=purpose, at=at)
    return download(kept.file)


def dossier_for(request: HttpRequest, dossier_id: UUID) -> Dossier:
    """Return a dossier that this person may see. Raises Http404; PermissionDenied for a colleague's."""
    found = Dossier.objects.select_related("owner", "opened_by", "outcome_by").filter(pk=dossier_id).first()
    if found is None:
        raise Http404
    if not Dossier.objects.visible_to(staff_of(request)).filter(pk=dossier_id).exists():
        raise PermissionDenied(_("A colleague handles this dossier. Ask a coordinator to give it to you."))
    return found


def onward(address: str) -> HttpResponseRedirect:
    """Send a browser on after a POST."""
    response = HttpResponseRedirect(address)
    response.status_code = HTTPStatus.SEE_OTHER
    return response
