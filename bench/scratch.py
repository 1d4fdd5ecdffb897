"""Databases for the benchmarks alone: made, migrated, and dropped with all that is in them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

import psycopg
from django.core.management import call_command
from django.db import connection
from psycopg import sql
from psycopg.conninfo import make_conninfo

from bench.measuring import say

NAME = "backoffice_bench"


@contextmanager
def scratch_database() -> Iterator[str]:
    """Let Django work in a fresh database beside the one it has, which is not touched. Yields its name.

    What a killed run left under that name is dropped first; another run that is under way makes
    this one fail.
    """
    own = connection.settings_dict["NAME"]
    say("making a scratch database")
    with _database(NAME):
        try:
            _use(NAME)
            call_command("migrate", interactive=False, verbosity=0)
            yield NAME
        finally:
            _use(own)


@contextmanager
def copy_of_scratch(suffix: str) -> Iterator[str]:
    """Make a copy of the scratch database as it is, drop it in the end. Yields its name."""
    connection.close()  # nobody may be in the database that is copied
    with _database(f"{NAME}_{suffix}", template=NAME) as name:
        yield name


def rows_written(run: Callable[[], object]) -> dict[str, int]:
    """Run something and return how many rows each table has more since (or less)."""
    before = _counts()
    run()
    return {table: count - before[table] for table, count in _counts().items() if count != before[table]}


def _counts() -> dict[str, int]:
    counts = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
            counts[table] = cursor.fetchone()[0]
    return counts


def conninfo(name: str = "") -> str:
    """Return how psycopg reaches Django's database, or another of the same server."""
    given = connection.settings_dict
    parts = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    return make_conninfo(
        "", dbname=name or given["NAME"], **{part: given[key] for part, key in parts.items() if given[key]}
    )


def address(name: str) -> str:
    """Return the DATABASE_URL of a database of the same server."""
    given = {key: quote(str(value), safe="/") for key, value in connection.settings_dict.items()}
    who = f"{given['USER']}:{given['PASSWORD']}" if given["PASSWORD"] else given["USER"]
    where = (
        f"/{given['HOST']}" if given["HOST"].startswith("/") else f"{given['HOST']}:{given['PORT'] or 5432}"
    )
    return f"postgres://{who}@{where}/{name}"


@contextmanager
def _database(name: str, *, template: str = "template1") -> Iterator[str]:
    drop = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
    with psycopg.connect(conninfo("postgres"), autocommit=True) as server:
        server.execute(drop)
        server.execute(create)
        try:
            yield name
        finally:
            server.execute(drop + sql.SQL(" WITH (FORCE)"))


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
