"""Running the house in processes of its own, over the database of the tests."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from django.conf import settings
from django.db import connection

from backoffice.serve import commands, end_all

HOST = "127.0.0.1"


def environment(folder: Path) -> dict[str, str]:
    """What such a process needs: this test's database, and a folder for what it writes."""
    database = connection.settings_dict
    server = f"{database['HOST']}:{database['PORT']}" if database["PORT"] else f"/{database['HOST']}"
    login = ":".join(filter(None, (database["USER"], database["PASSWORD"])))
    address = f"{login}@{server}/{database['NAME']}"
    return {
        **{name: value for name, value in os.environ.items() if name in {"PATH", "LANG", "TMPDIR"}},
        "DATABASE_URL": f"postgres:{'//'}{address}",
        "VAR_DIR": str(folder),
        "CELERY_BROKER_URL": "memory:" + "//",
    }


def manage(*arguments: str, folder: Path, stderr: int = subprocess.PIPE) -> "subprocess.Popen[bytes]":
    """Start `manage.py` with these arguments; its streams are pipes."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class WebServer:
    """A running web server. `pid` is that of the process that answers."""

    port: int
    pid: int


@contextmanager
def serving(folder: Path) -> Iterator[WebServer]:
    """Serve on loopback, with the command of `make run`, until the block ends."""
    port = free_port()
    process = subprocess.Popen(
        commands(port)["web server"], cwd=settings.BASE_DIR, env=environment(folder), start_new_session=True
    )
    try:
        _wait_until_answering(port, process)
        worker = psutil.Process(process.pid).children(recursive=True)[-1]
        yield WebServer(port=port, pid=worker.pid)
    finally:
        end_all({"web server": process})


def _wait_until_answering(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        link = http.client.HTTPConnection(HOST, port, timeout=10)
        try:
            link.request("GET", "/api/v1/openapi.json")
            if link.getresponse().status == http.client.OK:
                return
        except OSError:
            time.sleep(0.05)
        finally:
            link.close()
    raise AssertionError("the web server did not answer")
