"""Legal periods in months."""

from datetime import date

import pytest

from backoffice.clock import months_after


class TestMonthsAfter:
    @pytest.mark.parametrize(
        ("day", "months", "then"),
        [
            (date(2026, 11, 17), 6, date(2027, 5, 17)),
            (date(2026, 8, 31), 6, date(2027, 2, 28)),
            (date(2027, 8, 31), 6, date(2028, 2, 29)),
            (date(2026, 12, 31), 1, date(2027, 1, 31)),
            (date(2026, 11, 30), 1, date(2026, 12, 30)),
            (date(2026, 1, 1), 24, date(2028, 1, 1)),
        ],
    )
    def test_keeps_the_day_or_takes_the_last_of_the_month(self, day: date, months: int, then: date) -> None:
        assert months_after(day, months) == then
