"""Keeping files that people sent: checked, written by a random name, and gone when nothing came of it.

    def add_attachment(*, actor, dossier_id, upload, at):
        with files_on_disk([upload], at=at) as (file,):
            return _add_attachment(actor=actor, dossier_id=dossier_id, file=file, at=at)

where the inner one is a domain action that calls `keep_file(file, at=at)`.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from backoffice.errors import DomainError
from backoffice.outbox.models import FileRemoval
from incidents.models import StoredFile
from incidents.services.file_types import type_of

LARGEST_FILE = 20_000_000
"""Bytes; what mail services let through at most."""

LONGEST_NAME = 120
UNREAD = "application/octet-stream"
"""The type of what we could not read."""

_ORPHAN_AFTER = timedelta(hours=1)  # longer than any request, or than reading any mailbox
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f]+')


class FileRefused(DomainError):
    """A file is empty, too large, or of a type that we do not keep (`code` says which)."""

    code = "file_refused"


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as somebody sent it: what they call it, and its bytes."""

    name: str = field(repr=False)
    content: bytes = field(repr=False)


def check_file(upload: Upload) -> str:
    """Return the media type of a file that we take. Raises FileRefused, naming the field `file`."""
    if not upload.content:
        raise FileRefused(_("This file is empty."), field="file", code="file_empty")
    if len(upload.content) > LARGEST_FILE:
        raise FileRefused(_("A file is 20 MB at most."), field="file", code="file_too_large")
    kind = type_of(upload.content)
    if kind is None:
        raise FileRefused(
            _("We keep no files of this type. Ask for a picture, a PDF or a plain document."),
            field="file",
            code="file_type",
        )
    return kind


@contextmanager
def files_on_disk(
    uploads: Sequence[Upload], *, at: datetime, unchecked: bool = False
) -> Iterator[list[StoredFile]]:
    """Write files, and give their rows, not saved yet, in the same order. Wrap one service call in it.

    What that call did not keep (`keep_file`) is gone afterwards; so is everything when it raises. A killed
    process leaves what the sweeper of files removes. Raises FileRefused before anything is written, unless
    `unchecked`: what we could not read ourselves is kept as it is, of no type that opens in anything.
    """
    kinds = [UNREAD if unchecked else check_file(upload) for upload in uploads]
    rows: list[StoredFile] = []
    try:
        for upload, kind in zip(uploads, kinds, strict=True):
            rows.append(_write(upload, kind, at=at))
        yield rows
    except BaseException:
        _throw_away(rows)
        raise
    _throw_away([row for row in rows if row._state.adding])  # noqa: SLF001 - Django documents it


def keep_file(file: StoredFile, *, at: datetime) -> StoredFile:
    """Save the row of a file that `files_on_disk` wrote, in the running transaction of a domain action."""
    FileRemoval.objects.filter(path=file.path).delete()
    return file.store(reason="file_stored", at=at)


def _write(upload: Upload, kind: str, *, at: datetime) -> StoredFile:
    name = uuid4().hex
    path = f"files/{name[:2]}/{name}"
    # Noted before it is written, struck off by the transaction that keeps it.
    FileRemoval.objects.create(path=path, due_at=at + _ORPHAN_AFTER)
    default_storage.save(path, ContentFile(upload.content))
    return StoredFile(
        path=path,
        name=fit_name(upload.name),
        content_type=kind,
        size=len(upload.content),
        sha256=hashlib.sha256(upload.content).hexdigest(),
        stored_at=at,
    )


def _throw_away(rows: Sequence[StoredFile]) -> None:
    for row in rows:
        default_storage.delete(row.path)
    FileRemoval.objects.filter(path__in=[row.path for row in rows]).delete()


def fit_name(name: str) -> str:
    """Return a name that any disk takes: one line, no folders, nothing unseen, 120 characters at most."""
    seen = "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", name)
        if unicodedata.category(character) not in {"Cf", "Cs", "Co", "Cn"}
    )
    plain = " ".join(_UNFIT.sub("_", seen).split()).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    if dot and len(ending) <= 10:  # noqa: PLR2004 - no ending of a file is longer
        return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}" if stem else ending
    return plain[:LONGEST_NAME] or "bijlage"
