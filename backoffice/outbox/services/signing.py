"""Signing secrets, and signatures as Standard Webhooks has them (standardwebhooks.com, v1)."""

import hmac
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from secrets import token_bytes
from uuid import UUID

from backoffice.crypto import decrypt, encrypt
from backoffice.outbox.models import WebhookEndpoint, WebhookSecret


def make_secret(*, endpoint: WebhookEndpoint, at: datetime) -> tuple[WebhookSecret, str]:
    """Store another signing secret. Returns it with its text `whsec_...`, which is shown only once."""
    key = token_bytes(32)
    secret = WebhookSecret.objects.create(endpoint=endpoint, ciphertext=encrypt(key), created_at=at)
    return secret, f"whsec_{b64encode(key).decode()}"


def keys_of(secrets: Sequence[WebhookSecret]) -> list[bytes]:
    """Return the keys themselves. Raises CannotDecrypt when FIELD_KEYS no longer holds theirs."""
    return [decrypt(bytes(secret.ciphertext)) for secret in secrets]


def signed_headers(*, message: UUID, body: bytes, keys: Sequence[bytes], at: datetime) -> dict[str, str]:
    """Return the headers that prove `body` to whoever holds one of `keys`.

    Ours rather than the library's `sign()`, which takes any aware moment for UTC.
    """
    seconds = str(int(at.timestamp()))
    signed = b".".join([str(message).encode(), seconds.encode(), body])
    signatures = [f"v1,{b64encode(hmac.digest(key, signed, 'sha256')).decode()}" for key in keys]
    return {
        "webhook-id": str(message),
        "webhook-timestamp": seconds,
        "webhook-signature": " ".join(signatures),
    }
