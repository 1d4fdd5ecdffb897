"""When the servicedesk is there: due times are counted in hours that somebody could have used.

Monday to Friday, nine to five in Amsterdam, but not on the holidays of the Algemene termijnenwet: the package
`holidays` has them as "public" (Good Friday among them) and "optional" (5 May, every year).
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

import holidays

from backoffice.clock import AMSTERDAM
from incidents.choices import TicketKind

OPENS, CLOSES = time(9), time(17)
SATURDAY = 5

ANSWER_WITHIN: dict[str, timedelta] = {
    TicketKind.QUESTION: timedelta(hours=16),
    TicketKind.COMPLAINT: timedelta(hours=8),
    TicketKind.NOTICE: timedelta(hours=8),
}
"""Office hours within which somebody answers: two days for a question, one for what may be worse."""

LOOK_AGAIN_AFTER = timedelta(hours=40)
"""Office hours after which somebody looks at a ticket that waits for another: a week."""


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NL", years=year, categories=("public", "optional")))


def is_office_day(day: date) -> bool:
    """Return whether somebody is at the servicedesk on that day."""
    return day.weekday() < SATURDAY and day not in _holidays(day.year)


def after_office_hours(at: datetime, duration: timedelta) -> datetime:
    """Return the moment (UTC) at which the servicedesk has been there for `duration` since `at`.

    Nights, weekends and holidays do not count: what comes in then counts from the next opening.
    """
    local = at.astimezone(AMSTERDAM)
    day = local.date()
    left = duration
    while True:
        closes = datetime.combine(day, CLOSES, tzinfo=AMSTERDAM)
        begin = max(local, datetime.combine(day, OPENS, tzinfo=AMSTERDAM))
        if is_office_day(day) and begin < closes:
            if left <= closes - begin:  # of one day and one zone, and no clock changes at nine to five
                return (begin + left).astimezone(UTC)
            left -= closes - begin
        day += timedelta(days=1)


def answer_due(kind: str, at: datetime) -> datetime:
    """Return by when a ticket of that kind, whose sender wrote at `at`, must be answered."""
    return after_office_hours(at, ANSWER_WITHIN[kind])


def look_again_at(at: datetime) -> datetime:
    """Return when somebody must look at a ticket that waits from `at` on."""
    return after_office_hours(at, LOOK_AGAIN_AFTER)
