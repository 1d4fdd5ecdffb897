"""Reading a register that was kept elsewhere: a CSV or Excel file, and which of its columns is what."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from zipfile import BadZipFile

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from backoffice.errors import DomainError

FIELDS = (
    "site", "opened_on", "happened_on", "reporter_name", "contact", "location", "description", "severity",
    "about_name", "about_contact", "about_member", "outcome", "grounds", "handled_on",
)  # fmt: skip
"""What a column may be."""

MOST_ROWS = 20_000
_DAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")


class RegisterRefused(DomainError):
    """The file cannot be read, or its columns are not known."""

    code = "register_refused"


def read_rows(path: Path) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows of a `.csv` (UTF-8 or Windows-1252; `,` or `;`) or `.xlsx` file.

    Raises RegisterRefused; OSError when the file is not there.
    """
    rows = _of_workbook(path) if path.suffix.lower() == ".xlsx" else _of_text(path)
    kept = [row for row in rows if any(row)]
    if not kept:
        raise RegisterRefused(_("There is nothing in this file."))
    if len(kept) > MOST_ROWS:
        raise RegisterRefused(_("This file has too many rows. Split it."))
    return kept[0], kept[1:]


def columns_for(header: Sequence[str], said: Mapping[str, str], *, memory: Path) -> dict[str, int]:
    """Return the place of each field: as `said`, as remembered for this header, or by its own name.

    Raises RegisterRefused for a column or a field that is not there, or without a description.
    """
    by_name = {name.strip().lower(): place for place, name in enumerate(header)}
    remembered = _remembered(memory).get(_key(header), {})
    columns = {field: by_name[field] for field in FIELDS if field in by_name}
    for field, name in {**remembered, **said}.items():
        if field not in FIELDS or name.strip().lower() not in by_name:
            raise RegisterRefused(_("There is no such column, or no such field."), field=field)
        columns[field] = by_name[name.strip().lower()]
    if "description" not in columns:
        raise RegisterRefused(_("Say which column tells what happened."), field="description")
    return columns


def remember_columns(header: Sequence[str], columns: Mapping[str, int], *, memory: Path) -> None:
    """Keep which column is what, for the next file with the same header. Names of columns only."""
    known = _remembered(memory)
    known[_key(header)] = {field: header[place] for field, place in columns.items()}
    memory.write_text(json.dumps(known, ensure_ascii=False, indent=2) + "\n")


def day_of(value: str, field: str) -> date | None:
    """Return a day as people write it, None for nothing. Raises RegisterRefused, naming the field."""
    if not value:
        return None
    for form in _DAYS:
        try:
            return datetime.strptime(value, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise RegisterRefused(_("This is not a day such as 2026-11-16 or 16-11-2026."), field=field)


def _of_text(path: Path) -> Iterator[list[str]]:
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as problem:
            raise RegisterRefused(_("This file is no text. Save it as CSV in UTF-8.")) from problem
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
        yield [cell.strip() for cell in row]


def _of_workbook(path: Path) -> Iterator[list[str]]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as problem:
        raise RegisterRefused(_("This is not an Excel file that can be read.")) from problem
    try:
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield [_cell(value) for value in row]
    finally:
        book.close()


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value).strip()


def _key(header: Sequence[str]) -> str:
    return "|".join(name.strip().lower() for name in header)


def _remembered(memory: Path) -> dict[str, dict[str, str]]:
    try:
        known: dict[str, dict[str, str]] = json.loads(memory.read_text())
    except (OSError, ValueError):
        return {}
    return known
