"""Pictures as they come from people, and from people who mean no good."""

import io
import struct
import zlib
from typing import Any

from PIL import ExifTags, Image


def picture(mode: str = "RGB", size: tuple[int, int] = (40, 30), colour: Any = None) -> Image.Image:
    return Image.new(mode, size, colour if colour is not None else {"RGB": (200, 30, 30)}.get(mode, 128))


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def jpeg(colour: tuple[int, int, int] = (200, 30, 30)) -> bytes:
    return encoded(picture(colour=colour))


def jpeg_of_a_place(canary: str) -> bytes:
    """A JPEG whose EXIF says where, with what and by whom it was taken, lying on its side."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Artist] = canary
    exif[ExifTags.Base.Make] = canary
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef] = "N"
    gps[ExifTags.GPS.GPSLatitude] = (52.0, 30.0, 59.0)
    gps[ExifTags.GPS.GPSAreaInformation] = canary
    return encoded(picture(), exif=exif, comment=canary.encode(), icc_profile=canary.encode())


def png_of_bits(bits: int, *, kind: int, pixel: bytes, size: tuple[int, int] = (8, 8)) -> bytes:
    """A PNG written by hand, for depths that Pillow does not write. `kind`: 0 grey, 2 colour."""
    wide, high = size
    header = struct.pack(">IIBBBBB", wide, high, bits, kind, 0, 0, 0)
    rows = (b"\0" + pixel * wide) * high
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(png_chunk, chunks))


def png_chunk(chunk: tuple[bytes, bytes]) -> bytes:
    name, content = chunk
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_bomb(wide: int, high: int) -> bytes:
    """A PNG of some kilobytes that unpacks to `wide` x `high` pixels."""
    header = struct.pack(">IIBBBBB", wide, high, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((wide + 7) // 8 + 1) * high, 9)
    chunks = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(png_chunk, chunks))


def jpeg_of_many_scans(scans: int, size: tuple[int, int] = (64, 64)) -> bytes:
    """A small progressive JPEG whose last pass over the pixels is repeated."""
    plain = encoded(picture("L", size), progressive=True)
    last = plain[plain.rindex(b"\xff\xc4") : -2]
    return plain[:-2] + last * scans + plain[-2:]
