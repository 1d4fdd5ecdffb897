"""(b) Taking in ten thousand new records.

Ours: `receive_records`, as many at a time as the API gives it: looked up against what is here and what was
removed, read by the detectors, ranked, stored with history, reviews and events. The yardstick writes the
same rows in the same transactions, in bare psycopg, and is told what the detectors found: COPY for
profiles, requests, reviews, signals and events, an INSERT ... SELECT for each history, an UPDATE for
earlier texts that turn out to be copied. What is compared is
all that is thought about a record with the writing alone. Every round takes in members that nobody knows
yet, so that both write into tables of the same size.
"""

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import lcm
from random import Random
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.db import connection, transaction
from django.db.models import Q
from psycopg.types.json import Jsonb

from backoffice import clock
from backoffice.audit.history import HistoryModel, _copy_into_history
from backoffice.staff.models import User
from backoffice.staff.system import INTAKE, system_user
from bench.measuring import Line, by_turns
from bench.scratch import conninfo, scratch_database
from moderation.api.batches import BATCH
from moderation.choices import Queue, ReviewState, SubjectKind
from moderation.demo import members
from moderation.demo.profile_texts import PROFILES as PROFILE_TEXTS
from moderation.demo.request_texts import OFFERS
from moderation.demo.request_texts import REQUESTS as REQUEST_TEXTS
from moderation.demo.sentences import GOODBYE, MORE, WHEN, WHO
from moderation.detectors import Found
from moderation.detectors.near_copies import CODE, POINTS, Sketch, sketch_of
from moderation.models import HelpRequest, Profile, Review
from moderation.selectors.rules import rules_at_work
from moderation.services.intake import receive_records
from moderation.services.near_copies import copy_signal, find_copies
from moderation.services.openings import look_at
from moderation.services.records import HELP_REQUEST_FIELDS, PROFILE_FIELDS, HelpRequestRecord, ProfileRecord

GOAL = 8.0
PROFILES = 4_000
REQUESTS = 6_000
_TURN = lcm(len(PROFILE_TEXTS), 2, 3, *(len(each) for each in (WHO, MORE, WHEN, GOODBYE)))
FAR = _TURN * (1 + 1_000_000 // _TURN)
"""Where the yardstick's numbers begin: the same texts follow from them, to the last sentence."""

AS_OTHERS_WRITE = 0.15
WORDS = sorted({word for _title, text, _keywords in (*REQUEST_TEXTS, *OFFERS) for word in text.split()})

New = ProfileRecord | HelpRequestRecord
Row = dict[str, Any]


@dataclass(frozen=True)
class Thought:
    """What was found in a record that gets the key `key`, and the sketch of its text."""

    key: UUID
    found: list[Found]
    sketch: Sketch


Told = tuple[list[New], list[Thought], list[dict[UUID, Found]]]
"""Records, what is thought of each, and in each sending what is found in earlier texts, by their key."""


def measure(*, quick: bool) -> list[Line]:
    """Return the line of (b). Milliseconds for all records. Takes up to three minutes."""
    scale = 10 if quick else 1
    count = (PROFILES // scale, REQUESTS // scale)
    with scratch_database():
        intake = system_user(INTAKE)
        ours, theirs = Platform(first=0), Platform(first=FAR)
        took = by_turns(
            "intake",
            lambda: _timed(through_the_service, intake, ours.send(*count)),
            lambda: _timed(in_bare_copy, intake, *with_findings(theirs.send(*count))),
            rounds=3 if quick else 7,
            seconds=150,
        )
    return [Line(f"intake of {sum(count):,} records", *took, GOAL)]


class Platform:
    """Members who do not exist, and what they ask, numbered from `first`.

    Every sending is new to everybody; two platforms send the same but for the numbers. Most people
    write their own words; of the rest many have written nearly the same, as happens.
    """

    def __init__(self, *, first: int) -> None:
        self.chance = Random("bench")
        self.texts = members.requests(self.chance)
        self.number = first

    def send(self, profiles: int, requests: int) -> list[New]:
        """Return so many records."""
        at = clock.now()
        known = []
        for _ in range(profiles):
            profile = members.profile(self.chance, self._next(), on=clock.local_day(at))
            known.append(replace(profile, about=self._in_own_words(profile.about)))
        asked: list[New] = []
        for _ in range(requests):
            kind, text = next(self.texts)
            author = self.chance.choice(known)
            request = members.help_request(self._next(), author, kind, text, at=at)
            asked.append(replace(request, text=self._in_own_words(request.text)))
        return [*known, *asked]

    def _in_own_words(self, text: str) -> str:
        if self.chance.random() < AS_OTHERS_WRITE:
            return text
        words = self.chance.choices(WORDS, k=self.chance.randrange(20, 60))
        return f"{' '.join(words).capitalize()}."

    def _next(self) -> int:
        self.number += 1
        return self.number


def _timed(take_in: Callable[..., None], *given: Any) -> float:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    began = time.perf_counter()
    take_in(*given)
    return (time.perf_counter() - began) * 1000


def through_the_service(intake: User, records: list[New]) -> None:
    """Take them in as the API does after its validation."""
    for start in range(0, len(records), BATCH):
        receive_records(actor=intake, records=records[start : start + BATCH], at=clock.now())


def in_bare_copy(
    intake: User, records: list[New], thought: list[Thought], earlier: list[dict[UUID, Found]]
) -> None:
    """Write the same rows with psycopg alone."""
    with psycopg.connect(conninfo()) as bare:
        for number, start in enumerate(range(0, len(records), BATCH)):
            part, at = slice(start, start + BATCH), clock.now()
            with bare.transaction():
                _write(bare, intake, records[part], thought[part], at=at)
                _mark(bare, intake, earlier[number], at=at)


def with_findings(records: list[New]) -> Told:
    """Return records with all that is found in each, and in earlier ones because of them; writes nothing."""
    at = clock.now()
    subjects = {(one := _model(record)(**_subject(record, uuid4(), at=at))).pk: one for record in records}
    given: dict[UUID, Found] = {}
    earlier: list[dict[UUID, Found]] = []
    rules = rules_at_work()
    with transaction.atomic():
        for start in range(0, len(subjects), BATCH):
            copies = find_copies(list(subjects.values())[start : start + BATCH], at=at)
            given |= {key: copy_signal(subjects[key], shares) for key, shares in copies.given.items()}
            known = {**subjects, **_waiting(copies.earlier)}
            marked = known.keys() - given.keys() - set().union(*earlier)
            earlier.append(
                {
                    key: copy_signal(known[key], shares)
                    for key, shares in copies.earlier.items()
                    if key in marked
                }
            )
        transaction.set_rollback(True)
    thought = [
        Thought(
            key,
            look_at(subject, rules=rules) + [given[key] for key in (key,) if key in given],
            sketch_of(getattr(subject, subject.text_fields[-1])),
        )
        for key, subject in subjects.items()
    ]
    return records, thought, earlier


def _waiting(keys: Collection[UUID]) -> dict[UUID, Profile | HelpRequest]:
    """Return those of earlier sendings whose review is not marked as a near-copy yet."""
    about = Q(profile__in=keys) | Q(help_request__in=keys)
    free = Review.objects.filter(about).exclude(signals__code=CODE).select_related("profile", "help_request")
    return {subject.pk: subject for review in free if (subject := review.subject)}


def _model(record: New) -> type[Profile | HelpRequest]:
    return Profile if isinstance(record, ProfileRecord) else HelpRequest


def _write(
    bare: psycopg.Connection, intake: User, records: list[New], thought: list[Thought], *, at: datetime
) -> None:
    subjects = [_subject(record, one.key, at=at) for record, one in zip(records, thought, strict=True)]
    reviews = [_review(record, row["id"], at=at) for record, row in zip(records, subjects, strict=True)]
    signals = [
        _signal(found, review["id"])
        for review, one in zip(reviews, thought, strict=True)
        for found in one.found
    ]
    written = list(zip(records, subjects, strict=True))
    for model in (Profile, HelpRequest):
        rows = [row for record, row in written if _model(record) is model]
        _copy_with_history(bare, model, rows, intake, reason="received", at=at)
    _copy_with_history(bare, Review, reviews, intake, reason="opened", at=at)
    _copy(bare, "moderation_signal", signals)
    sketches = [
        _sketch_row(row, one.sketch, at=at)
        for row, one in zip(subjects, thought, strict=True)
        if one.sketch.runs
    ]
    _copy(bare, "moderation_textsketch", sketches)
    opened = {"queue": Queue.HELP_REQUESTS, "points": 0}
    taken_in = {"result": "created", "revision": 1, "version": 1}
    events = [_event("review.opened", Review, review["id"], opened, intake, at=at) for review in reviews]
    events += [
        _event("record.received", _model(record), row["id"], taken_in, intake, at=at)
        for record, row in written
    ]
    _copy(bare, "audit_event", events)


def _mark(bare: psycopg.Connection, intake: User, found: dict[UUID, Found], *, at: datetime) -> None:
    """Mark what waits as a near-copy of what came."""
    if not found:
        return
    reason = Jsonb([{"code": CODE, "points": POINTS}])
    moved = bare.execute(_MARK, [POINTS, POINTS, reason, list(found), list(found)]).fetchall()
    said = [at, "near_copy_came", "~", intake.pk, "", ""]
    bare.execute(_copy_into_history(Review), [*said, [review for review, *_ in moved]])
    _copy(bare, "moderation_signal", [_signal(found[subject], review) for review, subject, _ in moved])
    events = [
        _event(
            "review.moved", Review, review, {"queue": queue, "points": POINTS, "version": 1}, intake, at=at
        )
        for review, _subject, queue in moved
    ]
    _copy(bare, "audit_event", events)


_MARK = """
UPDATE moderation_review
SET points = points + %s, ranks_at = ranks_at - make_interval(hours => %s), reasons = reasons || %s
WHERE state = 'pending' AND (profile_id = ANY(%s) OR help_request_id = ANY(%s))
RETURNING id, coalesce(profile_id, help_request_id), queue
"""


def _subject(record: New, key: UUID, *, at: datetime) -> Row:
    row = {
        "id": key,
        "site": record.site,
        "member_id": record.member_id,
        "revision": record.revision,
        "version": 1,
        "first_received_at": at,
        "received_at": at,
    }
    if isinstance(record, HelpRequestRecord):
        row |= {name: getattr(record, name) for name in ("request_id", *HELP_REQUEST_FIELDS)}
        return row
    row |= {name: getattr(record, name) for name in PROFILE_FIELDS}
    return row | {"photo": "", "photo_sha256": "", "age_confirmed_basis": ""}


def _review(record: New, key: UUID, *, at: datetime) -> Row:
    profile = isinstance(record, ProfileRecord)
    return {
        "id": uuid4(),
        "queue": Queue.NEW_PROFILES if profile else Queue.HELP_REQUESTS,
        "state": ReviewState.PENDING,
        "subject_kind": SubjectKind.PROFILE if profile else SubjectKind.HELP_REQUEST,
        "profile_id": key if profile else None,
        "help_request_id": None if profile else key,
        "site": record.site,
        "member_id": record.member_id,
        "revision": record.revision,
        "version": 1,
        "opened_at": at,
        "due_at": clock.end_of_next_day(at),
        "ranks_at": at - timedelta(hours=5),
        "points": 5,
        "reasons": Jsonb([{"code": "new_member", "points": 5}]),
        "heavy": [],
        "escalated": False,
        "escalation_reason": "",
        "void_reason": "",
    }


def _signal(found: Found, review_id: UUID) -> Row:
    return {
        "review_id": review_id,
        "version": 1,
        "code": found.code,
        "rule_version": found.rule_version,
        "field": found.field,
        '"start"': found.start,
        '"end"': found.end,
        "points": found.points,
        "flag": found.flag,
        "severity": found.severity,
        "params": Jsonb(found.params),
    }


def _sketch_row(subject: Row, sketch: Sketch, *, at: datetime) -> Row:
    return {
        "subject": subject["id"],
        "site": subject["site"],
        "member_id": subject["member_id"],
        "runs": list(sketch.runs),
        "probes": list(sketch.probes),
        "seen_at": at,
    }


def _event(kind: str, about: type[HistoryModel], key: UUID, data: Row, actor: User, *, at: datetime) -> Row:
    return {
        "at": at,
        "kind": kind,
        "actor_id": actor.pk,
        "subject_type": about._meta.label_lower,
        "subject_id": str(key),
        "data": Jsonb(data),
        "reason": "",
        "request_id": "",
        "run_id": "",
    }


def _copy_with_history(
    bare: psycopg.Connection,
    model: type[HistoryModel],
    rows: Sequence[Row],
    actor: User,
    *,
    reason: str,
    at: datetime,
) -> None:
    if rows:
        _copy(bare, model._meta.db_table, rows)
        said = [at, reason, "+", actor.pk, "", ""]
        bare.execute(_copy_into_history(model), [*said, [row["id"] for row in rows]])


def _copy(bare: psycopg.Connection, table: str, rows: Sequence[Row]) -> None:
    if not rows:
        return
    with bare.cursor().copy(f"COPY {table} ({', '.join(rows[0])}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(list(row.values()))
