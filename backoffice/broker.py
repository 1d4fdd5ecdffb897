"""Celery's broker inside our own PostgreSQL (kombu's pgmq transport)."""

from collections.abc import Mapping
from typing import Any

from psycopg.conninfo import make_conninfo

VISIBILITY_SECONDS = 600
"""How long a task that was taken stays hidden; twice the longest a task may run."""

_LOCK = 5_602_718_801_443_311


def pgmq_options(database: Mapping[str, Any]) -> dict[str, Any]:
    """Return kombu's transport options for the database of Django's settings.

    Consumers are notified rather than polled (`backoffice.celery`): 100 tasks take 0.3 s instead of 25.
    """
    return {
        "conn_string": make_conninfo(
            "",
            host=database.get("HOST") or None,
            port=database.get("PORT") or None,
            dbname=database["NAME"],
            user=database.get("USER") or None,
            password=database.get("PASSWORD") or None,
        ),
        "init_extension": False,  # `install` did, without the rights of a superuser
        "wait_time_seconds": 0,
        "polling_interval": 0.1,
        "poll_interval_ms": 50,
        "visibility_timeout": VISIBILITY_SECONDS,
    }


def install(**_kwargs: Any) -> None:
    """Make pgmq's schema unless it is there, or another broker is used. Run after every migrate."""
    from django.conf import settings
    from django.db import connection, transaction
    from pgmq.install import get_embedded_install_sql

    if not settings.CELERY_BROKER_URL.startswith("pgmq:"):
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute("SELECT to_regprocedure('pgmq.create(text)') IS NOT NULL")
        row = cursor.fetchone()
        if not (row and row[0]):
            cursor.execute(get_embedded_install_sql())
