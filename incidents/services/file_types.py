"""What a file is, by its bytes: what it is called and what its sender says of it count for nothing."""

import io
import zipfile

import puremagic

_MAGIC = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".jpe": "image/jpeg",
    ".jfif": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".heic": "image/heic",
    ".heif": "image/heic",
    ".pdf": "application/pdf",
    ".mp3": "audio/mpeg",
    ".mpga": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".wav": "audio/wav",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".mp4": "video/mp4",
    ".mov": "video/quicktime",
    ".3gp": "video/3gpp",
    ".3ga": "video/3gpp",
}
_IN_A_ZIP = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text",
    b"application/vnd.oasis.opendocument.spreadsheet",
}
_MACROS = ("vbaproject.bin", "basic/", "scripts/")
_MOST_PARTS = 5_000
_OUTLOOK = b"\x78\x9f\x3e\x22"
"""How winmail.dat begins: what some programs send in place of text and files. It may be all that was said."""

PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
"""Types that any browser draws as a picture."""


def type_of(content: bytes) -> str | None:
    """Return the media type of a file that we take: pictures, sound, film, PDF, plain text, documents.

    None for everything else: programs, web pages, drawings with scripts, archives, documents with macros.
    """
    if content.startswith(_OUTLOOK):
        return "application/vnd.ms-tnef"
    if content.startswith(b"PK\x03\x04"):
        return _type_of_zip(content)
    try:
        found = puremagic.magic_string(content)
    except (puremagic.PureError, ValueError):
        found = []
    for one in found:  # the most certain first
        if kind := _MAGIC.get(one.extension.lower()):
            return kind
    return "text/plain" if _is_text(content) and not found else None


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            return False
    head = text.lstrip()[:500].lower()
    if head.startswith(("<", "#!")):
        return False
    return all(character.isprintable() or character in "\t\r\n\f\xa0\xad" for character in text)


def _type_of_zip(content: bytes) -> str | None:
    """Return the type of a document that is a zip underneath. Nothing is unpacked but its own label."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parcel:
            names = parcel.namelist()
            if len(names) > _MOST_PARTS or any(macro in name.lower() for name in names for macro in _MACROS):
                return None
            for name, kind in _IN_A_ZIP.items():
                if name in names:
                    return kind
            if names[:1] == ["mimetype"] and parcel.getinfo("mimetype").file_size < 100:  # noqa: PLR2004
                label = parcel.read("mimetype")
                return label.decode() if label in _OPEN_DOCUMENTS else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        return None
    return None
