"""Persons out of files: onto the scratch list, and compared with it."""

import csv
import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from blacklist.models import ScratchPerson

pytestmark = pytest.mark.django_db

HEADER = "id,salutation,first_name,infix,last_name,birth_date,postcode,street,place,email,phone,facebook_id"
LISTED = f"""{HEADER}
e-1,dhr,Johannes,van der,Meulenhoff,1961-02-28,8011 AB,Kerkweg 1,Zwolle,hans@ziggo.nl,06-12345678,1001
e-2,mevrouw,Ayşe,,Yıldırım,onbekend,D-45127,,Essen,,,
e-3,,Bo,,Ng,31-02-1970,,,,bo.ng@gmail.com,+31 6 87654321,
"""
SIGNUPS = f"""{HEADER}
s-1,,Hans,v.d.,Meulenhof,28-02-1961,8012 ZX,,,nieuw@voorbeeld.nl,,
s-2,,Ayse,,Yildirim,onbekend,D 45127,,,,,
s-3,,,,,,,,,B.o.Ng+nieuw@googlemail.com,,
s-4,,Zoltán,,Horváth,1999-09-09,3511 XX,,,,,
"""


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "listed.csv"
    path.write_text(LISTED, encoding="utf-8-sig")
    return path


def run(*given: Any) -> str:
    said = StringIO()
    call_command(*map(str, given), stdout=said, stderr=StringIO())
    return said.getvalue()


def screen(file: Path) -> dict[str, Any]:
    out = file.with_suffix(".jsonl")
    run("screen", file, "--out", out, "--as-test")
    return {line["id"]: line for line in map(json.loads, out.read_text().splitlines())}


class TestScreening:
    def test_finds_who_came_back_and_says_by_what(self, listed: Path, tmp_path: Path) -> None:
        run("import_entries", listed, "--as-test")
        signups = tmp_path / "signups.csv"
        signups.write_text(SIGNUPS)
        found = screen(signups)
        assert {line["id"]: [match["entry"] for match in line["matches"]][:1] for line in found.values()} == {
            "s-1": ["e-1"],
            "s-2": ["e-2"],
            "s-3": ["e-3"],
            "s-4": [],
        }
        assert found["s-1"]["verdict"] == "hit"
        assert {"field": "birth_date", "level": "exact", "weight": 14.5} in found["s-1"]["matches"][0][
            "evidence"
        ]
        assert found["s-1"]["score"] == found["s-1"]["matches"][0]["score"]
        assert found["s-4"] == {"id": "s-4", "verdict": "clear", "score": 0.0, "matches": []}

    def test_reads_no_other_list_than_the_scratch_list(self, listed: Path, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="no entries yet"):
            call_command("screen", str(listed), "--out", str(tmp_path / "out.jsonl"))

    def test_leaves_an_earlier_outcome_alone_when_a_line_is_not_whole(self, tmp_path: Path) -> None:
        signups, out = tmp_path / "signups.csv", tmp_path / "out.jsonl"
        signups.write_text(f"{HEADER}\ns-1,,Jan\n,,Piet\n")
        out.write_text("earlier")
        with pytest.raises(CommandError, match="line 3: id: is empty"):
            call_command("screen", str(signups), "--out", str(out), "--as-test", stderr=StringIO())
        assert [path.name for path in tmp_path.iterdir() if "jsonl" in path.name] == ["out.jsonl"]
        assert out.read_text() == "earlier"


class TestImporting:
    def test_replaces_the_scratch_list(self, listed: Path) -> None:
        assert run("import_entries", listed, "--as-test") == "on the scratch list: 3\n"
        run("import_entries", listed, "--as-test")
        assert set(ScratchPerson.objects.values_list("ref", "born", "postcode")) == {
            ("e-1", "19610228", "8011ab"),
            ("e-2", "onbekend", "d45127"),
            ("e-3", "19700231", ""),
        }
        assert ScratchPerson.objects.get(ref="e-2").given["last_name"] == "Yıldırım"

    def test_takes_an_excel_file_for_the_same(self, listed: Path) -> None:
        run("import_entries", listed, "--as-test")
        as_csv = list(ScratchPerson.objects.order_by("ref").values_list("ref", "keys"))
        book = Workbook()
        for row in csv.reader(LISTED.splitlines()):
            book.active.append([date(1961, 2, 28) if cell == "1961-02-28" else cell or None for cell in row])
        book.save(listed.with_suffix(".xlsx"))
        run("import_entries", listed.with_suffix(".xlsx"), "--as-test")
        assert list(ScratchPerson.objects.order_by("ref").values_list("ref", "keys")) == as_csv

    def test_keeps_the_list_when_a_line_is_not_whole(self, listed: Path, tmp_path: Path) -> None:
        run("import_entries", listed, "--as-test")
        broken = tmp_path / "broken.csv"
        for text, said in (
            (f"{HEADER}\na,dhr\n,mevr\n", "line 3: id: is empty"),
            ("first_name;last_name\nJan;Vos\n", "id: there is no such column"),
            ("id,id\n1,2\n", "two columns"),
            (f"{HEADER}\na{',' * 12}b\n", "line 2: has more cells"),
        ):
            broken.write_text(text)
            with pytest.raises(CommandError, match=said):
                call_command("import_entries", str(broken), "--as-test", stderr=StringIO())
        broken.write_bytes(b"id,last_name\n1,M\xfcller\n")
        with pytest.raises(CommandError, match="UTF-8"):
            call_command("import_entries", str(broken), "--as-test", stderr=StringIO())
        assert ScratchPerson.objects.count() == 3

    def test_changes_nothing_on_a_dry_run(self, listed: Path) -> None:
        assert run("import_entries", listed, "--dry-run") == (
            "would be put on the list: 3; with a birth date that cannot be read: 1\n"
        )
        assert not ScratchPerson.objects.exists()

    def test_lists_nobody_by_itself(self, listed: Path) -> None:
        with pytest.raises(CommandError, match="somebody else's approval"):
            call_command("import_entries", str(listed))
