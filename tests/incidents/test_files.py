"""Files that people send: what they are decides, and nothing is left of what was not kept."""

import hashlib
import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction

from backoffice.outbox.models import FileRemoval
from backoffice.staff.models import User
from incidents.models import StoredFile
from incidents.services.file_types import type_of
from incidents.services.files import LARGEST_FILE, FileRefused, Upload, files_on_disk, fit_name, keep_file
from incidents.views.files import download
from tests.pictures import jpeg

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(60)


def zipped(*names: str, label: bytes = b"") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as parcel:
        for name in names:
            parcel.writestr(name, label if name == "mimetype" else b"x")
    return written.getvalue()


ODT = b"application/vnd.oasis.opendocument.text"
TYPES = [
    (jpeg(), "image/jpeg"),
    (PNG, "image/png"),
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image/heic"),
    (b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42", "audio/mp4"),
    (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "video/mp4"),
    (b"ID3\x03\0\0\0\0\0\0" + bytes(100), "audio/mpeg"),
    (b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(40), "image/webp"),
    (PDF, "application/pdf"),
    ("Beste mensen, één vraag.\n".encode(), "text/plain"),
    ("Beste mensen, één vraag.\n".encode("cp1252"), "text/plain"),
    (zipped("word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (zipped("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (zipped("mimetype", "content.xml", label=ODT), ODT.decode()),
    (zipped("word/document.xml", "word/vbaProject.bin"), None),
    (zipped("mimetype", "Basic/module.xml", label=ODT), None),
    (zipped("factuur.exe"), None),
    (b"PK\x03\x04" + bytes(60), None),
    (b"MZ\x90\x00" + bytes(200), None),
    (b"\x7fELF" + bytes(60), None),
    (b"<html><script>alert(1)</script>", None),
    (b"  <svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", None),
    (b"#!/bin/sh\nrm -rf /\n", None),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), None),
    (b"\x00\x01\x02\x03" * 20, None),
]


def test_the_bytes_say_what_a_file_is() -> None:
    assert [type_of(content) for content, _kind in TYPES] == [kind for _content, kind in TYPES]


def test_a_name_is_made_fit_to_save_under() -> None:
    names = {
        "foto van de tuin.jpg": "foto van de tuin.jpg",
        "../../etc/passwd": "_.._etc_passwd",
        'C:\\map\\"brief".pdf': "C_map_brief_.pdf",
        "brief\u202efdp.exe": "brieffdp.exe",
        " \n ": "bijlage",
        "x" * 300 + ".pdf": "x" * 116 + ".pdf",
    }
    assert {given: fit_name(given) for given in names} == names


class TestKeepingAFile:
    def test_writes_it_by_a_name_that_says_nothing(
        self, servicedesk: User, media: Path, at: datetime
    ) -> None:
        with files_on_disk([Upload(name="bewijs.pdf", content=PDF)], at=at) as (file,), transaction.atomic():
            keep_file(file, at=at)
        kept = StoredFile.objects.get()
        assert (kept.name, kept.content_type, kept.size) == ("bewijs.pdf", "application/pdf", len(PDF))
        assert kept.sha256 == hashlib.sha256(PDF).hexdigest()
        assert "bewijs" not in kept.path
        assert (media / kept.path).read_bytes() == PDF
        assert (media / kept.path).stat().st_mode & 0o077 == 0
        assert not FileRemoval.objects.exists()
        assert kept.history.get().history_change_reason == "file_stored"

    def test_leaves_nothing_of_what_was_not_kept(self, servicedesk: User, media: Path, at: datetime) -> None:
        two = [Upload(name="een.pdf", content=PDF), Upload(name="twee.png", content=PNG)]
        with files_on_disk(two, at=at) as (first, _second):
            keep_file(first, at=at)
        assert [path.name for path in media.rglob("*") if path.is_file()] == [first.path.rpartition("/")[2]]
        with pytest.raises(ZeroDivisionError), files_on_disk(two, at=at):
            raise ZeroDivisionError
        assert len([path for path in media.rglob("*") if path.is_file()]) == 1
        assert not FileRemoval.objects.exists()

    def test_refuses_the_whole_for_one_that_we_do_not_take(
        self, servicedesk: User, media: Path, at: datetime
    ) -> None:
        for wrong, code in (
            (b"", "file_empty"),
            (b"MZ\x90\x00" + bytes(99), "file_type"),
            (PDF + bytes(LARGEST_FILE), "file_too_large"),
        ):
            with (
                pytest.raises(FileRefused) as refusal,
                files_on_disk(
                    [Upload(name="a.pdf", content=PDF), Upload(name="b.pdf", content=wrong)], at=at
                ),
            ):
                pytest.fail("it was let in")
            assert (refusal.value.code, refusal.value.field) == (code, "file")
        assert not [path for path in media.rglob("*") if path.is_file()]

    def test_gives_it_back_as_a_download_only(self, servicedesk: User, media: Path, at: datetime) -> None:
        with files_on_disk([Upload(name="é.pdf", content=PDF)], at=at) as (file,):
            keep_file(file, at=at)
        answer = download(file)
        assert b"".join(answer) == PDF
        answer.close()
        assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''%C3%A9.pdf")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, no-store"
