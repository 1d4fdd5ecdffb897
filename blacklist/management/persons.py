"""Files of persons, row by row: CSV and Excel."""

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile

from django.core.management.base import CommandError
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from tqdm import tqdm

from blacklist.identity import Identity

COLUMNS = (
    "id", "salutation", "first_name", "infix", "last_name", "birth_date", "postcode", "street", "place",
    "email", "phone", "facebook_id",
)  # fmt: skip
OF_ENTRIES = ("ground", "placed_on")

Cells = Mapping[str, Any]


class Persons:
    """The rows of a file. Columns that are absent are unknown; others than ours are named in `ignored`."""

    def __init__(self, header: list[str], rows: Iterator[tuple[int, list[Any]]]) -> None:
        if "id" not in header:
            raise CommandError(
                f"id: there is no such column; the first line names them: {', '.join(COLUMNS)}"
            )
        twice = sorted({name for name in header if name and header.count(name) > 1})
        if twice:
            raise CommandError(f"{twice[0]}: there are two columns of this name")
        self.ignored = [name for name in header if name and name not in COLUMNS + OF_ENTRIES]
        self._header = header
        self._rows = rows

    def __iter__(self) -> Iterator[tuple[str, Identity]]:
        """Yield the id and the identity of each row. Raises CommandError at one that is not whole."""
        for number, cells in self._rows:
            if not any(cell not in (None, "") for cell in cells):
                continue
            if len(cells) > len(self._header) and any(cells[len(self._header) :]):
                raise CommandError(f"line {number}: has more cells than the first line has names")
            row = dict(zip(self._header, cells, strict=False))
            if not (ref := _text(row.get("id")).strip()):
                raise CommandError(f"line {number}: id: is empty")
            yield ref, _identity(row)


@contextmanager
def open_persons(path: Path, *, bar_on: Any) -> Iterator[Persons]:
    """Read a file whose name ends in .csv or .xlsx, with a progress bar. Raises CommandError."""
    try:
        if path.suffix.lower() == ".xlsx":
            with _open_excel(path, bar_on) as persons:
                yield persons
        else:
            with path.open("rb") as raw, _open_csv(raw, path.stat().st_size, bar_on) as persons:
                yield persons
    except OSError as error:
        raise CommandError(f"cannot read the file: {error.strerror or 'it is damaged'}") from None
    except UnicodeDecodeError:
        raise CommandError("cannot read the file: it is not UTF-8; save it as CSV UTF-8") from None
    except (csv.Error, BadZipFile, InvalidFileException, KeyError):
        raise CommandError("cannot read the file: it is no CSV or Excel file (.xlsx)") from None


@contextmanager
def _open_csv(raw: IO[bytes], size: int, bar_on: Any) -> Iterator[Persons]:
    with tqdm(total=size, unit="B", unit_scale=True, file=bar_on, disable=None) as bar:

        def lines() -> Iterator[str]:
            for number, line in enumerate(raw):
                bar.update(len(line))
                yield line.decode("utf-8-sig" if number == 0 else "utf-8").replace("\0", "")

        every = lines()
        first = next(every, "")
        separator = max(",;\t", key=first.count)
        header = [_name(cell) for cell in next(csv.reader([first], delimiter=separator), [])]
        rows = csv.reader(every, delimiter=separator)
        yield Persons(header, ((rows.line_num + 1, cells) for cells in rows))


@contextmanager
def _open_excel(path: Path, bar_on: Any) -> Iterator[Persons]:
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(values_only=True)
        header = [_name(cell) for cell in next(rows, ())]
        total = sheet.max_row - 1 if sheet.max_row else None
        with tqdm(rows, total=total, unit=" rows", file=bar_on, disable=None) as bar:
            yield Persons(header, ((number, list(cells)) for number, cells in enumerate(bar, 2)))
    finally:
        book.close()


def _name(cell: Any) -> str:
    return _text(cell).strip().lower().replace(" ", "_")


def _text(cell: Any) -> str:
    """Return a cell as text; a whole number without the .0 that Excel gives it."""
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _identity(row: Cells) -> Identity:
    born = row.get("birth_date")
    facebook = _text(row.get("facebook_id")).strip()
    if isinstance(born, datetime):
        born = born.date()
    return Identity(
        salutation=_text(row.get("salutation")),
        first_name=_text(row.get("first_name")),
        infix=_text(row.get("infix")),
        last_name=_text(row.get("last_name")),
        birth_date=born if isinstance(born, date) else _text(born),
        postcode=_text(row.get("postcode")),
        street=_text(row.get("street")),
        place=_text(row.get("place")),
        emails=tuple(_text(row.get("email")).replace(";", " ").replace(",", " ").split()),
        phones=tuple(part for part in _text(row.get("phone")).replace(";", ",").split(",") if part.strip()),
        accounts=(f"facebook:{facebook}",) if facebook else (),
    )
