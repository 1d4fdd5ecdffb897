"""Whom of a list a person may be."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

from blacklist.identity import (
    WEIGHTS,
    Comparer,
    Comparison,
    Identity,
    Person,
    Rarity,
    Weights,
    keys_to_ask,
    normalise,
    terms_of,
    worth_asking,
)
from blacklist.identity.keys import EVERYBODY
from blacklist.models import ListedPerson, ScratchPerson, ScratchTally, Tally

MOST = 10
"""Matches that are told."""


class PersonList(NamedTuple):
    """A list to look people up in."""

    persons: type[ListedPerson]
    tallies: type[Tally]


SCRATCH = PersonList(ScratchPerson, ScratchTally)


class Match(NamedTuple):
    """Somebody of the list, by what it calls them, and how they compare."""

    entry: str
    comparison: Comparison


def find_matches(
    identity: Identity, *, on: PersonList, weights: Weights = WEIGHTS, most: int = MOST
) -> list[Match]:
    """Return whom of the list a person may be, the likeliest first; none when nobody is near.

    Two queries, whatever the length of the list.
    """
    person = normalise(identity)
    keys = keys_to_ask(person)
    counts = _counts(on, keys | terms_of(person) | {EVERYBODY})
    comparer = Comparer(
        person, rarity=Rarity(listed=counts.get(EVERYBODY, 0), counts=counts), weights=weights
    )
    found = [
        Match(ref, comparer.compare(Person._make(columns)))
        for ref, *columns in _candidates(on, worth_asking(keys, counts))
    ]
    return sorted(found, key=lambda match: (-match.comparison.bits, match.entry))[:most]


def candidates_sql(on: PersonList) -> str:
    """Return the statement that fetches everybody under one of some keys.

    The operator is named with its schema: the extension `intarray` brings a `&&` of its own, which
    this index does not serve, and every lookup would silently read the whole table.
    """
    columns = ", ".join(Person._fields)
    table = on.persons._meta.db_table
    return f"SELECT ref, {columns} FROM {table} WHERE keys OPERATOR(pg_catalog.&&) %s::int[]"  # noqa: S608 - our own names


def by_the_index(sql: str) -> str:
    """Return a statement made to use the index, in one trip to the database.

    The planner takes comparing two arrays of a hundred for as cheap as comparing two numbers, and reads
    all of a table of a few thousand: that takes ten times as long.
    """
    return f"SET LOCAL enable_seqscan = off; {sql}; SET LOCAL enable_seqscan = on"


def _candidates(on: PersonList, keys: list[int]) -> list[tuple[str, ...]]:
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(by_the_index(candidates_sql(on)), [_array(keys)])
        cursor.nextset()  # past the setting
        rows: list[tuple[str, ...]] = cursor.fetchall()
        return rows


def _counts(on: PersonList, numbers: Iterable[int]) -> dict[int, int]:
    table = on.tallies._meta.db_table
    with connection.cursor() as cursor:
        sql = f"SELECT key, count FROM {table} WHERE key = ANY(%s::int[])"  # noqa: S608 - our own name
        cursor.execute(sql, [_array(numbers)])
        return dict(cursor.fetchall())


def _array(numbers: Iterable[int]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"
