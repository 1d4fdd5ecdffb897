"""`manage.py import_records FILE`: the same records as `POST /api/v1/records`, from a file."""

import signal
import sys
import threading
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import FrameType
from typing import IO, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from backoffice import clock
from backoffice.audit.acting import acting_as, new_id
from backoffice.staff.system import INTAKE, system_user
from moderation.api.batches import Answer, receive_lines

STDIN = "-"


class Command(BaseCommand):
    """Takes in a file of NDJSON, prints what became of it and which lines were refused.

    Safe to run again, also after it was stopped halfway.
    """

    help = "Take in a file of records, one JSON object a line, of any site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help=f"the file; {STDIN} reads what is piped in")

    def handle(self, *_args: Any, file: str | Path, **_options: Any) -> None:
        """Take in the file. Raises CommandError: it cannot be read, was stopped, or lines were refused."""
        actor = system_user(INTAKE)
        counts: Counter[str] = Counter()
        opened, size = _open(str(file))
        bar = tqdm(total=size, unit="B", unit_scale=True, file=self.stderr, disable=None)
        try:
            with opened as lines, bar, _noting_ctrl_c() as pressed, acting_as(actor, run_id=new_id()):
                for answers in receive_lines(_lines(lines, bar, pressed), actor=actor, at=clock.now()):
                    for answer in answers:
                        counts[answer.get("result", "refused")] += 1
                        if "problem" in answer:
                            with bar.external_write_mode(file=self.stderr):
                                self.stderr.write(_said(answer))
        except OSError as error:
            raise CommandError(f"cannot read the file: {error.strerror}") from None
        except KeyboardInterrupt:
            message = f"stopped ({_told(counts)}); run it again: what was taken in stays"
            raise CommandError(message, returncode=130) from None
        self.stdout.write(_told(counts))
        if counts["refused"]:
            raise CommandError(f"{counts['refused']} lines were refused; the others were taken in")


def _open(file: str) -> tuple[AbstractContextManager[IO[bytes]], int | None]:
    """Return the file and its size in bytes, None when nobody knows it. Raises CommandError."""
    if file == STDIN:
        return nullcontext(sys.stdin.buffer), None
    try:
        return Path(file).open("rb"), Path(file).stat().st_size or None
    except OSError as error:
        raise CommandError(f"cannot read the file: {error.strerror}") from None


@contextmanager
def _noting_ctrl_c() -> Iterator[threading.Event]:
    """Yield what is set when Ctrl-C comes: Python drops a KeyboardInterrupt raised while it cleans up."""
    pressed = threading.Event()
    before = signal.getsignal(signal.SIGINT)
    if not callable(before) or threading.current_thread() is not threading.main_thread():
        yield pressed  # it is ignored, or another thread's matter
        return

    def note(number: int, frame: FrameType | None) -> None:
        pressed.set()
        before(number, frame)

    signal.signal(signal.SIGINT, note)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)


def _lines(file: IO[bytes], bar: "tqdm[Any]", pressed: threading.Event) -> Iterator[tuple[int, bytes]]:
    """Yield every line that is not blank, with its number from 1; of one that is too long, the beginning.

    Raises KeyboardInterrupt once Ctrl-C was `pressed`.
    """
    longest = settings.API_MAX_BODY_BYTES + 2  # is refused for its length
    number = 0
    while line := _next(file, longest, pressed):
        number += 1
        bar.update(len(line))
        rest = line
        while not rest.endswith(b"\n") and (rest := _next(file, longest, pressed)):
            bar.update(len(rest))
        if line.strip():
            yield number, line.removesuffix(b"\n")


def _next(file: IO[bytes], longest: int, pressed: threading.Event) -> bytes:
    line = file.readline(longest)
    if pressed.is_set():
        raise KeyboardInterrupt
    return line


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{name}: {count}" for name, count in sorted(counts.items())) or "nothing"


def _said(answer: Answer) -> str:
    problem = answer["problem"]
    fields = "; ".join(f"{error['field']}: {error['message']}" for error in problem["errors"])
    return f"line {answer['line']}: {fields or problem['detail']}"
