"""Which reviews of a queue are free for somebody: asked by whoever looks, and by the claim itself.

Two fragments of SQL that both use. They take `holder`, `queue`, `coordinator` (whether the holder decides
what was handed up), `besides` (reviews passed over), `at` and `today` (the day in Amsterdam).
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from backoffice import clock
from backoffice.staff.models import User
from backoffice.staff.permissions import Permission
from backoffice.staff.policy import may
from moderation.choices import Queue
from moderation.models import HEAVY_A_DAY

# Whoever has an item of this queue in hand is at work in it, as is who asks; `before_me` are the colleagues
# among them who get a heavy item first: they are below their own number, and had fewer today than who asks
# (or who asks has had their number). Read only when a heavy item is met.
AT_WORK = f"""
at_work AS (
    SELECT person.id, coalesce(own.declined, '{{}}') AS declined, coalesce(own.heavy_a_day, {HEAVY_A_DAY}) AS most,
        (SELECT count(*) FROM moderation_heavylook AS look
         WHERE look.user_id = person.id AND look.on = %(today)s) AS seen
    FROM staff_user AS person LEFT JOIN moderation_caresettings AS own ON own.user_id = person.id
    WHERE person.id = %(holder)s OR EXISTS (
        SELECT FROM moderation_lease AS lease JOIN moderation_review AS busy ON busy.id = lease.review_id
        WHERE lease.holder_id = person.id AND lease.expires_at > %(at)s
          AND busy.state = 'pending' AND busy.queue = %(queue)s)),
me AS (SELECT * FROM at_work WHERE id = %(holder)s),
before_me AS (
    SELECT other.* FROM at_work AS other, me
    WHERE other.id <> me.id AND other.seen < other.most AND (other.seen < me.seen OR me.seen >= me.most))
"""  # noqa: E501, S608 - made of constants

# What was handed up goes to whichever coordinator is there, heavy or not: somebody may be in danger.
FREE = """
    SELECT review.id FROM moderation_review AS review
    WHERE review.state = 'pending' AND review.queue = %(queue)s
      AND (%(coordinator)s OR NOT review.escalated) AND review.id <> ALL(%(besides)s)
      AND review.not_for_id IS DISTINCT FROM %(holder)s
      AND NOT EXISTS (SELECT FROM moderation_tie AS tie
                      WHERE tie.user_id = %(holder)s
                        AND tie.site = review.site AND tie.member_id = review.member_id)
      AND NOT EXISTS (SELECT FROM moderation_lease AS lease
                      WHERE lease.review_id = review.id
                        AND lease.expires_at > %(at)s AND lease.holder_id <> %(holder)s)
      AND NOT EXISTS (SELECT FROM moderation_skip AS skip
                      WHERE skip.review_id = review.id AND skip.user_id = %(holder)s)
      AND (review.heavy = '{}' OR review.escalated OR (
        NOT review.heavy && (SELECT declined FROM me)
        AND NOT EXISTS (
          SELECT FROM before_me
          WHERE NOT review.heavy && before_me.declined AND review.not_for_id IS DISTINCT FROM before_me.id
            AND NOT EXISTS (SELECT FROM moderation_skip AS skip
                            WHERE skip.review_id = review.id AND skip.user_id = before_me.id)
            AND NOT EXISTS (SELECT FROM moderation_tie AS tie
                            WHERE tie.user_id = before_me.id
                              AND tie.site = review.site AND tie.member_id = review.member_id))))
"""


def asked_by(user: User, *, queue: Queue, at: datetime, besides: Collection[UUID] = ()) -> dict[str, Any]:
    """Return what both fragments take."""
    return {
        "holder": user.pk,
        "queue": queue,
        "coordinator": bool(may(user, Permission.DECIDE_ESCALATED)),
        "besides": list(besides),
        "at": at,
        "today": clock.local_day(at),
    }


def free_in(queue: Queue, *, user: User, at: datetime) -> bool:
    """Return whether anything of a queue waits that the claim would give to `user`."""
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {AT_WORK} SELECT EXISTS ({FREE})", asked_by(user, queue=queue, at=at))
        (is_free,) = cursor.fetchone()
    return bool(is_free)
