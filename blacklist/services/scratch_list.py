"""The list for trying out: replaced as a whole, seen by no real screening."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any, NamedTuple

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from blacklist.identity import Identity, Person, keys_of, normalise, terms_of
from blacklist.identity.candidates import CAP
from blacklist.identity.keys import EVERYBODY
from blacklist.selectors.lookups import SCRATCH


class Row(NamedTuple):
    """One person to put on a list, by what it will call them."""

    ref: str
    identity: Identity


_COLUMNS = ("ref", "given", *Person._fields, "keys", "terms")


@transaction.atomic
def replace_scratch_list(*, rows: Iterable[Row]) -> int:
    """Put these persons on the scratch list in place of whoever is on it; return how many.

    All or nothing: when `rows` raises, the old list stays. Lookups wait meanwhile. Takes no more memory
    for more rows. Nobody is listed by it: no entry is made, and no real screening reads the list.
    """
    table, tallies = SCRATCH.persons._meta.db_table, SCRATCH.tallies._meta.db_table
    (index,) = SCRATCH.persons._meta.indexes
    with connection.schema_editor(atomic=False) as editor:
        editor.execute(f"TRUNCATE {table}, {tallies} RESTART IDENTITY")
        editor.remove_index(SCRATCH.persons, index)  # built afterwards it takes a fraction of the time
        count = _copy(table, rows)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
            cursor.execute("SET LOCAL work_mem = '128MB'")
        editor.add_index(SCRATCH.persons, index)
        editor.execute(_TALLY.format(table=table, tallies=tallies), [CAP, EVERYBODY, count])
        editor.execute(f"ANALYZE {table}, {tallies}")
    return count


_TALLY = """
INSERT INTO {tallies} (key, count)
SELECT number, count(*) FROM (
    SELECT unnest(keys) AS number, false AS term FROM {table}
    UNION ALL SELECT unnest(terms), true FROM {table}
) AS every
GROUP BY number HAVING count(*) > %s OR (bool_or(term) AND count(*) > 1)
UNION ALL SELECT %s, %s
"""


def _copy(table: str, rows: Iterable[Row]) -> int:
    count = 0
    with (
        connection.cursor() as cursor,
        cursor.cursor.copy(f"COPY {table} ({', '.join(_COLUMNS)}) FROM STDIN") as copy,
    ):
        for ref, identity in rows:
            person = normalise(identity)
            keys, terms = keys_of(person), terms_of(person)
            copy.write_row((ref, Jsonb(_given(identity)), *person, _array(keys), _array(terms)))
            count += 1
    return count


def _given(identity: Identity) -> dict[str, Any]:
    """Return the fields that are filled in, as PostgreSQL can hold them: without NUL."""
    return {field: _plain(value) for field, value in asdict(identity).items() if value}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value.replace("\0", "")


def _array(numbers: Iterable[int]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"
