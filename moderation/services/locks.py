"""Keeping two who tell of the same record apart, also while it does not exist yet."""

from collections.abc import Iterable
from zlib import crc32

from django.db import connection

from moderation.choices import SubjectKind

_CLASS = 0x57484B  # keeps our locks apart from others' advisory locks
_STRIPES = 4096  # bounded: PostgreSQL holds all locks of all transactions in one table of fixed size


def lock_subjects(keys: Iterable[tuple[SubjectKind, str, str]]) -> None:
    """Wait for, and hold until commit, the locks of these (kind, site, platform's number).

    One statement, in sorted order: two transactions never wait for each other here. Other
    records may share a lock; that costs them a wait, nothing else. Comes before any row lock.
    """
    stripes = sorted({crc32("\0".join(key).encode()) % _STRIPES for key in keys})
    if stripes:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s, stripe) FROM unnest(%s::int[]) AS stripe", [_CLASS, stripes]
            )
