"""(c) The next item over HTTP, with a thousand and with a million reviews in the table.

Both offices have as much that waits, as much that arrived today, and members with as much about them; the
one has nothing else, the other years of decided reviews. Each has a granian of its own, started as `make
run` starts it, and one moderator who is signed in and sends what the desk's script sends (see `main.js`).
Ours is the big office, the yardstick the small one; they take turns every few items. Three moments are
timed from the first byte sent to the last received: approving when the next item was fetched ahead (what
a moderator mostly waits for), approving when it was not, so that the answer brings it, and the fetching.
"""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from statistics import median
from typing import TypeVar

import httpx
from django.conf import settings

from backoffice import serve
from bench.measuring import Line, by_turns
from bench.office import fill
from bench.scratch import address, copy_of_scratch, scratch_database
from bench.seeding import PASSWORD, hire
from moderation.choices import Queue
from tests.desk_script import Desk, Item
from tests.running.processes import free_port

GOAL = 1.3
SMALL = 1_000
BIG = 1_000_000
ITEMS_A_ROUND = 8
QUEUE = Queue.HELP_REQUESTS
MOMENTS = ("next item, fetched ahead", "next item, brought by the answer", "fetching one ahead")
PROMISED = 300.0
"""Milliseconds."""

T = TypeVar("T")
Times = tuple[float, float, float]


def measure(*, quick: bool) -> list[Line]:
    """Return the lines of (c), in milliseconds. Takes five minutes at most, most of it to fill the office."""
    with scratch_database(), ExitStack() as stack:
        (moderator,) = hire(1)
        desks = []
        for reviews in (BIG // 10 if quick else BIG, SMALL):
            name = stack.enter_context(copy_of_scratch(str(reviews)))
            fill(name, reviews=reviews, decider=moderator.pk)
            origin = stack.enter_context(_web_server(name))
            client = stack.enter_context(httpx.Client(base_url=origin, timeout=60))
            desk = Desk(client, queue=QUEUE)
            desk.sign_in(moderator.username, PASSWORD)
            desks.append(_Moderator(desk))
        for one in desks:
            one.work(3)
        big, small = by_turns(
            "next",
            lambda: desks[0].work(ITEMS_A_ROUND),
            lambda: desks[1].work(ITEMS_A_ROUND),
            rounds=5 if quick else 15,
            seconds=60,
        )
    lines = [
        Line(name, [times[place] for times in big], [times[place] for times in small], GOAL)
        for place, name in enumerate(MOMENTS)
    ]
    slowest = max((line.ours for line in lines[:2]), key=median)
    return [*lines, Line("next item, against what is promised", slowest, [PROMISED] * len(slowest), 1)]


class _Moderator:
    """Somebody who approves one item after the other."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.item = desk.next()

    def work(self, items: int) -> Times:
        """Decide so many items, half of them with the next fetched ahead; return median milliseconds."""
        ready, brought, fetching = [], [], []
        for _ in range(items // 2 or 1):
            took, ahead = _timed(self.desk.fetch_ahead, self.item)
            fetching.append(took)
            took, answer = _timed(partial(self.desk.decide, ahead=ahead), self.item)
            assert answer["item"] is None, "the item that was fetched ahead is not the next one"
            ready.append(took)
            took, answer = _timed(self.desk.decide, ahead)
            brought.append(took)
            self.item = Item.of(answer["item"])
        return median(ready), median(brought), median(fetching)


def _timed(call: Callable[[Item], T], item: Item) -> tuple[float, T]:
    began = time.perf_counter()
    answer = call(item)
    return (time.perf_counter() - began) * 1000, answer


@contextmanager
def _web_server(database: str) -> Iterator[str]:
    port = free_port()
    process = subprocess.Popen(  # noqa: S603 - our own
        serve.commands(port)["web server"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": address(database)},
        start_new_session=True,
    )
    children = {"web server": process}
    try:
        serve.wait_until_answering(port, children)
        yield f"http://{serve.HOST}:{port}"
    finally:
        serve.end_all(children)
