"""A whole house with a database of its own: its parts can be killed, and started again."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import psutil
import psycopg
from django.conf import settings
from psycopg.conninfo import make_conninfo

from backoffice import serve
from tests.running.processes import free_port

SITE = "wehelpen.nl"

# Runs beside the parts and holds on to the database, which would stop with the last who uses it.
_KEEPER = """
import json
from django.conf import settings
from backoffice import clock
from backoffice.audit.acting import acting_as
from backoffice.outbox.services.endpoints import register_endpoint
from backoffice.staff.system import INTAKE, SETUP, system_user
from moderation.demo.people import PASSWORD, hire
from moderation.models import Policy
from moderation.services.intake import receive_records
from moderation.services.records import HelpRequestRecord

at = clock.now()
with acting_as(system_user(SETUP)):
    hire()
    _endpoint, secret = register_endpoint(actor=system_user(SETUP), site=SITE, url=URL, at=at)
receive_records(
    actor=system_user(INTAKE),
    records=[
        HelpRequestRecord(
            site=SITE, request_id=f"r-{number}", revision=1, member_id=f"m-{number}", kind="request",
            title="Wie helpt met de tuin?", text="Er moet gesnoeid worden.",
        )
        for number in range(ITEMS)
    ],
    at=at,
)
rule = Policy.objects.filter(active=True, outcomes__contains=["hide"]).first().code
database = {key.lower(): settings.DATABASES["default"][key] for key in ("HOST", "USER", "NAME")}
print(json.dumps({"secret": secret, "password": PASSWORD, "rule": rule, "database": database}), flush=True)
input()
"""


@dataclass
class House:
    """The web server, worker and beat as `make run` runs them. `known` is what its keeper told."""

    folder: Path
    environment: dict[str, str]
    known: dict[str, Any] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    parts: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://{serve.HOST}:{self.port}"

    def start(self, name: str) -> None:
        """Start a part; what it says is added to its log."""
        with self._log(name).open("ab") as log:
            self.parts[name] = subprocess.Popen(
                serve.commands(self.port)[name],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill(self, name: str, *, whole: bool, chance: Random) -> None:
        """Kill a part with all its processes, or one of those that it started; no chance to tidy up."""
        children = psutil.Process(self.parts[name].pid).children(recursive=True)
        if whole or not children:
            os.killpg(self.parts[name].pid, signal.SIGKILL)
            self.parts[name].wait()
        else:
            chance.choice(children).kill()

    def mend(self) -> None:
        """Start again what has ended."""
        for name, part in self.parts.items():
            if part.poll() is not None:
                self.start(name)

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Return what the database answers."""
        given = self.known["database"]
        with psycopg.connect(
            make_conninfo("", host=given["host"], user=given["user"], dbname=given["name"])
        ) as db:
            return db.execute(query).fetchall()

    def logs(self) -> str:
        """Return the end of what every part said."""
        return "\n".join(f"--- {name}\n{self._log(name).read_text()[-3000:]}" for name in self.parts)

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"


@contextmanager
def open_house(folder: Path, environment: dict[str, str], *, url: str, items: int) -> Iterator[House]:
    """Run a house with staff, so many items to decide, and a receiver of webhooks at `url`."""
    code = f"SITE, URL, ITEMS = {SITE!r}, {url!r}, {items!r}\n{_KEEPER}"
    keeper = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
        cwd=settings.BASE_DIR,
        env=environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert keeper.stdout
    house = House(folder, environment)
    try:
        house.known = json.loads(keeper.stdout.readline())
        for name in serve.commands(house.port):
            house.start(name)
        serve.wait_until_answering(house.port, house.parts)
        yield house
    finally:
        serve.end_all(house.parts)
        keeper.communicate("\n", timeout=60)
