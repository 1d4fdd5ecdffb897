"""`make run`: ready when it says so, and nothing left when it stops."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

import psutil
import pytest
from django.conf import settings

from backoffice import serve
from tests.running.processes import alive, free_port

pytestmark = pytest.mark.skipif(not settings.DATABASE_IS_OUR_OWN, reason="DATABASE_URL brings a server")


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def house(port: int, environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Run the house; stop it in the end when a test failed before it did."""
    process = subprocess.Popen(
        [sys.executable, "-m", "backoffice.serve", "--port", str(port)],
        cwd=settings.BASE_DIR,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.communicate(timeout=60)


def wait_until_ready(process: subprocess.Popen[str], port: int) -> list[str]:
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        if line == f"ready http://127.0.0.1:{port}/\n":
            return lines
    raise AssertionError("\n".join(lines))


class TestServe:
    def test_runs_everything_and_leaves_nothing(self, environment: dict[str, str], var_dir: Path) -> None:
        port = free_port()
        with house(port, environment) as process:
            wait_until_ready(process, port)
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", "/login/")
            assert connection.getresponse().status == 200
            connection.close()
            server = psutil.Process(int((var_dir / "postgres/postmaster.pid").read_text().split()[0]))
            family = [*psutil.Process(process.pid).children(recursive=True), server]
            assert len(family) > 4
            process.send_signal(signal.SIGTERM)
            output, _ = process.communicate(timeout=60)
            assert process.returncode == 0, output
            assert [member for member in family if alive(member)] == []
            assert not is_open(port)
        began = time.monotonic()
        with house(port, environment) as process:
            wait_until_ready(process, port)
            assert time.monotonic() - began < 15
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)
            assert not is_open(port)

    def test_stops_when_the_terminal_is_closed(self, furnished: dict[str, str]) -> None:
        port = free_port()
        with house(port, furnished) as process:
            wait_until_ready(process, port)
            family = psutil.Process(process.pid).children(recursive=True)
            process.send_signal(signal.SIGHUP)
            process.communicate(timeout=60)
            assert [member for member in family if alive(member)] == []

    def test_stops_everything_when_a_part_ends(self, furnished: dict[str, str]) -> None:
        port = free_port()
        with house(port, furnished) as process:
            wait_until_ready(process, port)
            family = psutil.Process(process.pid).children(recursive=True)
            worker = next(member for member in family if "worker" in member.cmdline())
            worker.kill()
            output, _ = process.communicate(timeout=60)
            assert "The worker ended" in output
            assert process.returncode == 1
            assert [member for member in family if alive(member)] == []

    def test_says_so_when_the_port_is_taken(self, environment: dict[str, str]) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            with house(port, environment) as process:
                output, _ = process.communicate(timeout=60)
        assert process.returncode == 1
        assert f"Port {port} cannot be used" in output
        assert "make run PORT=" in output


def test_stops_also_when_what_was_raised_got_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python drops an exception that a signal raises in a callback of its own."""

    def loses_it() -> None:
        with suppress(serve.Stopped):
            serve._stop(signal.SIGINT, None)

    monkeypatch.setattr(serve, "_asked", threading.Event())
    monkeypatch.setattr(serve, "prepare", lambda: None)
    monkeypatch.setattr(serve, "running", lambda _port: nullcontext({}))
    monkeypatch.setattr(serve, "wait_until_answering", lambda *_: None)
    monkeypatch.setattr(serve, "show_logins", loses_it)
    with pytest.raises(serve.Stopped):
        serve.serve(free_port())
