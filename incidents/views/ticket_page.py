"""One ticket: what was said, and everything that can be done with it."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from backoffice import clock
from backoffice.audit.meanwhile import ChangedMeanwhile, version_of
from backoffice.errors import DomainError
from backoffice.outbox.letters import Letter
from backoffice.staff.permissions import Permission
from backoffice.ui.pages import house_page, staff_of, staff_page
from incidents import policy
from incidents.choices import Direction, Right, TicketState
from incidents.forms.tickets import (
    AnswerForm,
    ClassifyForm,
    CloseForm,
    MergeForm,
    OwnerForm,
    TicketNoteForm,
    WaitForm,
)
from incidents.letters.tickets import answer_letter
from incidents.models import Enclosure, Ticket
from incidents.policy.dossiers import may_see
from incidents.selectors.tickets import (
    answers_for,
    can_be_split,
    handlers,
    merged_into,
    others_of_sender,
    thread_of,
    tickets_for,
)
from incidents.services.ticket_messages import answer_ticket
from incidents.views.answers import see_other
from incidents.views.files import download


def ticket_of(request: HttpRequest, number: int) -> Ticket:
    """Return the ticket of that number, for who may read it. Raises Http404."""
    return get_object_or_404(tickets_for(staff_of(request)), number=number)


def address_of(ticket: Ticket) -> str:
    """Return the address of a ticket's page."""
    return reverse("incidents:ticket", args=[ticket.number])


@staff_page(Permission.HANDLE_TICKETS)
@require_safe
def ticket(request: HttpRequest, number: int) -> HttpResponseBase:
    """Show a ticket."""
    return page_of(request, ticket_of(request, number))


@staff_page(Permission.HANDLE_TICKETS)
@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponseBase:
    """Send an answer, or show it as it will be read (`look`), which writes nothing."""
    found = ticket_of(request, number)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return page_of(request, found, answering=form, status=422)
    text = form.cleaned_data["text"]
    if "look" in request.POST:
        return page_of(request, found, answering=form, letter=answer_letter(found, text, about=""))
    try:
        answer_ticket(
            actor=staff_of(request),
            ticket_id=found.pk,
            seen=form.cleaned_data["seen"],
            text=text,
            then=TicketState(form.cleaned_data["then"]),
            text_id=form.cleaned_data["text_id"],
            at=clock.now(),
        )
    except ChangedMeanwhile as refusal:
        found.refresh_from_db()
        form.look_again(version_of(found))
        form.refuse(refusal)
        return page_of(request, found, answering=form, status=409)
    except DomainError as refusal:
        form.refuse(refusal)
        return page_of(request, found, answering=form, status=422)
    return see_other(request, address_of(found))


@staff_page(Permission.HANDLE_TICKETS)
@require_safe
def enclosure(request: HttpRequest, enclosure_id: UUID) -> HttpResponseBase:
    """Give a file that came with a message, to save."""
    found = get_object_or_404(
        Enclosure.objects.select_related("file").filter(
            message__ticket__in=tickets_for(staff_of(request)), file__isnull=False
        ),
        pk=enclosure_id,
    )
    assert found.file is not None
    return download(found.file)


def page_of(
    request: HttpRequest,
    found: Ticket,
    *,
    answering: AnswerForm | None = None,
    noting: TicketNoteForm | None = None,
    letter: Letter | None = None,
    status: int = 200,
) -> HttpResponseBase:
    """Return the page of a ticket, with a form as somebody filled it in."""
    user, at = staff_of(request), clock.now()
    messages = thread_of(found)
    people = [(person.pk, str(person)) for person in handlers()]
    return house_page(
        request,
        "incidents/tickets/ticket.html",
        title=f"{found.reference} {found.subject}",
        is_fullwidth="1",
        status=status,
        ticket=found,
        overdue=found.is_overdue(at),
        thread=messages,
        last_received=next((one for one in reversed(messages) if one.direction == Direction.IN), None),
        others=others_of_sender(found, user),
        merged_from=merged_into(found),
        may_work=policy.may_work_on(user, found),
        may_answer=policy.may_answer(user, found),
        may_note=policy.may_note_at(user, found),
        may_reopen=policy.may_reopen(user, found),
        may_split=can_be_split(messages),
        answers=answers_for(found),
        answering=answering or AnswerForm(initial={"seen": version_of(found)}),
        noting=noting or TicketNoteForm(),
        letter=letter,
        may_see_dossier=found.dossier is not None and may_see(user, found.dossier),
        rights=[Right(right).label for right in found.rights],
        rights_until=clock.months_after(clock.local_day(found.rights_from), 1) if found.rights_from else None,
        owning=OwnerForm(people=people, initial={"owner": found.owner_id}),
        waiting=WaitForm(),
        closing=CloseForm(),
        merging=MergeForm(),
        classifying=ClassifyForm(initial={"kind": found.kind}),
    )
