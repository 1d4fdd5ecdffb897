"""Looking at everything that is kept: every row of every table, every file."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

from tests.as_new import KEPT

_OURS = f"table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema', '{KEPT}')"
METER = "public.platforms_keyuse"
"""Counts every use of a key, refused or not."""


@cache
def tables() -> tuple[str, ...]:
    """Every table of every schema that is not PostgreSQL's own, nor the tests' copy of a new house."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name)"
            f" FROM information_schema.tables WHERE {_OURS} ORDER BY 1"
        )
        return tuple(name for (name,) in cursor.fetchall())


def everything() -> dict[str, str]:
    """A digest of every table but the meter of keys, and of the names of all files.

    Equal to one taken earlier: nothing was changed in between.
    """
    parts = [
        f"SELECT '{name}', md5(string_agg(line, '' ORDER BY line))"
        f" FROM (SELECT t::text AS line FROM {name} AS t)"
        for name in tables()
        if name != METER
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        found = {name: digest or "" for name, digest in cursor.fetchall()}
    return {**found, "files": " ".join(sorted(map(str, files())))}


def files() -> list[Path]:
    """Every file under MEDIA_ROOT."""
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def written() -> dict[str, str]:
    """Everything that is kept, by column and by file, in small letters; bytes and sessions unpacked."""
    found: dict[str, str] = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT * FROM {table}")
            names = [column.name for column in cursor.description or ()]
            for name, values in zip(names, zip(*cursor.fetchall(), strict=True), strict=False):
                found[f"{table}.{name}"] = "\n".join(map(_as_text, values)).lower()
    found["sessions"] = str([session.get_decoded() for session in Session.objects.all()]).lower()
    for path in files():
        found[str(path)] = f"{path.name}\n{_as_text(path.read_bytes())}".lower()
    return found


def _as_text(value: Any) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)


def places_of(markers: Iterable[str]) -> dict[str, list[str]]:
    """Return where each of these stands, those that stand nowhere left out."""
    everywhere = written()
    found = {
        marker: [place for place, text in everywhere.items() if marker.lower() in text] for marker in markers
    }
    return {marker: places for marker, places in sorted(found.items()) if places}
