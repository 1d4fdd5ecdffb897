"""`manage.py import_records FILE`: the same records as `POST /api/v1/records`, from a file."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from backoffice import clock
from backoffice.audit.acting import acting_as, new_id
from backoffice.staff.system import INTAKE, system_user
from moderation.api.batches import Answer, receive_lines


class Command(BaseCommand):
    """Takes in a file of NDJSON, prints what became of it and which lines were refused.

    Safe to run again, also after it was stopped halfway.
    """

    help = "Take in a file of records, one JSON object a line, of any site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        """Take in the file. Raises CommandError when it cannot be read, or when lines were refused."""
        actor = system_user(INTAKE)
        counts: Counter[str] = Counter()
        try:
            size = file.stat().st_size
            opened = file.open("rb")
        except OSError as error:
            raise CommandError(f"cannot read the file: {error.strerror}") from None
        with (
            opened,
            acting_as(actor, run_id=new_id()),
            tqdm(total=size, unit="B", unit_scale=True, file=self.stderr, disable=None) as bar,
        ):
            for answers in receive_lines(_lines(opened, bar), actor=actor, at=clock.now()):
                for answer in answers:
                    counts[answer.get("result", "refused")] += 1
                    if "problem" in answer:
                        tqdm.write(_said(answer), file=self.stderr)
        self.stdout.write(
            ", ".join(f"{name}: {count}" for name, count in sorted(counts.items())) or "nothing"
        )
        if counts["refused"]:
            raise CommandError(f"{counts['refused']} lines were refused; the others were taken in")


def _lines(file: IO[bytes], bar: "tqdm[Any]") -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(file, start=1):
        bar.update(len(line))
        if line.strip():
            yield number, line


def _said(answer: Answer) -> str:
    problem = answer["problem"]
    fields = "; ".join(f"{error['field']}: {error['message']}" for error in problem["errors"])
    return f"line {answer['line']}: {fields or problem['detail']}"
