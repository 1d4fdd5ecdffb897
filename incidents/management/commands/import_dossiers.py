"""`manage.py import_dossiers FILE`: dossiers that were kept in a CSV or Excel file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backoffice import clock
from backoffice.audit.acting import acting_as, new_id
from backoffice.errors import DomainError
from backoffice.platforms.sites import WEHELPEN
from backoffice.staff.models import User
from incidents.services.dossier_import import import_dossiers
from incidents.services.registers import FIELDS, columns_for, read_rows, remember_columns

MEMORY = "import_columns.json"
"""Beside the file that is taken over: which column was what."""


class Command(BaseCommand):
    """Takes over all of a file or nothing, and says line by line what was refused. Safe to run again."""

    help = "Take over dossiers from a .csv or .xlsx file. Fields: " + ", ".join(FIELDS)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="username", required=True, help="who takes them over")
        parser.add_argument("--site", default=WEHELPEN, help="the site of rows that name none")
        parser.add_argument(
            "--column", action="append", default=[], metavar="FIELD=NAME", help="which column is a field"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would become of it")

    def handle(
        self,
        *_args: Any,
        file: Path,
        username: str,
        site: str,
        column: list[str],
        dry_run: bool,
        **_options: Any,
    ) -> None:
        """Take over the file. Raises CommandError: it cannot be read, or lines were refused."""
        actor = User.objects.filter(username=username, is_active=True, is_system=False).first()
        if actor is None:
            raise CommandError("there is no such member of staff")
        memory = file.parent / MEMORY
        try:
            header, rows = read_rows(file)
            said = dict(one.partition("=")[::2] for one in column)
            columns = columns_for(header, said, memory=memory)
            with acting_as(actor, run_id=new_id()):
                report = import_dossiers(
                    actor=actor, rows=rows, columns=columns, site=site, try_only=dry_run, at=clock.now()
                )
        except OSError as error:
            raise CommandError(f"cannot read the file: {error.strerror}") from None
        except DomainError as refusal:
            raise CommandError(f"{refusal.field}: {refusal}" if refusal.field else str(refusal)) from None
        remember_columns(header, columns, memory=memory)
        for one in report.refused:
            self.stderr.write(f"line {one.line}: {one.field}: {one.message}")
        for line in report.known:
            self.stdout.write(f"line {line}: is here already")
        if report.refused:
            raise CommandError(f"{len(report.refused)} lines were refused: nothing was taken over")
        self.stdout.write(f"{report.taken} {'could be taken' if dry_run else 'taken'} over")
