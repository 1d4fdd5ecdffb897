"""What waits: lists of a queue in the order in which the desk hands it out, and how much there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Case, Count, F, Min, Q, QuerySet, Value, When

from backoffice import clock
from backoffice.staff.models import User
from moderation.choices import LOOKS_BACK, DecisionState, Queue, ReviewState
from moderation.models import Decision, Lease, Profile, Review

DAYS = 7


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a queue is today: decided since midnight in Amsterdam, still waiting, how late."""

    queue: Queue
    decided: int
    waiting: int
    overdue: int
    in_hand: int
    oldest: datetime | None

    @property
    def total(self) -> int:
        """What there was to do today."""
        return self.decided + self.waiting


@dataclass(frozen=True, slots=True)
class Day:
    """One day in Amsterdam: what arrived, and what became of what arrived."""

    on: date
    arrived: int
    in_time: int
    late: int
    open: int


def waiting_in(queue: Queue, *, at: datetime) -> QuerySet[Review]:
    """Return what waits in a queue, with who has it: overdue first, then by rank."""
    overdue = Case(When(due_at__lte=at, then=Value(True)), default=Value(False), output_field=BooleanField())
    return (
        Review.objects.filter(queue=queue, state=ReviewState.PENDING)
        .annotate(is_overdue=overdue)
        .select_related("profile", "help_request", "lease__holder")
        .order_by(
            "-is_overdue",
            Case(When(due_at__lte=at, then=F("due_at"))),
            "ranks_at",
            "id",
        )
    )


def ages_of(reviews: Sequence[Review], *, on: date) -> dict[UUID, int | None]:
    """Return the age of the member whom each review is about, by its key; None when unknown. One query."""
    ages = {member: profile.age(on=on) for member, profile in profiles_of(reviews).items()}
    return {review.pk: ages.get((review.site, review.member_id)) for review in reviews}


def profiles_of(reviews: Sequence[Review]) -> dict[tuple[str, str], Profile]:
    """Return the profiles of the members whom reviews are about, by site and number. One query."""
    members = {(review.site, review.member_id) for review in reviews}
    found = Profile.objects.filter(
        site__in={site for site, _ in members}, member_id__in={member for _, member in members}
    )
    return {(profile.site, profile.member_id): profile for profile in found}


def progress_by_queue(*, at: datetime, queues: Sequence[Queue] = tuple(Queue)) -> list[Progress]:
    """Return how far each of `queues` is on the day of `at`, in that order. Two queries."""
    midnight = clock.start_of_day(clock.local_day(at))
    rows = (
        Review.objects.filter(state=ReviewState.PENDING, queue__in=queues)
        .values("queue")
        .annotate(
            waiting=Count("pk"),
            overdue=Count("pk", filter=Q(due_at__lte=at)),
            in_hand=Count("pk", filter=Q(lease__expires_at__gt=at)),
            oldest=Min("opened_at"),
        )
        .order_by()
    )
    waiting = {row["queue"]: row for row in rows}
    decided = dict(
        Review.objects.filter(state=ReviewState.DECIDED, closed_at__gte=midnight, queue__in=queues)
        .values_list("queue")
        .annotate(count=Count("pk"))
        .order_by()
    )
    return [
        Progress(
            queue=queue,
            decided=decided.get(queue, 0),
            waiting=row["waiting"] if row else 0,
            overdue=row["overdue"] if row else 0,
            in_hand=row["in_hand"] if row else 0,
            oldest=row["oldest"] if row else None,
        )
        for queue in queues
        for row in [waiting.get(queue)]
    ]


def progress_of(queue: Queue, *, at: datetime) -> Progress:
    """Return how far one queue is on the day of `at`."""
    (progress,) = progress_by_queue(at=at, queues=[queue])
    return progress


def waiting_counts() -> dict[str, int]:
    """Return how many reviews wait in each queue that has any. One query."""
    waiting = Review.objects.filter(state=ReviewState.PENDING).order_by()
    return dict(waiting.values_list("queue").annotate(count=Count("pk")))


def decided_today(*, user: User, at: datetime) -> int:
    """Return how many decisions of `user` stand since midnight in Amsterdam."""
    midnight = clock.start_of_day(clock.local_day(at))
    mine = Decision.objects.filter(decided_by=user, decided_at__gte=midnight)
    return mine.exclude(state=DecisionState.UNDONE).count()


def held_by(*, user: User, at: datetime) -> QuerySet[Lease]:
    """Return what `user` has in hand, what runs out first in front."""
    return (
        Lease.objects.filter(holder=user, expires_at__gt=at, review__state=ReviewState.PENDING)
        .select_related("review__profile", "review__help_request")
        .order_by("expires_at")
    )


_DAYS = """
SELECT (opened_at AT TIME ZONE 'Europe/Amsterdam')::date AS day,
       count(*) AS arrived,
       count(*) FILTER (WHERE state = 'decided' AND closed_at <= due_at) AS in_time,
       count(*) FILTER (WHERE state = 'decided' AND closed_at > due_at) AS late,
       count(*) FILTER (WHERE state = 'pending') AS open
FROM moderation_review
WHERE opened_at >= %(since)s AND opened_at < %(until)s AND state <> 'void' AND queue <> ALL(%(looks_back)s)
GROUP BY 1
"""


def last_days(*, at: datetime, days: int = DAYS) -> list[Day]:
    """Return the last `days` days, today included, by the day on which things arrived (R10)."""
    today = clock.local_day(at)
    first = today - timedelta(days=days - 1)
    limits: dict[str, Any] = {
        "since": clock.start_of_day(first),
        "until": clock.start_of_day(today + timedelta(days=1)),
        "looks_back": list(LOOKS_BACK),
    }
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, limits)
        found = {row[0]: row[1:] for row in cursor.fetchall()}
    every = (first + timedelta(days=number) for number in range(days))
    return [Day(day, *found.get(day, (0, 0, 0, 0))) for day in every]
