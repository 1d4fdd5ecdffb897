"""Tickets as people look at them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from backoffice.staff.models import User
from backoffice.staff.permissions import ROLES, Permission
from incidents.choices import Direction
from incidents.models import Message, StandardAnswer, Ticket
from incidents.standard_answers import fill


@dataclass(frozen=True, slots=True)
class Progress:
    """How much is under way, and how much of it somebody should have looked at."""

    under_way: int
    overdue: int
    free: int


def tickets_for(user: User) -> QuerySet[Ticket]:
    """Return the tickets that `user` may read, what is due first, what was handled last."""
    return (
        Ticket.objects.visible_to(user)
        .select_related("owner", "dossier", "merged_into")
        .order_by("due_at", "-number")
    )


def progress_of_tickets(user: User, *, at: datetime) -> Progress:
    """Return how many tickets are under way, overdue, and in nobody's hands."""
    under_way = Ticket.objects.visible_to(user).under_way()
    return Progress(
        under_way=under_way.count(),
        overdue=under_way.filter(due_at__lte=at).count(),
        free=under_way.filter(owner=None).count(),
    )


def thread_of(ticket: Ticket) -> list[Message]:
    """Return what was said, the oldest first, with its files and who wrote it."""
    return list(
        ticket.messages.select_related("author").prefetch_related("enclosures__file").order_by("at", "id")
    )


def others_of_sender(ticket: Ticket, user: User, *, most: int = 10) -> list[Ticket]:
    """Return other tickets of who sent this one, the newest first: by address, or member number."""
    same = Q(pk=None)
    if ticket.contact_email:
        same |= Q(contact_email=ticket.contact_email)
    if ticket.member_id:
        same |= Q(site=ticket.site, member_id=ticket.member_id)
    return list(tickets_for(user).filter(same).exclude(pk=ticket.pk).order_by("-number")[:most])


def merged_into(ticket: Ticket) -> list[Ticket]:
    """Return the tickets that were merged into this one, in the order of their numbers."""
    return list(ticket.merged_from.order_by("number"))


def answers_for(ticket: Ticket) -> list[tuple[StandardAnswer, str]]:
    """Return the standard answers for a kind of ticket, each with its places filled in."""
    offered = StandardAnswer.objects.filter(Q(kind="") | Q(kind=ticket.kind), active=True)
    return [
        (answer, fill(answer.body, name=ticket.contact_name, number=ticket.reference)) for answer in offered
    ]


def handlers() -> QuerySet[User]:
    """Return who may handle tickets, by name."""
    roles = [role.value for role, may in ROLES.items() if Permission.HANDLE_TICKETS in may]
    people = User.objects.filter(is_active=True, is_system=False, groups__name__in=roles)
    return people.distinct().order_by("display_name", "username")


def can_be_split(messages: list[Message]) -> bool:
    """Return whether some of these could be a ticket of their own."""
    return len(messages) > 1 and any(message.direction == Direction.IN for message in messages)
