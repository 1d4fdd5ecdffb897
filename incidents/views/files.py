"""Giving a stored file to somebody who may have it: to save, never to open in place."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from incidents.models import StoredFile


def download(file: StoredFile) -> FileResponse:
    """Answer a file as a download, kept by nobody on the way. Who calls has asked whether this person may.

    Raises Http404 when the file is gone from the disk.
    """
    try:
        content = default_storage.open(file.path)
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        content,
        as_attachment=True,
        filename=file.name,
        content_type=file.content_type,
        headers={
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )
