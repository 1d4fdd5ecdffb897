"""Remembering that a record was removed without remembering whose it was."""

import hmac
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.db import connection

from moderation.choices import SubjectKind
from moderation.models import Tombstone


@lru_cache(maxsize=4)
def _key(field_key: str) -> bytes:
    return hmac.digest(field_key.encode(), b"moderation.tombstones", "sha256")


def digest_of(kind: SubjectKind, site: str, external_id: str) -> str:
    """Return the HMAC-SHA256 (hexadecimal) that stands for a record.

    Its key follows from the oldest of `settings.FIELD_KEYS`: a newer key may be put before it, but
    once the oldest is dropped a late record can come back.
    """
    message = f"{kind}\0{site}\0{external_id}".encode()
    return hmac.digest(_key(settings.FIELD_KEYS[-1]), message, "sha256").hex()


def bury(removed: Iterable[tuple[str, int | None]], *, at: datetime) -> None:
    """Note removals by digest and revision (None: for good). The furthest one stays."""
    rows = list(removed)
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO moderation_tombstone AS old (digest, revision, at)"
            " SELECT digest, revision, %s FROM unnest(%s::text[], %s::bigint[]) AS new (digest, revision)"
            " ON CONFLICT (digest) DO UPDATE SET at = excluded.at, revision = CASE"
            " WHEN old.revision IS NULL OR excluded.revision IS NULL THEN NULL"
            " ELSE greatest(old.revision, excluded.revision) END",
            [at, [digest for digest, _ in rows], [revision for _, revision in rows]],
        )


def keeps_away(tombstone: Tombstone | None, revision: int | None) -> bool:
    """Return whether a record of `revision` comes too late: it was removed at that one or later."""
    if tombstone is None:
        return False
    return tombstone.revision is None or (revision is not None and revision <= tombstone.revision)
