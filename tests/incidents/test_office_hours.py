"""Due times are counted in hours that somebody could have used."""

from datetime import date, datetime, timedelta

import pytest

from backoffice.clock import AMSTERDAM
from incidents.office_hours import after_office_hours, is_office_day


def amsterdam(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("begins", "hours", "ends"),
    [
        ("2026-11-17 10:00", 4, "2026-11-17 14:00"),  # within a Tuesday
        ("2026-11-17 10:00", 7, "2026-11-17 17:00"),  # until the very end of it
        ("2026-11-17 16:00", 8, "2026-11-18 16:00"),  # over a night
        ("2026-11-17 06:30", 8, "2026-11-17 17:00"),  # before anybody is there
        ("2026-11-20 22:00", 1, "2026-11-23 10:00"),  # on a Friday night
        ("2026-11-21 12:00", 16, "2026-11-24 17:00"),  # in a weekend
        ("2026-12-24 16:00", 8, "2026-12-28 16:00"),  # Christmas, on a Friday, and a weekend
        ("2026-04-02 16:00", 2, "2026-04-07 10:00"),  # Good Friday to Easter Monday
        ("2027-05-04 16:00", 2, "2027-05-07 10:00"),  # 5 May, and Ascension Day after it
        ("2027-03-26 12:00", 8, "2027-03-30 17:00"),  # Easter, when the clock goes forward too
        ("2026-10-23 16:30", 1, "2026-10-26 09:30"),  # and the one in which it goes back
        ("2026-12-31 16:00", 9, "2027-01-04 17:00"),  # into another year
    ],
)
def test_count_only_while_somebody_is_there(begins: str, hours: int, ends: str) -> None:
    assert after_office_hours(amsterdam(begins), timedelta(hours=hours)) == amsterdam(ends)


def test_nobody_is_there_on_a_dutch_holiday() -> None:
    closed = [date(2026, 1, 1), date(2026, 4, 27), date(2026, 5, 5), date(2026, 5, 14), date(2026, 5, 25)]
    assert not any(is_office_day(day) for day in closed)
    assert is_office_day(date(2026, 5, 4))
