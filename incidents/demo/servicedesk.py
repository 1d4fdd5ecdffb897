"""The servicedesk of the demo office: some weeks of tickets and dossiers, lived through side by side."""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain

from backoffice.staff.models import User
from incidents.demo import dossiers, tickets
from incidents.demo.desk import Desk
from incidents.demo.diary import live_through
from incidents.demo.dossier_stories import CASES
from incidents.demo.people import Cast
from incidents.demo.ticket_stories import TICKETS
from incidents.given import Person


def open_servicedesk(
    *, servicedesk: User, coordinator: User, members: Sequence[Person], now: datetime, scale: float = 1.0
) -> None:
    """Live through what came to the servicedesk up to `now`, in which `members` play their parts.

    `scale` takes a part of the stories, always from the first on.
    """
    desk = Desk(servicedesk, coordinator, Cast(members))
    came = TICKETS[: max(1, round(len(TICKETS) * scale))]
    cases = CASES[: max(1, round(len(CASES) * scale))]
    live_through(chain(tickets.stories(desk, came), dossiers.stories(desk, cases)), now=now)
