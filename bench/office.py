"""An office with a long past: so many reviews, nearly all of them decided, made inside the database.

Everything that the desk reads of an item is there: the member with profile and requests, what was found,
earlier decisions, leases that ran out. History and events are not: nothing that is measured reads them.
"""

from contextlib import suppress
from datetime import datetime, timedelta

import psycopg

from backoffice import clock
from bench.measuring import say
from bench.scratch import conninfo

AT_A_TIME = 100_000
EVERY = timedelta(minutes=3)
"""Between two arrivals: 480 a day."""

OPEN = 500
"""So many of the newest still wait; one in 25 of them for so long that it is overdue."""

# Every member has a profile and three requests; each of the four was reviewed.
_ARRIVALS = """
CREATE TEMPORARY TABLE arrival AS
SELECT number, number > %(reviews)s - %(open)s AS is_open, number %% 4 = 1 AS is_profile,
    'm-' || (number - 1) / 4 AS member, 'r-' || number AS request,
    md5('subject' || number)::uuid AS subject, md5('review' || number)::uuid AS review,
    %(at)s - (%(reviews)s - number) * %(every)s - CASE
        WHEN number > %(reviews)s - %(open)s AND number %% 25 = 2 THEN interval '3 days' ELSE '0' END AS at
FROM generate_series(%(first)s, %(last)s) AS number
"""

_ROWS = (
    """
    INSERT INTO moderation_profile (id, site, member_id, revision, version, keywords, place,
        first_received_at, received_at, salutation, first_name, infix, last_name, birth_date, postcode,
        email, phone, about, member_since, via_facebook, visible, wants_mail, photo, photo_sha256,
        age_confirmed_basis)
    SELECT subject, 'wehelpen.nl', member, 1, 1, '{tuin,boodschappen}', 'Zwolle', at, at, 'mevrouw',
        'Fatima' || number %% 997, 'van', 'Dijk' || number %% 1999, '1970-01-01', '8011AB',
        member || '@voorbeeld.nl', '', 'Ik help graag met de tuin en met boodschappen.', '2020-01-01',
        false, true, true, '', '', ''
    FROM arrival WHERE is_profile""",
    """
    INSERT INTO moderation_helprequest (id, site, member_id, request_id, revision, version, keywords, place,
        first_received_at, received_at, kind, title, text, posted_at)
    SELECT subject, 'wehelpen.nl', member, request, 1, 1, '{vervoer}', 'Zwolle', at, at, 'request',
        'Wie brengt mijn moeder naar het ziekenhuis?',
        'Dinsdag moet mijn moeder om tien uur in het ziekenhuis zijn. Bel gerust: 06-12345678.', at
    FROM arrival WHERE NOT is_profile""",
    """
    INSERT INTO moderation_review (id, queue, state, subject_kind, profile_id, help_request_id, site,
        member_id, revision, version, opened_at, due_at, ranks_at, points, reasons, heavy, escalated,
        escalation_reason, void_reason, closed_at)
    SELECT review, CASE WHEN is_profile THEN 'new-profiles' ELSE 'help-requests' END,
        CASE WHEN is_open THEN 'pending' ELSE 'decided' END,
        CASE WHEN is_profile THEN 'profile' ELSE 'help_request' END,
        CASE WHEN is_profile THEN subject END, CASE WHEN NOT is_profile THEN subject END,
        'wehelpen.nl', member, 1, 1, at, at + interval '2 days', at - number %% 30 * interval '1 hour',
        number %% 30, '[{"code": "phone_number", "points": 30}]', '{}', false, '', '',
        CASE WHEN NOT is_open THEN at + interval '1 hour' END
    FROM arrival""",
    """
    INSERT INTO moderation_signal (review_id, version, code, field, "start", "end", points, flag, severity,
        params)
    SELECT review, 1, 'phone_number', 'text', 73, 84, 30, 'contact_in_text', 1, '{}' FROM arrival
    WHERE NOT is_profile""",
    """
    INSERT INTO moderation_lease (review_id, holder_id, epoch, taken_at, expires_at)
    SELECT review, %(decider)s, 1, at, at + interval '1 hour' FROM arrival WHERE NOT is_open""",
    """
    INSERT INTO moderation_decision (id, review_id, site, subject_kind, subject_external_id, member_id,
        revision, version, outcome, reason, message, state, decided_by_id, decided_at, lease_epoch,
        undo_until, final_at, sequence)
    SELECT md5('decision' || number)::uuid, review, 'wehelpen.nl',
        CASE WHEN is_profile THEN 'profile' ELSE 'help_request' END,
        CASE WHEN is_profile THEN member ELSE request END, member, 1, 1, 'approve', '', '', 'final',
        %(decider)s, at + interval '1 hour', 1, at + interval '1 hour', at + interval '1 hour', number
    FROM arrival WHERE NOT is_open""",
)


def fill(database: str, *, reviews: int, decider: int) -> None:
    """Fill a scratch database. A million reviews take a minute or two and two gigabytes."""
    with psycopg.connect(conninfo(database), autocommit=True, cursor_factory=psycopg.ClientCursor) as office:
        with suppress(psycopg.errors.InsufficientPrivilege):
            office.execute("SET session_replication_role = replica")  # every key is right by construction
        at = clock.now()
        for first in range(1, reviews + 1, AT_A_TIME):
            last = min(first + AT_A_TIME - 1, reviews)
            _fill_part(office, at=at, reviews=reviews, first=first, last=last, decider=decider)
            say(f"next: {last:,} of {reviews:,} reviews made")
        office.execute("VACUUM ANALYZE")


def _fill_part(office: psycopg.Connection, *, at: datetime, **numbers: int) -> None:
    given = {"at": at, "every": EVERY, "open": OPEN, **numbers}
    with office.transaction():
        office.execute(_ARRIVALS, given)
        for rows in _ROWS:
            office.execute(rows, given)
        office.execute("DROP TABLE arrival")
