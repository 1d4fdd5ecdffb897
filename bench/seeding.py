"""Rows to measure with, made in the database itself."""

from datetime import datetime

from django.contrib.auth.models import Group
from django.db import connection

from backoffice.audit.acting import acting_as
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from backoffice.staff.system import SETUP, system_user

PASSWORD = "alleen-om-te-meten-2026"  # noqa: S105 - of a database that is dropped

_OPEN = """
WITH numbers AS (
    SELECT number, gen_random_uuid() AS key FROM generate_series(1, %(count)s) AS number),
asked AS (
    INSERT INTO moderation_helprequest (
        id, site, member_id, revision, version, keywords, place, first_received_at, received_at,
        request_id, kind, title, text, posted_at)
    SELECT key, 'wehelpen.nl', 'm-' || number, 1, 1, '{vervoer}', 'Zwolle', %(at)s, %(at)s,
        'r-' || key, 'request', 'Wie brengt mijn moeder naar het ziekenhuis?',
        'Dinsdag moet mijn moeder om tien uur in het ziekenhuis zijn.', %(at)s
    FROM numbers)
INSERT INTO moderation_review (
    id, queue, state, subject_kind, help_request_id, site, member_id, revision, version,
    opened_at, due_at, ranks_at, points, reasons, heavy, escalated, escalation_reason, void_reason)
SELECT gen_random_uuid(), 'help-requests', 'pending', 'help_request', key, 'wehelpen.nl', 'm-' || number,
    1, 1, %(at)s - number * interval '1 second', %(at)s + interval '1 day',
    %(at)s - number * interval '1 second', 0, '[]', '{}', false, '', ''
FROM numbers
"""


def hire(count: int) -> list[User]:
    """Return so many moderators."""
    people = []
    with acting_as(system_user(SETUP)):
        for number in range(count):
            person = User(username=f"moderator{number}", display_name=f"Moderator {number}", is_staff=True)
            person.set_password(PASSWORD)
            person.save()
            person.groups.add(Group.objects.get(name=Role.MODERATOR.value))
            people.append(person)
    return people


def seed_open(*, count: int, at: datetime) -> None:
    """Add help requests that wait for a look, none of them overdue."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, {"count": count, "at": at})
        cursor.execute("ANALYZE")
