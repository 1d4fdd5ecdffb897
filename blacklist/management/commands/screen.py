"""`manage.py screen FILE --out OUT.jsonl [--as-test]`: whom of the list the persons of a file may be."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from blacklist.management.persons import open_persons
from blacklist.selectors.lookups import SCRATCH
from blacklist.services.screening import Screened, screen_identity


class Command(BaseCommand):
    """Writes one line of JSON for each row. OUT appears when all of it is written; decides about nobody."""

    help = "Compare the persons of a .csv or .xlsx with a list, and write what came of it as JSON lines."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a .csv (UTF-8) or .xlsx with a line of column names")
        parser.add_argument("--out", type=Path, required=True, help="the file of JSON lines to write")
        parser.add_argument("--as-test", action="store_true", help="read the scratch list, and no other")

    def handle(self, *_args: Any, file: Path, out: Path, as_test: bool, **_options: Any) -> None:
        """Compare. Raises CommandError, OUT untouched: the file cannot be read, or a line is not whole."""
        if not as_test:
            raise CommandError(
                "there are no entries yet to screen against. --as-test reads the scratch list."
            )
        partial = out.with_name(f"{out.name}.partial")
        count = 0
        try:
            with open_persons(file, bar_on=self.stderr) as persons, _private(partial) as lines:
                for ref, identity in persons:
                    lines.write(_line(ref, screen_identity(identity=identity, against=SCRATCH)) + "\n")
                    count += 1
            partial.replace(out)
        finally:
            partial.unlink(missing_ok=True)
        self.stdout.write(f"screened: {count}")


def _private(path: Path) -> Any:
    """Open a new file that only its owner may read: it says who is on the list."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8")


def _line(ref: str, screened: Screened) -> str:
    matches = [
        {
            "entry": match.entry,
            "score": match.comparison.score,
            "evidence": [
                {"field": field, "level": level, "weight": round(weight, 2)}
                for field, level, weight in match.comparison.evidence
            ],
        }
        for match in screened.matches
    ]
    said = {"id": ref, "verdict": screened.verdict, "score": screened.score}
    return json.dumps({**said, "matches": matches}, ensure_ascii=False)
