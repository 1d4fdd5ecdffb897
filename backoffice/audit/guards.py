"""The database's own refusal to change what was written down.

Triggers on every history table and on the events refuse UPDATE, DELETE and TRUNCATE, unless the
erasure service has opened the gate in the very transaction that runs. `install` is run after
every migrate, so that no new history table can be forgotten.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, transaction

GATE = "backoffice.erasure_gate"


class GateClosed(RuntimeError):
    """Rows that are kept for good were about to be erased outside `erasure_gate()`. A bug."""


@contextmanager
def erasure_gate() -> Iterator[None]:
    """Allow history rows to be erased until the end of the surrounding transaction's block.

    Opens a savepoint. The gate holds the transaction's own id: left open by mistake it opens nothing later.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT set_config('{GATE}', pg_current_xact_id()::text, true)")
        yield
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT set_config('{GATE}', '', true)")


def require_open_gate() -> None:
    """Raise GateClosed unless the running transaction opened the gate."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT current_setting('{GATE}', true) = pg_current_xact_id_if_assigned()::text")
        row = cursor.fetchone()
    if not (row and row[0]):
        raise GateClosed("open erasure_gate() first")


def guarded_tables() -> list[str]:
    """Return the tables whose rows are kept as they were written, sorted."""
    names = {
        model._meta.db_table
        for model in apps.get_models()
        if hasattr(model, "history_type") or getattr(model, "append_only", False)
    }
    return sorted(names)


_FUNCTION = f"""
CREATE OR REPLACE FUNCTION backoffice_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('DELETE', 'TRUNCATE')
       AND current_setting('{GATE}', true) = pg_current_xact_id_if_assigned()::text THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% on % is refused: what was written down stays as it was', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$
"""


def install(**_kwargs: Any) -> None:
    """Create or replace the triggers on every guarded table that exists. Safe to run again."""
    with transaction.atomic(), connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        cursor.execute(_FUNCTION)
        for table in guarded_tables():
            if table not in present:
                continue
            cursor.execute(
                f'CREATE OR REPLACE TRIGGER keep_rows BEFORE UPDATE OR DELETE ON "{table}"'
                " FOR EACH ROW EXECUTE FUNCTION backoffice_refuse_change()"
            )
            cursor.execute(
                f'CREATE OR REPLACE TRIGGER keep_table BEFORE TRUNCATE ON "{table}"'
                " FOR EACH STATEMENT EXECUTE FUNCTION backoffice_refuse_change()"
            )
