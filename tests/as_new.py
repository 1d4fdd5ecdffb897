"""The database of a new house, brought back after each test that commits.

Django would truncate every table, and fill them again as after a migrate: seconds each time. Here only
the rows go that were not there at first, and those come back that are gone or were changed.
"""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, connection, transaction

from backoffice.audit.guards import GATE

KEPT = "as_new"
"""The schema that holds the rows of a new house."""

TRIES = 5
"""How often bringing it back is tried."""

_OTHERS = """
DELETE FROM "{table}" WHERE NOT EXISTS (SELECT FROM {kept}."{table}" k WHERE k::text = "{table}"::text);
INSERT INTO "{table}" SELECT * FROM {kept}."{table}" k
WHERE NOT EXISTS (SELECT FROM "{table}" WHERE "{table}"::text = k::text);
"""


def keep_as_new() -> None:
    """Remember what the tables hold now: that is what a new house looks like."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {KEPT} CASCADE")
        cursor.execute(f"CREATE SCHEMA {KEPT}")
        for table in _with_rows(_tables()):
            cursor.execute(f'CREATE TABLE {KEPT}."{table}" AS TABLE "{table}"')


def make_as_new() -> None:
    """Let the tables hold what they held when `keep_as_new` was called; sequences go on."""
    for left in reversed(range(TRIES)):
        try:
            _make_as_new()
        except OperationalError:  # met the last request of a browser that was just closed
            if not left:
                raise
        else:
            return


def _make_as_new() -> None:
    tables = _tables()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT set_config('{GATE}', pg_current_xact_id()::text, true)")
        cursor.execute("LOCK TABLE {} IN EXCLUSIVE MODE".format(", ".join(f'"{table}"' for table in tables)))
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [KEPT])
        kept = {table for (table,) in cursor.fetchall()}
        others = [f'DELETE FROM "{table}";' for table in _with_rows(set(tables) - kept)]
        cursor.execute("".join([*others, *(_OTHERS.format(table=table, kept=KEPT) for table in kept)]))
    ContentType.objects.clear_cache()


def _tables() -> list[str]:
    return sorted(connection.introspection.django_table_names(only_existing=True, include_views=False))


def _with_rows(tables: Iterable[str]) -> list[str]:
    asked = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [table for (table,) in cursor.fetchall()]
