"""What is done on the page of a dossier: one address, one form and one service call for each verb."""

import re
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from backoffice import clock
from backoffice.audit.meanwhile import ChangedMeanwhile, version_of
from backoffice.audit.reads import purpose_of_today
from backoffice.errors import DomainError
from backoffice.staff.models import User
from backoffice.staff.permissions import Permission
from backoffice.staff.policy import NotAllowed
from backoffice.ui.history import versions_since
from backoffice.ui.pages import staff_of, staff_page
from incidents.choices.dossiers import (
    DossierOutcome,
    LetterKind,
    LinkKind,
    MeasureKind,
    OutreachState,
    PartyRole,
    ProposalState,
    TimelineKind,
    WaitingFor,
)
from incidents.models import Dossier, RepetitionProposal
from incidents.paper.making import Part
from incidents.services import (
    attachments,
    dossiers,
    letters,
    measures,
    outcomes,
    outreach,
    paper,
    parties,
    repetition,
    safety,
)
from incidents.services import timeline as lines
from incidents.services.files import Upload
from incidents.services.locks import DossierRefused
from incidents.views.dossier_page import FORMS, dossier_page, form_of
from incidents.views.dossiers import dossier_for, onward

_REFERENCE = re.compile(r"\s*D?-?\s*(\d{1,15})\s*\Z", re.IGNORECASE)


@staff_page(Permission.HANDLE_DOSSIERS)
@require_POST
def perform(request: HttpRequest, dossier_id: UUID, verb: str) -> HttpResponseBase:
    """Do one thing with a dossier. What is refused comes back as it was typed, with the reason beside it."""
    found, user, at = dossier_for(request, dossier_id), staff_of(request), clock.now()
    if verb not in FORMS:
        raise Http404
    page = reverse("incidents:dossier", args=[found.pk])
    if purpose_of_today(reader=user, subject=found, at=at) is None:
        messages.error(request, _("Say first why you look."))
        return onward(page)
    form = form_of(verb, found, request.POST, request.FILES)
    if not form.is_valid():
        return dossier_page(request, found, bound=(verb, form), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        done = _VERBS[verb](form, {"actor": user, "dossier_id": found.pk, "at": at})
    except ChangedMeanwhile as refusal:
        form.refuse(refusal)
        meanwhile = versions_since(found, seen=form.cleaned_data["seen"])
        form.data = {**form.data.dict(), "seen": version_of(found)}  # type: ignore[attr-defined] # a QueryDict
        found.refresh_from_db()
        return dossier_page(
            request, found, bound=(verb, form), status=HTTPStatus.CONFLICT, meanwhile=meanwhile
        )
    except DomainError as refusal:
        words = refusal.at_the_desk if isinstance(refusal, letters.GivesAway) else str(refusal.message)
        form.add_error(refusal.field if refusal.field in form.fields else None, words)
        status = HTTPStatus.FORBIDDEN if isinstance(refusal, NotAllowed) else HTTPStatus.UNPROCESSABLE_ENTITY
        return dossier_page(request, found, bound=(verb, form), status=status)
    return _answer(request, found, verb, done)


def _answer(request: HttpRequest, dossier: Dossier, verb: str, done: Any) -> HttpResponseBase:
    if verb == "paper":
        return _as_pdf(done, dossier)
    messages.success(request, str(_SAID.get(verb, gettext_lazy("Saved."))))
    if not Dossier.objects.visible_to(staff_of(request)).filter(pk=dossier.pk).exists():  # a colleague's now
        return onward(reverse("incidents:dossiers"))
    return onward(f"{reverse('incidents:dossier', args=[dossier.pk])}#{verb}")


def _as_pdf(made: bytes, dossier: Dossier) -> HttpResponse:
    kept = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    named = f'attachment; filename="dossier-{dossier.number}.pdf"'
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": named, **kept})


def _paper(form: Any, call: dict[str, Any]) -> bytes:
    given = form.cleaned_data
    reader_id = UUID(given["party"]) if given["party"] else None
    return paper.print_dossier(parts=[Part(each) for each in given["parts"]], reader_id=reader_id, **call)


def _edit(form: Any, call: dict[str, Any]) -> None:
    described = dossiers.Described(**form.five())
    dossiers.edit_description(seen=form.cleaned_data["seen"], described=described, **call)


def _wait(form: Any, call: dict[str, Any]) -> None:
    given = form.cleaned_data
    waiting_for = WaitingFor(given["waiting_for"]) if given["waiting_for"] else None
    dossiers.set_waiting(waiting_for=waiting_for, until=given["until"], **call)


def _line(form: Any, call: dict[str, Any]) -> None:
    given = form.cleaned_data
    lines.write_timeline(
        kind=TimelineKind(given["kind"]), happened_on=given["happened_on"], text=given["text"], **call
    )


def _letter(form: Any, call: dict[str, Any]) -> None:
    given = form.cleaned_data
    letters.send_dossier_letter(
        party_id=UUID(given["party"]),
        kind=LetterKind(given["kind"]),
        subject=given["subject"],
        body=given["body"],
        answer_by=given["answer_by"],
        **call,
    )


def _decide(form: Any, call: dict[str, Any]) -> None:
    given = form.cleaned_data
    outcomes.decide_outcome(
        outcome=DossierOutcome(given["outcome"]),
        grounds=given["grounds"],
        offender_ids=[UUID(each) for each in given["offenders"]],
        **call,
    )


def _measure(form: Any, call: dict[str, Any]) -> None:
    given = form.cleaned_data
    measures.take_measure(
        party_id=UUID(given["party"]),
        kind=MeasureKind(given["kind"]),
        facts=given["facts"],
        ground=given["ground"],
        factors=form.factors(),
        ends_on=given["ends_on"],
        **call,
    )


def _lift(form: Any, call: dict[str, Any]) -> None:
    actor: User = call["actor"]
    at: datetime = call["at"]
    measure_id = form.cleaned_data["measure"]
    if not form.dossier.measures.filter(pk=measure_id).exists():
        raise DossierRefused(_("Choose a measure of this dossier."), field="measure")
    measures.lift_measure(actor=actor, measure_id=measure_id, because=form.cleaned_data["because"], at=at)


def _settle(form: Any, call: dict[str, Any]) -> None:
    given = form.cleaned_data
    of_dossier = {"evidence__party__dossier": form.dossier}
    if not RepetitionProposal.objects.filter(pk=given["proposal"], **of_dossier).exists():
        raise DossierRefused(_("Choose a proposal of this dossier."), field="proposal")
    repetition.settle_proposal(
        actor=call["actor"],
        proposal_id=given["proposal"],
        state=ProposalState(given["state"]),
        note=given["note"],
        at=call["at"],
    )


def _link(form: Any, call: dict[str, Any]) -> None:
    number = _REFERENCE.match(form.cleaned_data["other"])
    other = Dossier.objects.visible_to(call["actor"]).filter(number=number[1]).first() if number else None
    if other is None:
        raise DossierRefused(_("There is no such dossier, or a colleague handles it."), field="other")
    dossiers.link_dossiers(other_id=other.pk, kind=LinkKind(form.cleaned_data["kind"]), **call)


def _attach(form: Any, call: dict[str, Any]) -> None:
    sent = form.cleaned_data["file"]
    upload = Upload(name=sent.name or "", content=sent.read())
    attachments.attach_file(upload=upload, says=form.cleaned_data["says"], **call)


def _safety(form: Any, call: dict[str, Any]) -> None:
    given = dict(form.cleaned_data)
    because, recheck_on = given.pop("hold_because"), given.pop("recheck_on")
    hold = safety.Hold(because=because, recheck_on=recheck_on) if because else None
    safety.note_safety(hold=hold, **given, **call)


def _outreach(form: Any, call: dict[str, Any]) -> None:
    contacts = [
        outreach.Contact(member_id=number, name=name, contact=contact)
        for number, name, contact in form.lines()
    ]
    outreach.add_outreach(contacts=contacts, **call)


def _reached(form: Any, call: dict[str, Any]) -> None:
    given = form.cleaned_data
    outreach.settle_outreach(
        task_id=given["task"], state=OutreachState(given["state"]), note=given["note"], **call
    )


_VERBS: dict[str, Callable[[Any, dict[str, Any]], Any]] = {
    "edit": _edit,
    "assign": lambda form, call: dossiers.assign_dossier(owner_id=form.cleaned_data["owner"], **call),
    "wait": _wait,
    "party": lambda form, call: parties.add_party(
        role=PartyRole(form.cleaned_data["role"]), person=form.person(), **call
    ),
    "line": _line,
    "pin": lambda form, call: lines.pin_entry(
        entry_id=form.cleaned_data["entry"], pinned=form.cleaned_data["pinned"], **call
    ),
    "letter": _letter,
    "decide": _decide,
    "handle": lambda _form, call: outcomes.handle_dossier(**call),
    "reopen": lambda form, call: outcomes.reopen_dossier(**form.cleaned_data, **call),
    "hold": lambda form, call: outcomes.hold_dossier(**form.cleaned_data, **call),
    "release": lambda _form, call: outcomes.release_dossier(**call),
    "measure": _measure,
    "lift": _lift,
    "paper": _paper,
    "settle": _settle,
    "link": _link,
    "attach": _attach,
    "safety": _safety,
    "defer": lambda form, call: parties.defer_informing(
        party_id=UUID(form.cleaned_data["party"]),
        because=form.cleaned_data["because"],
        recheck_on=form.cleaned_data["recheck_on"],
        **call,
    ),
    "undefer": lambda form, call: parties.lift_deferral(party_id=UUID(form.cleaned_data["party"]), **call),
    "outreach": _outreach,
    "reached": _reached,
}

_SAID = {
    "letter": gettext_lazy("The letter is on its way, or stands in the timeline to be sent by post."),
    "decide": gettext_lazy("The outcome was decided."),
    "measure": gettext_lazy("The measure was taken. The letter is on its way."),
    "handle": gettext_lazy("The dossier is handled."),
    "reopen": gettext_lazy("The dossier is open again."),
    "safety": gettext_lazy("Noted. Is somebody in danger now? Call 112."),
}
