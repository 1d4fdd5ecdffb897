"""Two people whose statements cross: the second comes while the first is between two of its own.

A barrier finds what happens often; this finds what happens once a year. It tries every place at
which the first may be overtaken, one after the other, with two real connections.
"""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import nullcontext
from threading import Barrier, Event
from typing import Any

from django.db import connection

from backoffice.audit.acting import acting_as
from backoffice.staff.models import User

Call = tuple[User, Callable[[], Any]]

PATIENCE = 20
"""Seconds after which a test that hangs fails."""

_LOCKS = re.compile(r"^\s*(WITH|INSERT|UPDATE|DELETE)\b|FOR (NO KEY )?UPDATE|pg_advisory", re.IGNORECASE)


class _Pause:
    """Holds a connection up before one of the statements that lock or write, until it is let go."""

    def __init__(self, place: int) -> None:
        self.place = place
        self.count = 0
        self.held = False
        self.reached = Event()
        self.go = Event()

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if _LOCKS.search(sql):
            if self.count == self.place:
                self.held = True
                self.reached.set()
                assert self.go.wait(PATIENCE), "the other never came"
            self.count += 1
        return execute(sql, params, many, context)


def _run(call: Call, *, pause: _Pause | None = None, pid: "Future[int] | None" = None) -> Any:
    actor, act = call
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            if pid is not None:
                pid.set_result(cursor.fetchone()[0])
        with acting_as(actor), connection.execute_wrapper(pause) if pause else nullcontext():
            return act()
    except Exception as error:  # noqa: BLE001 - the test looks at what was raised
        return error
    finally:
        if pause is not None:
            pause.reached.set()


def _wait_until_done_or_blocked(future: "Future[Any]", pid: int) -> None:
    """Return once the other has ended, or waits for a lock: then only the first can go on."""
    with connection.cursor() as cursor:
        while not wait([future], timeout=0.003).done:
            cursor.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [pid])
            if cursor.fetchone()[0]:
                return


def _overtaken(pool: ThreadPoolExecutor, first: Call, second: Call, *, place: int) -> tuple[Any, Any, bool]:
    """Run `first` up to its place number `place`, then `second`, then the rest of `first`.

    Returns what each returned, or raised, and whether `first` has that many places.
    """
    pause, pid = _Pause(place), Future[int]()
    one = pool.submit(_run, first, pause=pause)
    assert pause.reached.wait(PATIENCE)
    two = pool.submit(_run, second, pid=pid)
    _wait_until_done_or_blocked(two, pid.result(PATIENCE))
    pause.go.set()
    return one.result(PATIENCE), two.result(PATIENCE), pause.held


def every_crossing(arrange: Callable[[], tuple[Call, Call]]) -> Iterator[tuple[Any, Any]]:
    """Yield the outcome of every crossing of two calls, each arranged anew, whoever comes first."""
    with ThreadPoolExecutor(2) as pool:
        for swapped in (False, True):
            place, there = 0, True
            while there:
                calls = arrange()
                first, second = reversed(calls) if swapped else calls
                one, two, there = _overtaken(pool, first, second, place=place)
                place += 1
                yield (two, one) if swapped else (one, two)
        _close_connections(pool)


def _close_connections(pool: ThreadPoolExecutor) -> None:
    together = Barrier(2, timeout=PATIENCE)

    def close() -> None:
        together.wait()  # so that each of the two threads does it
        connection.close()

    for closing in [pool.submit(close), pool.submit(close)]:
        closing.result(PATIENCE)
