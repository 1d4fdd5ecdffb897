"""(a) Taking an item in hand and deciding it, eight people at once.

Ours: `claim_next` and `decide_review`, each person a thread with a connection of its own, as in the
web server. The yardstick: the very statements that these run (the choice with its upsert, the guarded
update, the copies into the history, the decision, the events), in the same two transactions and as many
threads, in bare psycopg, which even keeps their plans. What is compared is therefore what the ORM, the
policies, the history and the events add in Python. Both work through queues of the same size, by turns.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from backoffice import clock
from backoffice.audit.history import _copy_into_history
from backoffice.staff.models import User
from bench.measuring import Line, by_turns
from bench.scratch import conninfo, scratch_database
from bench.seeding import hire, seed_open
from moderation.choices import DecisionState, Outcome, Queue, SubjectKind
from moderation.models import Decision, Review
from moderation.services.closing import _CLOSE
from moderation.services.decisions import decide_review
from moderation.services.leases import _CHOOSE_NEXT, _TAKE, claim_next

PEOPLE = 8
GOAL = 3.0
QUEUE = Queue.HELP_REQUESTS

Row = dict[str, Any]
Bare = psycopg.Connection[Row]


def measure(*, quick: bool) -> list[Line]:
    """Return the line of (a). Milliseconds for each item taken and decided. Takes up to two minutes."""
    each = 25 if quick else 100
    with scratch_database():
        people = hire(PEOPLE)
        ours, bare = by_turns(
            "decide",
            partial(decide_many, people, each, through_the_services),
            partial(decide_many, people, each, in_bare_sql),
            rounds=3 if quick else 9,
            seconds=100,
        )
    return [Line("claim and decide, 8 at once", ours, bare, GOAL)]


def decide_many(people: list[User], each: int, work: Callable[[User, int, Barrier], None]) -> float:
    """Let everybody decide so many items at once; return milliseconds for each item."""
    seed_open(count=len(people) * (each + 1), at=clock.now())
    barrier = Barrier(len(people) + 1, timeout=60)
    with ThreadPoolExecutor(len(people)) as pool:
        working = [pool.submit(work, person, each, barrier) for person in people]
        barrier.wait()
        began = time.perf_counter()
        for one in working:
            one.result()
        return (time.perf_counter() - began) * 1000 / (len(people) * each)


def through_the_services(person: User, count: int, barrier: Barrier) -> None:
    """Take and decide so many items as the desk does."""
    person = User.objects.get(pk=person.pk)
    try:
        barrier.wait()
        for _ in range(count):
            lease = claim_next(actor=person, queue=QUEUE, at=clock.now())
            assert lease is not None
            decide_review(
                actor=person,
                review_id=lease.review_id,
                epoch=lease.epoch,
                version=1,
                outcome=Outcome.APPROVE,
                at=clock.now(),
            )
    finally:
        connection.close()


_READ = """
SELECT site, subject_kind, member_id, version FROM moderation_review WHERE id = %s AND state = 'pending'
"""


def in_bare_sql(person: User, count: int, barrier: Barrier) -> None:
    """Do the same with psycopg alone."""
    with psycopg.connect(conninfo(), row_factory=dict_row) as bare:
        barrier.wait()
        for _ in range(count):
            with bare.transaction():
                review_id = _claim(bare, person, at=clock.now())
            with bare.transaction():
                _decide(bare, person, review_id, at=clock.now())


def _claim(bare: Bare, person: User, *, at: datetime) -> UUID:
    until = at + timedelta(seconds=settings.LEASE_SECONDS)
    given = {"holder": person.pk, "at": at, "until": until, "today": clock.local_day(at)}
    wanted = {"queue": QUEUE, "coordinator": False, "besides": []}
    lease: Row | None = None
    while not lease or not lease["holder_id"]:
        lease = bare.execute(_CHOOSE_NEXT + _TAKE, {**given, **wanted}).fetchone()
    review_id: UUID = lease["review_id"]
    _write_event(bare, "review.claimed", person, Review, key=review_id, data={"epoch": 1}, at=at)
    return review_id


def _decide(bare: Bare, person: User, review_id: UUID, *, at: datetime) -> None:
    review = bare.execute(_READ, [review_id]).fetchone()
    assert review
    given = {"review": review_id, "version": review["version"], "actor": person.pk, "epoch": 1, "at": at}
    decided = bare.execute(_CLOSE, given).fetchone()
    assert decided
    said = (at, Outcome.APPROVE, "~", person.pk, "", "")
    bare.execute(_copy_into_history(Review), [*said, [review_id]])
    decision = {
        "id": uuid4(),
        "review_id": review_id,
        "site": review["site"],
        "subject_kind": SubjectKind.HELP_REQUEST,
        "subject_external_id": decided["external_id"],
        "member_id": review["member_id"],
        "revision": decided["revision"],
        "version": review["version"],
        "outcome": Outcome.APPROVE,
        "reason": "",
        "message": "",
        "state": DecisionState.HELD,
        "decided_by_id": person.pk,
        "decided_at": at,
        "lease_epoch": 1,
        "undo_until": at + timedelta(seconds=settings.UNDO_SECONDS),
    }
    _insert(bare, "moderation_decision", decision)
    bare.execute(_copy_into_history(Decision), [at, "decided", "+", person.pk, "", "", [decision["id"]]])
    told: Row = {"review_id": str(review_id), "outcome": Outcome.APPROVE, "policies": []}
    told |= {"revision": 1, "version": 1}
    _write_event(bare, "decision.made", person, Decision, key=decision["id"], data=told, at=at)


def _write_event(
    bare: Bare, kind: str, person: User, about: type[Review | Decision], *, key: Any, data: Row, at: datetime
) -> None:
    row = {
        "at": at,
        "kind": kind,
        "actor_id": person.pk,
        "subject_type": about._meta.label_lower,
        "subject_id": str(key),
        "data": Jsonb(data),
        "reason": "",
        "request_id": "",
        "run_id": "",
    }
    _insert(bare, "audit_event", row)


def _insert(bare: Bare, table: str, row: Row) -> None:
    columns, values = ", ".join(row), ", ".join(f"%({column})s" for column in row)
    bare.execute(f"INSERT INTO {table} ({columns}) VALUES ({values})", row)  # noqa: S608 - names of our own
