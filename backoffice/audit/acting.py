"""Who is acting: set by every request, job and command, asked by every write.

A context variable, so that it follows async code and never leaks between threads.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar
from uuid import uuid4

from django.db import transaction

if TYPE_CHECKING:
    from backoffice.staff.models import User


class NoActor(RuntimeError):
    """Something was about to be written while nobody was acting. A bug, never shown to a person."""


@dataclass(frozen=True)
class Acting:
    """Who acts, and within which request or run (32 hex digits each, empty when not in one)."""

    actor_id: int
    request_id: str = ""
    run_id: str = ""


_acting: ContextVar[Acting | None] = ContextVar("acting", default=None)


@contextmanager
def acting_as(actor: "User", *, request_id: str = "", run_id: str = "") -> Iterator[Acting]:
    """Let `actor` be the one who acts inside the block. Nests; the outer actor returns after it.

    Ids that are not given are taken over from the block around it.
    """
    if actor.pk is None:
        raise NoActor("an unsaved user cannot act")
    outer = _acting.get()
    acting = Acting(
        actor_id=actor.pk,
        request_id=request_id or (outer.request_id if outer else ""),
        run_id=run_id or (outer.run_id if outer else ""),
    )
    token = _acting.set(acting)
    try:
        yield acting
    finally:
        _acting.reset(token)


def current_acting() -> Acting:
    """Return who is acting. Raises NoActor when nobody is."""
    acting = _acting.get()
    if acting is None:
        raise NoActor("a write needs an actor: wrap it in acting_as(...)")
    return acting


def someone_is_acting() -> bool:
    """Return whether `current_acting` would answer."""
    return _acting.get() is not None


P = ParamSpec("P")
R = TypeVar("R")


def domain_action(service: Callable[P, R]) -> Callable[P, R]:
    """Make a service one transaction in which its `actor` is who acts.

    So the history rows name the same person as the event, whatever door the call came through.
    """

    @wraps(service)
    def action(*args: P.args, **kwargs: P.kwargs) -> R:
        actor = kwargs["actor"]
        with transaction.atomic(), acting_as(actor):  # type: ignore[arg-type]
            return service(*args, **kwargs)

    return action


def new_id() -> str:
    """Return a new request or run id."""
    return uuid4().hex
