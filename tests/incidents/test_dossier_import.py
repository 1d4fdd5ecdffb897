"""A register that was kept elsewhere comes along: all of a file, or nothing of it."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from backoffice.staff.models import User
from incidents.models import Dossier, RepetitionProposal
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
HEADER = [
    "Datum",
    "Melder",
    "Bereikbaar",
    "Plaats",
    "Verhaal",
    "about_name",
    "about_member",
    "outcome",
    "handled_on",
]
COLUMNS = [
    "--column=happened_on=Datum", "--column=reporter_name=Melder", "--column=contact=Bereikbaar",
    "--column=location=Plaats", "--column=description=Verhaal",
]  # fmt: skip
ROWS = [
    [
        "16-11-2025",
        "Anna Vries",
        "anna@x.nl",
        "Zwolle",
        "Vroeg om een pincode",
        "Karel",
        "m-9",
        "Gegrond",
        "1-12-2025",
    ],
    ["2026-01-05", "", "", "", "Belde 's nachts; vaak", "Karel Zwart", "m-9", "gegrond", ""],
]


def run(file: Path, user: User, *options: str) -> str:
    out = StringIO()
    with time_machine.travel(NOON, tick=False):
        call_command("import_dossiers", str(file), f"--as={user.username}", *options, stdout=out, stderr=out)
    return out.getvalue()


def as_csv(folder: Path, rows: list[list[str]]) -> Path:
    file = folder / "register.csv"
    lines = [";".join(f'"{cell}"' for cell in row) for row in [HEADER, *rows]]
    file.write_bytes("\r\n".join(lines).encode("cp1252"))
    return file


def as_workbook(folder: Path, rows: list[list[str]]) -> Path:
    book = Workbook()
    for row in [HEADER, *rows]:
        book.active.append(row)
    file = folder / "register.xlsx"
    book.save(file)
    return file


@pytest.mark.parametrize("write", [as_csv, as_workbook])
def test_is_tried_first_then_taken_over_once(
    coordinator: User, tmp_path: Path, write: Callable[[Path, list[list[str]]], Path]
) -> None:
    file = write(tmp_path, ROWS)
    assert "2 could be taken over" in run(file, coordinator, "--dry-run", *COLUMNS)
    assert not Dossier.objects.exists()
    assert "2 taken over" in run(file, coordinator)  # the columns are remembered
    first, second = Dossier.objects.order_by("number")
    assert (first.state, first.expires_on.isoformat()) == ("handled", "2028-12-01")  # type: ignore[union-attr]
    assert (second.state, second.reporter_name_unknown) == (
        "investigating",
        "Stond niet in het oude register",
    )
    assert second.description == "Belde 's nachts; vaak"
    assert RepetitionProposal.objects.count() == 1
    assert "line 3: is here already" in run(file, coordinator)
    assert Dossier.objects.count() == 2


@pytest.mark.parametrize(
    ("place", "value", "field"),
    [
        (0, "32-13-2025", "happened_on"),
        (0, "2030-01-01", "happened_on"),
        (7, "misschien", "outcome"),
        (8, "1-1-2020", "handled_on"),
    ],
)
def test_names_the_line_and_takes_over_nothing(
    coordinator: User, tmp_path: Path, place: int, value: str, field: str
) -> None:
    wrong = [*ROWS[0]]
    wrong[place] = value
    file = as_csv(tmp_path, [ROWS[1], wrong])
    out = StringIO()
    with time_machine.travel(NOON, tick=False), pytest.raises(CommandError, match="1 lines were refused"):
        call_command(
            "import_dossiers", str(file), f"--as={coordinator.username}", *COLUMNS, stdout=out, stderr=out
        )
    assert f"line 3: {field}:" in out.getvalue()
    assert "Anna" not in out.getvalue()
    assert not Dossier.objects.exists()


def test_refuses_what_it_cannot_read_and_who_may_not(
    coordinator: User, moderator: User, tmp_path: Path
) -> None:
    file = as_csv(tmp_path, ROWS)
    (tmp_path / "geen.xlsx").write_bytes(b"PK geen zip")
    for user, path, options in (
        (coordinator, file, []),
        (coordinator, file, ["--column=description=Bestaat niet"]),
        (coordinator, tmp_path / "weg.csv", COLUMNS),
        (coordinator, tmp_path / "geen.xlsx", COLUMNS),
        (moderator, file, COLUMNS),
    ):
        with pytest.raises(CommandError):
            run(path, user, *options)
    assert not Dossier.objects.exists()
