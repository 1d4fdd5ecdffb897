"""How the tickets of the demo office go: each comes in, and something follows, or nothing yet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incidents.choices import Channel, CloseReason, TicketKind, TicketState, WaitingFor
from incidents.demo.desk import Desk
from incidents.demo.diary import Story, When
from incidents.models import Ticket
from incidents.services.ticket_opening import Said

Deed = Callable[[Desk, UUID, datetime], None]
MR, MRS = "de heer", "mevrouw"


@dataclass(frozen=True, kw_only=True)
class Came:
    """Somebody came with something, and what followed."""

    when: When
    who: str
    subject: str
    body: str
    key: str = ""
    by: Channel = Channel.MAIL
    kind: TicketKind = TicketKind.QUESTION
    no_dossier_reason: str = ""
    then: tuple[tuple[When, Deed], ...] = ()


def story_of(desk: Desk, came: Came, number: int) -> Story:
    """Live through one ticket."""
    at = yield came.when
    who = desk.cast.play(came.key or f"sender {number}", came.who)
    if came.by == Channel.PHONE:
        said = Said(subject=came.subject, body=came.body)
        reason = came.no_dossier_reason
        ticket = desk.call_in(who, kind=came.kind, said=said, no_dossier_reason=reason, at=at)
    else:
        ticket = desk.mail_in(who, subject=came.subject, body=came.body, at=at)
    if came.key:
        desk.tickets[came.key] = ticket.pk
    for when, deed in came.then:
        at = yield when
        deed(desk, ticket.pk, at)


def answers(text: str, then: TicketState = TicketState.CLOSED) -> Deed:
    def deed(desk: Desk, ticket: UUID, at: datetime) -> None:
        desk.answer(ticket, text, then=then, at=at)

    return deed


def asks(text: str) -> Deed:
    return answers(text, TicketState.WAITING)


def coordinator_answers(text: str) -> Deed:
    def deed(desk: Desk, ticket: UUID, at: datetime) -> None:
        desk.answer(ticket, text, then=TicketState.CLOSED, who=desk.karin, at=at)

    return deed


def writes_again(text: str) -> Deed:
    def deed(desk: Desk, ticket: UUID, at: datetime) -> None:
        one = Ticket.objects.get(pk=ticket)
        who = next(who for who in desk.cast.known.values() if one.contact_email in who.emails)
        desk.mail_in(who, subject=f"Re: [{one.reference}] {one.subject}", body=text, at=at)

    return deed


def notes(text: str) -> Deed:
    def deed(desk: Desk, ticket: UUID, at: datetime) -> None:
        desk.note(ticket, text, at=at)

    return deed


def waits_for(whom: WaitingFor) -> Deed:
    def deed(desk: Desk, ticket: UUID, at: datetime) -> None:
        desk.wait(ticket, whom, at=at)

    return deed


def closes(how: CloseReason) -> Deed:
    def deed(desk: Desk, ticket: UUID, at: datetime) -> None:
        desk.close(ticket, how, at=at)

    return deed


def merges_into(key: str) -> Deed:
    def deed(desk: Desk, ticket: UUID, at: datetime) -> None:
        desk.merge(ticket, key, at=at)

    return deed


def takes(desk: Desk, ticket: UUID, at: datetime) -> None:
    desk.take(ticket, at=at)


def coordinator_takes(desk: Desk, ticket: UUID, at: datetime) -> None:
    desk.take(ticket, who=desk.karin, at=at)


def stories(desk: Desk, came: tuple[Came, ...]) -> Iterator[Story]:
    """Yield the story of each ticket."""
    yield from (story_of(desk, one, number) for number, one in enumerate(came))
