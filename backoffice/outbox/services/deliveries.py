"""Delivering what is due: claimed, sent and written down in three steps, so that any may fail.

A claim is a short transaction; sending happens outside any; the result is written only while the
claim is still ours. A sender that dies leaves its claim to run out, and the message is sent again
with the same `webhook-id`: at least once, and never twice at the same time.
"""

import json
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from backoffice.crypto import CannotDecrypt
from backoffice.outbox.models import Delivery, DeliveryState, WebhookSecret
from backoffice.outbox.services.claims import claim, failed
from backoffice.outbox.services.endpoints import INACTIVE
from backoffice.outbox.services.sending import Message, Result, send_all
from backoffice.outbox.services.signing import keys_of, signed_headers

SIDE_BY_SIDE = 10
"""How many are claimed and sent at a time: so many are sent again when a sender is killed."""


def deliver_due(*, at: datetime, limit: int = 50) -> int:
    """Send up to `limit` messages that are due at `at`, those never tried first.

    Accepted (2xx): delivered, and the body is emptied. Otherwise it is tried again after a pause
    that doubles, with some chance in it; parked after `settings.DELIVERY_MAX_ATTEMPTS`, on 410
    Gone, and when nothing may be sent to its address. Messages may arrive out of order.

    Returns how many were claimed; call again while it is `limit`. Refuses to run in a transaction.
    """
    started = time.monotonic()
    count = 0
    while count < limit:
        moment = at + timedelta(seconds=time.monotonic() - started)
        claimed = _claim(at=moment, limit=min(SIDE_BY_SIDE, limit - count))
        if not claimed:
            break
        count += len(claimed)
        for delivery, result in _send_claimed(claimed, at=moment):
            _write_down(delivery, result, at=at + timedelta(seconds=time.monotonic() - started))
    return count


def _claim(*, at: datetime, limit: int) -> list[Delivery]:
    return list(
        Delivery.objects.filter(pk__in=claim(Delivery, at=at, limit=limit)).select_related("endpoint")
    )


def _send_claimed(claimed: Sequence[Delivery], *, at: datetime) -> list[tuple[Delivery, Result]]:
    in_use = WebhookSecret.objects.filter(
        endpoint__in={delivery.endpoint_id for delivery in claimed}, retired_at__isnull=True
    )
    secrets: dict[UUID, list[WebhookSecret]] = {}
    for secret in in_use:
        secrets.setdefault(secret.endpoint_id, []).append(secret)
    results: list[tuple[Delivery, Result]] = []
    ready: list[tuple[Delivery, Message]] = []
    for delivery in claimed:
        prepared = _prepare(delivery, secrets.get(delivery.endpoint_id, []), at=at)
        if isinstance(prepared, Message):
            ready.append((delivery, prepared))
        else:
            results.append((delivery, prepared))
    sent = send_all([message for _delivery, message in ready])
    return results + [(delivery, result) for (delivery, _message), result in zip(ready, sent, strict=True)]


def _prepare(delivery: Delivery, secrets: Sequence[WebhookSecret], *, at: datetime) -> Message | Result:
    if not delivery.endpoint.active:  # it was stopped while this was being written
        return Result(INACTIVE, hopeless=True)
    try:
        keys = keys_of(secrets)
    except CannotDecrypt:
        return Result("secret_unreadable")
    body = json.dumps(delivery.body, ensure_ascii=False, separators=(",", ":")).encode()
    headers = signed_headers(message=delivery.pk, body=body, keys=keys, at=at)
    return Message(url=delivery.endpoint.url, headers=headers, body=body)


def _write_down(delivery: Delivery, result: Result, *, at: datetime) -> None:
    row = Delivery.objects.filter(pk=delivery.pk)
    if not result.problem:
        # Accepted is accepted, even when our claim ran out meanwhile and another sender has it.
        row.exclude(state=DeliveryState.DELIVERED).update(
            state=DeliveryState.DELIVERED, delivered_at=at, body={}, claimed_until=None, last_problem=""
        )
        return
    failed(delivery, problem=result.problem, hopeless=result.hopeless, at=at)
