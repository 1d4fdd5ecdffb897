"""Reading what is sent, never more than was agreed, and never in two ways."""

import json
from collections.abc import Collection
from typing import Any, NoReturn

from django.http import HttpRequest
from django.http.request import UnreadablePostError

from backoffice.platforms.api.problems import FieldProblem, Refused, known_name, problem, refused

_PIECE = 64 * 1024


def read_body(request: HttpRequest, *, limit: int, types: Collection[str]) -> bytes:
    """Return the body of at most `limit` bytes, sent as one of `types`.

    Refused before anything is read: 415 for another type or an encoding, 411 without a length,
    413 for too great a length. `limit` is kept while reading too, whatever the length said.
    """
    content_type = request.headers.get("Content-Type", "")
    kind, _, parameters = content_type.partition(";")
    charset = parameters.strip().lower().removeprefix("charset=").strip('"')
    if kind.strip().lower() not in types or charset not in {"", "utf-8", "utf8"}:
        raise refused(415, f"Send it as {' or '.join(sorted(types))}, in UTF-8.", code="content-type")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise refused(415, "Send it without Content-Encoding.", code="content-encoding")
    length = request.headers.get("Content-Length", "")
    if not (length.isascii() and length.isdigit()):
        raise refused(411, "Say how long the body is in Content-Length.", code="length")
    too_large = refused(413, f"At most {limit} bytes are taken.", code="too-large")
    if len(length) > 18 or int(length) > limit:  # noqa: PLR2004 - longer than any number of bytes
        raise too_large
    body = bytearray()
    try:
        while piece := request.read(_PIECE):
            body += piece
            if len(body) > limit:
                raise too_large
    except UnreadablePostError:
        raise refused(400, "The body ended before its length.", code="incomplete") from None
    if len(body) < int(length):
        raise refused(400, "The body ended before its length.", code="incomplete")
    return bytes(body)


def require_one_reading(content: bytes) -> None:
    """Refuse JSON that one program may read differently from another.

    `content` is valid JSON in UTF-8, not nested deeply. Raises Refused: 422 for a name that is there
    twice in one object (RFC 8259, 4), 400 for NaN and Infinity, which are no JSON.
    """
    _ONE_READING.decode(content.decode())


def _once(pairs: list[tuple[str, Any]]) -> None:
    names = {name for name, _value in pairs}
    if len(names) < len(pairs):
        for name, _value in pairs:
            if name not in names:
                break
            names.remove(name)
        error = FieldProblem(field=known_name(name), code="repeated", message="This field is there twice.")
        raise Refused(
            problem(422, "A field is there twice. Nothing was changed.", errors=[error], code="fields")
        )


def _no_json(_constant: str) -> NoReturn:
    raise refused(400, "The body is not valid JSON: NaN and Infinity are no numbers.", code="json")


# Values are of no interest here: a number of any length becomes its length.
_ONE_READING = json.JSONDecoder(
    object_pairs_hook=_once, parse_int=len, parse_float=len, parse_constant=_no_json
)
