"""Two (or more) people at the same moment: real threads, real connections, one barrier."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from backoffice.audit.acting import acting_as
from backoffice.staff.models import User


def at_once(*calls: tuple[User, Callable[[], Any]]) -> list[Any]:
    """Run each call as its own actor on its own connection, all released together.

    Returns what each returned, or the exception it raised, in the order given.
    """
    barrier = Barrier(len(calls), timeout=20)

    def run(actor: User, call: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            barrier.wait()
            with acting_as(actor):
                return call()
        except Exception as error:  # noqa: BLE001 - the test looks at what was raised
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, *each) for each in calls]]
