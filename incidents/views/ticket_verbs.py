"""What is done with a ticket: each one POST, one call, and back to the page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backoffice import clock
from backoffice.errors import DomainError
from backoffice.staff.permissions import Permission
from backoffice.ui.pages import house_page, staff_of, staff_page
from incidents.choices import CloseReason, TicketKind, WaitingFor
from incidents.forms.tickets import (
    CallForm,
    ClassifyForm,
    CloseForm,
    MergeForm,
    OwnerForm,
    SplitForm,
    TicketNoteForm,
    WaitForm,
    complaint_of,
)
from incidents.models import Ticket
from incidents.selectors.tickets import handlers, tickets_for
from incidents.services.ticket_kinds import classify_ticket
from incidents.services.ticket_messages import add_ticket_note
from incidents.services.ticket_opening import Contact, Said
from incidents.services.ticket_phone import take_in_call
from incidents.services.tickets import (
    assign_ticket,
    close_ticket,
    dismiss_rights,
    merge_tickets,
    put_on_wait,
    reopen_ticket,
    split_ticket,
    take_up,
)
from incidents.views.answers import say_first_fault, see_other
from incidents.views.ticket_page import address_of, page_of, ticket_of


@staff_page(Permission.HANDLE_TICKETS)
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest) -> HttpResponseBase:
    """Type in what somebody tells by telephone; a POST makes the ticket."""
    form = CallForm(request.POST or None, initial={"kind": TicketKind.QUESTION})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = take_in_call(
                actor=staff_of(request),
                kind=TicketKind(given["kind"]),
                site=given["site"],
                contact=Contact(
                    name=given["name"],
                    email=given["email"],
                    phone=given["phone"],
                    member_id=given["member_id"],
                ),
                said=Said(subject=given["subject"], body=given["text"]),
                complaint=complaint_of(given),
                no_dossier_reason=given["no_dossier_reason"],
                at=clock.now(),
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return see_other(request, address_of(made))
    form.point()
    return house_page(
        request,
        "incidents/tickets/call.html",
        title=_("Somebody calls"),
        form=form,
        status=422 if form.is_bound else 200,
    )


@staff_page(Permission.HANDLE_TICKETS)
@require_POST
def note(request: HttpRequest, number: int) -> HttpResponseBase:
    """Write an internal note; what was typed stays on the page when it is refused."""
    found = ticket_of(request, number)
    form = TicketNoteForm(request.POST)
    if form.is_valid():
        try:
            add_ticket_note(
                actor=staff_of(request), ticket_id=found.pk, text=form.cleaned_data["note"], at=clock.now()
            )
        except DomainError as refusal:
            form.add_error("note", str(refusal.message))
        else:
            return see_other(request, address_of(found))
    return page_of(request, found, noting=form, status=422)


def _do(request: HttpRequest, found: Ticket, verb: Callable[..., object], **given: Any) -> HttpResponseBase:
    try:
        verb(actor=staff_of(request), ticket_id=found.pk, at=clock.now(), **given)
    except DomainError as refusal:
        return see_other(request, address_of(found), refusal=refusal)
    return see_other(request, address_of(found))


@staff_page(Permission.HANDLE_TICKETS)
@require_POST
def assign(request: HttpRequest, number: int) -> HttpResponseBase:
    """Let somebody handle a ticket."""
    found = ticket_of(request, number)
    form = OwnerForm(request.POST, people=[(person.pk, str(person)) for person in handlers()])
    if not form.is_valid():
        say_first_fault(request, form)
        return see_other(request, address_of(found))
    return _do(request, found, assign_ticket, owner_id=form.cleaned_data["owner"])


@staff_page(Permission.HANDLE_TICKETS)
@require_POST
def wait(request: HttpRequest, number: int) -> HttpResponseBase:
    """Let a ticket wait for somebody."""
    found = ticket_of(request, number)
    form = WaitForm(request.POST)
    if not form.is_valid():
        say_first_fault(request, form)
        return see_other(request, address_of(found))
    return _do(request, found, put_on_wait, waiting_for=WaitingFor(form.cleaned_data["waiting_for"]))


@staff_page(Permission.HANDLE_TICKETS)
@require_POST
def resume(request: HttpRequest, number: int) -> HttpResponseBase:
    """Let a ticket wait no longer."""
    return _do(request, ticket_of(request, number), take_up)


@staff_page(Permission.HANDLE_TICKETS)
@require_POST
def close(request: HttpRequest, number: int) -> HttpResponseBase:
    """Say that a ticket was handled, and how."""
    found = ticket_of(request, number)
    form = CloseForm(request.POST)
    if not form.is_valid():
        say_first_fault(request, form)
        return see_other(request, address_of(found))
    return _do(request, found, close_ticket, how=CloseReason(form.cleaned_data["how"]))


@staff_page(Permission.HANDLE_TICKETS)
@require_POST
def reopen(request: HttpRequest, number: int) -> HttpResponseBase:
    """Take up a ticket that was handled."""
    return _do(request, ticket_of(request, number), reopen_ticket)


@staff_page(Permission.HANDLE_TICKETS)
@require_POST
def classify(request: HttpRequest, number: int) -> HttpResponseBase:
    """Say that a ticket is of another kind."""
    found = ticket_of(request, number)
    form = ClassifyForm(request.POST)
    if not form.is_valid():
        say_first_fault(request, form)
        return see_other(request, address_of(found))
    given = form.cleaned_data
    return _do(
        request,
        found,
        classify_ticket,
        kind=TicketKind(given["kind"]),
        complaint=complaint_of(given),
        no_dossier_reason=given["no_dossier_reason"],
    )


@staff_page(Permission.HANDLE_TICKETS)
@require_POST
def merge(request: HttpRequest, number: int) -> HttpResponseBase:
    """Merge a ticket into the one of the number that was typed, and go on there."""
    found = ticket_of(request, number)
    form = MergeForm(request.POST)
    if not form.is_valid():
        say_first_fault(request, form)
        return see_other(request, address_of(found))
    into = get_object_or_404(tickets_for(staff_of(request)), number=form.number())
    try:
        merge_tickets(actor=staff_of(request), ticket_id=found.pk, into_id=into.pk, at=clock.now())
    except DomainError as refusal:
        return see_other(request, address_of(found), refusal=refusal)
    return see_other(request, address_of(into))


@staff_page(Permission.HANDLE_TICKETS)
@require_POST
def split(request: HttpRequest, number: int) -> HttpResponseBase:
    """Make a ticket of its own of the messages that were chosen, and go on there."""
    found = ticket_of(request, number)
    form = SplitForm(request.POST, messages=[str(key) for key in found.messages.values_list("pk", flat=True)])
    if not form.is_valid():
        say_first_fault(request, form)
        return see_other(request, address_of(found))
    try:
        new = split_ticket(
            actor=staff_of(request),
            ticket_id=found.pk,
            message_ids=[UUID(key) for key in form.cleaned_data["messages"]],
            at=clock.now(),
        )
    except DomainError as refusal:
        return see_other(request, address_of(found), refusal=refusal)
    messages.success(request, _("This is the new ticket."))
    return see_other(request, address_of(new))


@staff_page(Permission.HANDLE_TICKETS)
@require_POST
def no_rights(request: HttpRequest, number: int) -> HttpResponseBase:
    """Say that a ticket asks for no right about personal data."""
    return _do(request, ticket_of(request, number), dismiss_rights)
