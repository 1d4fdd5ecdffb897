"""Keeps the database of our own in step with the migrations, so that a checkout works by itself.

Only for the embedded PostgreSQL: a database that somebody brings is migrated by whoever deploys.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from backoffice.postgres import locked

NEEDS_NO_SCHEMA = frozenset(
    {
        "check",
        "collectstatic",
        "compilemessages",
        "help",
        "makemessages",
        "makemigrations",
        "migrate",
        "test",
        "version",
    }
)


def _sources() -> Iterator[Path]:
    """Yield the files that decide what `migrate`, and what runs after it, leave in the database."""
    base: Path = settings.BASE_DIR
    yield base / "requirements.lock"
    for folder in (
        "*/migrations",
        "backoffice/*/migrations",
        "backoffice/staff",
        "backoffice/audit",
        "backoffice",
    ):
        yield from sorted(base.glob(f"{folder}/*.py"))


def _fingerprint() -> str:
    digest = sha256()
    for path in _sources():
        digest.update(f"{path.relative_to(settings.BASE_DIR)}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def bring_up_to_date() -> bool:
    """Migrate the embedded database when the migrations changed since this was last done.

    Costs a few milliseconds when they did not. Starts that happen together wait for each other.
    Returns whether it migrated; never touches a database given by `DATABASE_URL`.
    """
    if not settings.DATABASE_IS_OUR_OWN:
        return False
    stamp: Path = settings.VAR_DIR / "postgres" / "backoffice.migrated"
    wanted = _fingerprint()
    with locked(settings.VAR_DIR / "migrate.lock"):
        if stamp.exists() and stamp.read_text() == wanted:
            return False
        call_command("migrate", interactive=False, verbosity=0)
        stamp.write_text(wanted)
        return True
