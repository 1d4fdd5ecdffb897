"""`manage.py import_entries FILE [--dry-run] [--as-test]`: persons of a file onto a list."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from blacklist.identity import normalise
from blacklist.identity.birth_dates import is_date
from blacklist.management.persons import Persons, open_persons
from blacklist.services.scratch_list import Row, replace_scratch_list


class Command(BaseCommand):
    """With --as-test replaces the scratch list, all or nothing. Without it lists nobody: people do that."""

    help = "Put the persons of a .csv or .xlsx on the scratch list, which no real screening sees."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a .csv (UTF-8) or .xlsx with a line of column names")
        parser.add_argument("--dry-run", action="store_true", help="read the file and tell; change nothing")
        parser.add_argument("--as-test", action="store_true", help="replace the scratch list")

    def handle(self, *_args: Any, file: Path, dry_run: bool, as_test: bool, **_options: Any) -> None:
        """Read the file. Raises CommandError, nothing changed: it cannot be read, or a line is not whole."""
        if not (dry_run or as_test):
            raise CommandError(
                "nobody is listed by a file: an entry needs a proposal with grounds, a hearing and"
                " somebody else's approval, and proposals cannot be imported yet."
                " --as-test replaces the scratch list; --dry-run only reads the file."
            )
        with open_persons(file, bar_on=self.stderr) as persons:
            if persons.ignored:
                self.stderr.write(f"ignored columns: {', '.join(persons.ignored)}")
            if dry_run:
                self.stdout.write(_told(persons))
            else:
                count = replace_scratch_list(rows=_rows(persons))
                self.stdout.write(f"on the scratch list: {count}")


def _rows(persons: Persons) -> Iterator[Row]:
    return (Row(ref, identity) for ref, identity in persons)


def _told(persons: Persons) -> str:
    """Return how many there are, and how many have a date that is kept as text."""
    count = unreadable = 0
    for _ref, identity in persons:
        born = normalise(identity).born
        count += 1
        unreadable += bool(born) and not is_date(born)
    return f"would be put on the list: {count}; with a birth date that cannot be read: {unreadable}"
