"""The clock of the house: the only place that asks what time it is.

Everything below the doors takes the moment as an argument. Moments are aware UTC; days and
legal periods are those of Europe/Amsterdam.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """Return the calendar day in Europe/Amsterdam."""
    return local_day(now())


def local_day(at: datetime) -> date:
    """Return the calendar day in Europe/Amsterdam on which `at` falls."""
    return at.astimezone(AMSTERDAM).date()


def start_of_day(day: date) -> datetime:
    """Return the first moment of `day` in Europe/Amsterdam, as UTC."""
    return datetime.combine(day, time.min, tzinfo=AMSTERDAM).astimezone(UTC)


def end_of_next_day(at: datetime) -> datetime:
    """Return the end (half-open) of the day after the one on which `at` falls (R10).

    25 or 23 hours are skipped in the nights the clock changes: the result is always local midnight.
    """
    return start_of_day(local_day(at) + timedelta(days=2))


def months_after(day: date, months: int) -> date:
    """Return the same day of the month `months` later; the month's last day when it has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def years_after(day: date, years: int) -> date:
    """Return the same calendar day `years` later; 29 February becomes 1 March (R73)."""
    return years_before(day, -years)


def years_before(day: date, years: int) -> date:
    """Return the same calendar day `years` earlier; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)
