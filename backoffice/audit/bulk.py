"""Many rows at once: COPY, which is several times as quick as INSERT with a value for every place."""

from collections.abc import Sequence

from django.db import connection, models


def copy_in(rows: Sequence[models.Model]) -> None:
    """Store new rows of one model, in the running transaction. No signals, and numbers given by the database
    are not read back.

    Raises IntegrityError as an INSERT would; then nothing is stored.
    """
    if not rows:
        return
    meta = rows[0]._meta
    numbered = rows[0].pk is not None
    fields = [field for field in meta.concrete_fields if numbered or not field.primary_key]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    sql = f"COPY {connection.ops.quote_name(meta.db_table)} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(sql) as copy:
        for row in rows:
            copy.write_row(
                [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
            )
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 - as bulk_create leaves them
