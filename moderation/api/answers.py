"""What a platform hears back of a record, and how operations describe what they take."""

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from ninja import Schema

from moderation.services.records import Receipt, Result


class ReceiptOut(Schema):
    """What became of a record.

    `revision` is the one that counts now (null: removed for good); `review_id` the review that
    waits because of this record; `missing` the fields that the site demands and that are not there.
    """

    result: Literal["created", "updated", "unchanged", "ignored", "removed"]
    revision: int | None
    review_id: UUID | None
    missing: list[str]


def told(receipt: Receipt) -> dict[str, Any]:
    """Return what is told of a receipt. Raises its refusal."""
    if receipt.refusal is not None:
        raise receipt.refusal
    return {
        "result": receipt.result.value,
        "revision": receipt.revision,
        "review_id": receipt.review_id,
        "missing": receipt.missing,
    }


def status_of(receipt: Receipt) -> int:
    """Return the HTTP status that goes with a receipt."""
    return 201 if receipt.result == Result.CREATED else 200


def takes_file(content_types: Sequence[str]) -> dict[str, Any]:
    """Return the OpenAPI description of a body that is a file of one of these types."""
    return {"requestBody": {"required": True, "content": {kind: {} for kind in content_types}}}
