"""Many records at once: a line in, a line out."""

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from ninja import Router

from backoffice import clock
from backoffice.platforms.api.authentication import KeyAuth, intake_acts, intake_user, key_of
from backoffice.platforms.api.bodies import read_body
from backoffice.platforms.api.problems import Problem, refused
from backoffice.platforms.api.queries import takes_query
from backoffice.platforms.models import Scope
from moderation.api.answers import ReceiptOut
from moderation.api.batches import receive_lines
from moderation.api.lines import LINES

router = Router(auth=KeyAuth(Scope.INTAKE), tags=["intake"])

NDJSON = "application/x-ndjson"


def _describe() -> dict[str, Any]:
    answered: dict[str, Any] = {
        "type": "object",
        "required": ["line", "status"],
        "properties": {
            "line": {"type": "integer", "minimum": 1},
            "status": {"type": "integer"},
            **ReceiptOut.model_json_schema()["properties"],
            "problem": Problem.model_json_schema(),
        },
    }
    schema = LINES.json_schema()
    return {
        "requestBody": {"required": True, "content": {NDJSON: {"schema": schema}}},
        "responses": {
            200: {"description": "A line for each line", "content": {NDJSON: {"schema": answered}}}
        },
    }


@router.post("records", response={200: None}, openapi_extra=_describe())
@intake_acts
@takes_query()
def post_records(request: HttpRequest) -> Any:
    """Hand over up to 10,000 records, one JSON object a line, and hear of each what became of it.

    Lines are taken in by some hundreds; one that is refused does not stop the others. Sending the
    same again is safe.
    """
    content = read_body(
        request,
        limit=settings.API_MAX_RECORDS_BYTES,
        types=(NDJSON, "application/ndjson", "application/jsonl"),
    )
    most = settings.API_MAX_RECORDS
    if content.count(b"\n") + (not content.endswith(b"\n")) > most:
        raise refused(413, f"At most {most} lines are taken.", code="too-many-lines")
    batches = receive_lines(_lines(content), actor=intake_user(), site=key_of(request).site, at=clock.now())
    answers = [json.dumps(answer, cls=DjangoJSONEncoder) for batch in batches for answer in batch]
    return HttpResponse("".join(f"{answer}\n" for answer in answers), content_type=NDJSON)


def _lines(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield every line that is not blank, with its number from 1. JSON has no line feed in it."""
    start = number = 0
    while start < len(content):
        end = content.find(b"\n", start)
        end = len(content) if end < 0 else end
        number += 1
        line = content[start:end]
        if line.strip():
            yield number, line
        start = end + 1
