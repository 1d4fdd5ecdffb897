"""What the servicedesk finds on its first page: what is for today, and what must not be forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q

from backoffice import clock
from backoffice.staff.models import User
from backoffice.staff.permissions import Permission
from backoffice.staff.policy import may
from incidents.choices.dossiers import DossierState, PartyRole
from incidents.models import Dossier, Party, Ticket
from incidents.selectors.tickets import Progress, progress_of_tickets

MOST = 6
SOON = timedelta(days=30)
TELL_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class TicketsToday:
    """All tickets in figures, and those of one person that are due before midnight, the longest due first.

    `mine` holds at most `MOST`, `mine_in_all` is their number.
    """

    progress: Progress
    mine: Sequence[tuple[Ticket, bool]]
    mine_in_all: int


@dataclass(frozen=True, slots=True)
class DossiersToday:
    """Dossiers that somebody may see and must not forget; of each list at most `MOST`.

    `waiting` for somebody, the longest first; `nobodys`, the number that nobody handles; `to_tell`, people
    who must hear within a week that a dossier names them (AVG article 14); `going`, what is erased within
    a month, or what is held and looked at again by then.
    """

    today: date
    waiting: Sequence[Dossier]
    nobodys: int
    to_tell: Sequence[Party]
    going: Sequence[Dossier]

    @property
    def anything(self) -> bool:
        return bool(self.waiting or self.nobodys or self.to_tell or self.going)


def tickets_today(user: User, *, at: datetime) -> TicketsToday | None:
    """Return what is for today; None for who handles no tickets. Four queries."""
    if not may(user, Permission.HANDLE_TICKETS):
        return None
    midnight = clock.start_of_day(clock.local_day(at) + timedelta(days=1))
    mine = Ticket.objects.under_way().filter(owner=user, due_at__lt=midnight).order_by("due_at", "number")
    found = list(mine)
    return TicketsToday(
        progress=progress_of_tickets(user, at=at),
        mine=[(ticket, ticket.is_overdue(at)) for ticket in found[:MOST]],
        mine_in_all=len(found),
    )


def dossiers_today(user: User, *, at: datetime) -> DossiersToday | None:
    """Return what must not be forgotten; None for who may see no dossiers. Four queries."""
    if not (may(user, Permission.HANDLE_DOSSIERS) or may(user, Permission.SEE_ALL_DOSSIERS)):
        return None
    today = clock.local_day(at)
    visible = Dossier.objects.visible_to(user)
    waiting = visible.exclude(state=DossierState.HANDLED).exclude(waiting_for="")
    held = Q(hold_recheck_on__lte=today + SOON)
    going = visible.filter(Q(hold_reason="", expires_on__lte=today + SOON) | held)
    to_tell = Party.objects.filter(
        dossier__in=visible,
        informed_at=None,
        inform_deferred_because="",
        inform_by_on__lte=today + TELL_WITHIN,
        dossier__expires_on=None,
    ).exclude(role=PartyRole.REPORTER)
    return DossiersToday(
        today=today,
        waiting=list(waiting.order_by(F("waiting_until").asc(nulls_last=True), "number")[:MOST]),
        nobodys=visible.filter(owner=None).exclude(state=DossierState.HANDLED).count(),
        to_tell=list(to_tell.select_related("dossier").order_by("inform_by_on", "added_at")[:MOST]),
        going=list(going.order_by(F("hold_recheck_on").asc(nulls_last=True), "expires_on", "number")[:MOST]),
    )
