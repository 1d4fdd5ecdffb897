"""Many records, a line of JSON each: read, taken in by some hundreds, answered line by line."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

import pydantic
from django.conf import settings

from backoffice.errors import DomainError
from backoffice.platforms.api.problems import Problem, Refused, problem, problem_of, problem_of_validation
from backoffice.staff.models import User
from moderation.api.answers import status_of, told
from moderation.api.lines import read_line
from moderation.services.intake import receive_records
from moderation.services.records import Record

BATCH = 500

Answer = dict[str, Any]
"""`line`, `status`, and what is told of the receipt; or, of a line that was refused, its `problem`."""


def receive_lines(
    lines: Iterable[tuple[int, bytes]], *, actor: User, site: str = "", at: datetime
) -> Iterator[list[Answer]]:
    """Take in numbered lines and yield their answers, a batch at a time, in order.

    Each batch is a transaction of its own; a line that is refused stops nothing. With `site`, a
    record of any other site is refused.
    """
    numbered = iter(lines)
    while part := list(islice(numbered, BATCH)):
        answers: dict[int, Answer] = {}
        records: dict[int, Record] = {}
        for number, line in part:
            try:
                records[number] = _read(line, site=site, at=at)
            except Refused as refusal:
                answers[number] = _refused(number, refusal.problem)
        receipts = receive_records(actor=actor, records=list(records.values()), at=at)
        for number, receipt in zip(records, receipts, strict=True):
            if receipt.refusal is not None:
                answers[number] = _refused(number, problem_of(receipt.refusal))
            else:
                answers[number] = {"line": number, "status": status_of(receipt), **told(receipt)}
        yield [answers[number] for number, _line in part]


def _read(line: bytes, *, site: str, at: datetime) -> Record:
    if len(line) > settings.API_MAX_BODY_BYTES:
        limit = settings.API_MAX_BODY_BYTES
        raise Refused(problem(413, f"At most {limit} bytes are taken in a line.", code="too-large"))
    try:
        record = read_line(line, at=at)
    except pydantic.ValidationError as error:
        raise Refused(problem_of_validation(error, within=1)) from None
    except DomainError as refusal:
        raise Refused(problem_of(refusal)) from None
    if site and record.site != site:
        raise Refused(problem(403, "This key is for another site.", code="site"))
    return record


def _refused(number: int, why: Problem) -> Answer:
    return {"line": number, "status": why.status, "problem": why.dict()}
