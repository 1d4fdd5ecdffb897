"""Lives through stories side by side, in the order of time, and stops at now."""

import heapq
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backoffice import clock
from incidents.office_hours import is_office_day

Story = Generator["When", datetime]
"""Says when it goes on, and is told the moment at which it does."""


@dataclass(frozen=True)
class When:
    """A moment before now: at `hour` of a day so many days ago, or so many `minutes` ago.

    `office` moves a day without office hours to the last one before it that has them.
    """

    days: int = 0
    hour: float = 9.0
    minutes: int = 0
    office: bool = True

    def moment(self, now: datetime) -> datetime:
        """Return the moment; never after `now`."""
        if not self.days:
            return now - timedelta(minutes=self.minutes)
        day = clock.local_day(now) - timedelta(days=self.days)
        while self.office and not is_office_day(day):
            day -= timedelta(days=1)
        return clock.start_of_day(day) + timedelta(hours=self.hour)


def live_through(stories: Iterable[Story], *, now: datetime) -> None:
    """Run every story to its end, whichever is next first; none goes back before its own last moment."""
    waiting: list[tuple[datetime, int, Story]] = []
    for number, story in enumerate(stories):
        heapq.heappush(waiting, (next(story).moment(now), number, story))
    while waiting:
        at, number, story = heapq.heappop(waiting)
        try:
            following = story.send(at)
        except StopIteration:
            continue
        later = max(following.moment(now), min(at + timedelta(minutes=4), now))
        heapq.heappush(waiting, (later, number, story))


def day_before(at: datetime, days: int) -> date:
    """Return the day in Amsterdam so many days before `at`."""
    return clock.local_day(at) - timedelta(days=days)
