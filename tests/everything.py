"""Looking at everything that is kept: every row of every table, every file."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection

_OURS = "table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')"
METER = "public.platforms_keyuse"
"""Counts every use of a key, refused or not."""


@cache
def tables() -> tuple[str, ...]:
    """Every table of every schema that is not PostgreSQL's own."""
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


def traces_of(marker: str) -> Iterator[str]:
    """Yield every column and every file that holds `marker`, in any case, in bytes and JSON too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name),"
            " quote_ident(column_name), data_type FROM information_schema.columns"
            f" JOIN information_schema.tables USING (table_schema, table_name) WHERE {_OURS}"
        )
        for table, column, kind in cursor.fetchall():
            text = f"encode({column}, 'escape')" if kind == "bytea" else f"{column}::text"
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {text} ILIKE %s", [f"%{marker}%"])
            if (count := cursor.fetchone()[0]) > 0:
                yield f"{table}.{column}: {count}"
    for path in files():
        if marker.lower().encode() in path.read_bytes().lower() or marker.lower() in path.name.lower():
            yield str(path)
