"""How often a key is used: counted in the statement that reads it."""

from datetime import datetime
from uuid import UUID

from django.db import connection

_COUNT = """
INSERT INTO platforms_keyuse AS meter (key_id, last_used_at, window_at, window_count)
VALUES (%(key)s, %(at)s, date_trunc('minute', %(at)s), 1)
ON CONFLICT (key_id) DO UPDATE SET
    last_used_at = greatest(meter.last_used_at, excluded.last_used_at),
    window_at = greatest(meter.window_at, excluded.window_at),
    window_count = CASE WHEN meter.window_at >= excluded.window_at THEN meter.window_count + 1 ELSE 1 END
RETURNING window_count
"""


def count_use(*, key_id: UUID, at: datetime) -> int:
    """Note that a key is used at `at`, and return how often it was in that minute so far.

    One statement, outside any transaction of the request: what is refused later counts too.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": key_id, "at": at})
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])
