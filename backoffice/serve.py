"""`make run`: everything the house needs, started together and stopped together.

Database, web server, Celery worker and beat; a demo office the first time. Ctrl-C, SIGTERM, the
closing of the terminal and the end of any of them stop the others; nothing is left running.
"""

import argparse
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from types import FrameType

HOST = "127.0.0.1"
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
ANSWERS_WITHIN = 60
STOPS_WITHIN = 10
"""Seconds."""

FIRST_FREE_TO_ALL = 1024
LAST_PORT = 65535
"""Below the first, ports are root's."""


class Stopped(BaseException):
    """Somebody asked us to stop. Not an error: only the outermost level catches it."""


class CannotServe(RuntimeError):
    """Something is in the way; the message says what to do."""


_asked = threading.Event()
"""Set when somebody asked us to stop: Python drops what is raised while it cleans up after an import."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    _asked.set()
    raise Stopped


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def require_free(port: int) -> None:
    """Raise CannotServe when something listens on `port` already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            another = 8000 if port < FIRST_FREE_TO_ALL else port + 1
            message = (
                f"Port {port} cannot be used ({error.strerror}). Choose another: make run PORT={another}"
            )
            raise CannotServe(message) from error


def commands(port: int) -> dict[str, list[str]]:
    """Return what is run beside the database, by name."""
    python = [sys.executable, "-W", "ignore:You're running the worker with superuser"]
    celery = [*python, "-m", "celery", "-A", "backoffice.celery", "--quiet"]
    web = [*python, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)]
    return {
        "web server": [
            *web,
            *("--workers", "1", "--blocking-threads", "4", "--log-level", "warning"),
            *("--workers-kill-timeout", "5", "backoffice.wsgi:application"),
        ],
        "worker": [
            *celery,
            *("worker", "--concurrency", "2", "--loglevel", "warning"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        ],
        "beat": [*celery, "beat", "--loglevel", "warning", "--pidfile", ""],
    }


def prepare() -> None:
    """Bring the database to the code's schema; fill a house where nobody works yet with the demo office."""
    from django.conf import settings
    from django.core.management import call_command, get_commands

    from backoffice import schema
    from backoffice.staff.models import User

    if not schema.bring_up_to_date() and not settings.DATABASE_IS_OUR_OWN:
        call_command("migrate", interactive=False, verbosity=0)
    if settings.PRODUCTION:
        call_command("collectstatic", interactive=False, verbosity=0)
    elif "demo" in get_commands() and not User.objects.filter(is_system=False).exists():
        _say("First start: filling a demo office...")
        call_command("demo", quiet=True)


def show_logins() -> None:
    """Print who can sign in to the demo office, when there is one."""
    from django.conf import settings
    from django.core.management import call_command, get_commands

    if not settings.PRODUCTION and "demo" in get_commands():
        call_command("demo", logins=True)
        sys.stdout.flush()


@contextmanager
def running(port: int) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Run the children, each with its descendants in a process group of its own, and end them all."""
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in commands(port).items():
            children[name] = subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own
        yield children
    finally:
        for number in STOPS:
            signal.signal(number, signal.SIG_IGN)
        end_all(children)


def end_all(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """End every process group: asked first, killed after `STOPS_WITHIN` seconds."""
    for child in children.values():
        child.terminate()
    until = time.monotonic() + STOPS_WITHIN
    for child in children.values():
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0.0, until - time.monotonic()))
    for child in children.values():
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def require_alive(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Raise CannotServe when a child has ended."""
    for name, child in children.items():
        if child.poll() is not None:
            raise CannotServe(f"The {name} ended ({child.returncode}), so everything is stopped.")


def wait_until_answering(port: int, children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Return once the web server answers. Raises CannotServe when it does not, or a child ends."""
    until = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < until:
        require_alive(children)
        with (
            closing(http.client.HTTPConnection(HOST, port, timeout=10)) as connection,
            suppress(OSError, http.client.HTTPException),
        ):
            connection.request("GET", "/")
            with connection.getresponse() as response:
                if response.status < http.client.INTERNAL_SERVER_ERROR:
                    return
        time.sleep(0.1)
    raise CannotServe(f"The web server did not answer within {ANSWERS_WITHIN} seconds.")


def serve(port: int) -> None:
    """Run until stopped. Raises CannotServe, or Stopped when somebody asks."""
    require_free(port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backoffice.settings")
    import django

    from backoffice.postgres import CannotStart

    try:
        django.setup()
        prepare()
    except CannotStart as error:
        raise CannotServe(str(error)) from error
    with running(port) as children:
        wait_until_answering(port, children)
        _say(f"ready http://{HOST}:{port}/")
        show_logins()
        while not _asked.is_set():
            require_alive(children)
            time.sleep(0.5)
        raise Stopped


def _port(text: str) -> int:
    if text.isdecimal() and 0 < int(text) <= LAST_PORT:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text} is not a port: choose 1024 to {LAST_PORT}, such as PORT=8010")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m backoffice.serve", description=__doc__)
    parser.add_argument("--port", type=_port, default=8000)
    port = parser.parse_args().port
    for number in STOPS:
        signal.signal(number, _stop)
    try:
        serve(port)
    except Stopped:
        with suppress(OSError):  # the terminal may be gone
            _say("stopped")
    except CannotServe as error:
        sys.exit(str(error))
    finally:
        for number in STOPS:
            signal.signal(number, signal.SIG_IGN)  # the database is stopped when this process ends


if __name__ == "__main__":
    main()
