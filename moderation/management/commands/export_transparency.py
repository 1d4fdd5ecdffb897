"""`manage.py export_transparency --from DAY --to DAY FILE.jsonl`: statements of reasons, made public."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backoffice import clock
from backoffice.audit.acting import acting_as, new_id
from backoffice.errors import DomainError
from backoffice.staff.system import SETUP, system_user
from moderation.services.transparency import export_transparency


def day(value: str) -> date:
    """Return a day from YYYY-MM-DD. Raises ArgumentTypeError."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ArgumentTypeError("a day is written as 2026-11-24") from None


class Command(BaseCommand):
    """Writes a file that appears under its name once every line is in it.

    What the database would refuse is named and not in it; then the command fails at the end.
    """

    help = "Write the statements of reasons of final decisions as the Commission's database takes them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--from", dest="first", type=day, required=True, help="the first day")
        parser.add_argument("--to", dest="last", type=day, required=True, help="the last day, included")

    def handle(self, *_args: Any, file: Path, first: date, last: date, **_options: Any) -> None:
        """Write the file. Raises CommandError when it cannot be written, or when records were refused."""
        half = file.with_name(f"{file.name}.part")
        actor = system_user(SETUP)
        try:
            with half.open("w", encoding="utf-8") as lines, acting_as(actor, run_id=new_id()):
                export = export_transparency(
                    actor=actor, first=first, last=last, write=lines.write, at=clock.now()
                )
            half.replace(file)
        except OSError as error:
            raise CommandError(f"cannot write the file: {error.strerror}") from None
        except DomainError as refusal:
            raise CommandError(f"--{refusal.field}: {refusal}") from None
        finally:
            half.unlink(missing_ok=True)
        self.stdout.write(f"{export.written} records")
        for refused in export.refused:
            self.stderr.write(refused)
        if export.refused:
            raise CommandError("the records named above would be refused; the others were written")
