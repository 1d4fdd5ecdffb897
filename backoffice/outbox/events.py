"""What is done to receivers and deliveries."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from backoffice.audit.events import EventData


@dataclass(frozen=True, kw_only=True)
class EndpointRegistered(EventData):
    """A receiver was registered; `again` when it had been deactivated before."""

    kind: ClassVar[str] = "webhook_endpoint.registered"
    site: str
    again: bool


@dataclass(frozen=True, kw_only=True)
class EndpointDeactivated(EventData):
    """A receiver hears nothing more; `parked` deliveries were waiting for it."""

    kind: ClassVar[str] = "webhook_endpoint.deactivated"
    parked: int


@dataclass(frozen=True, kw_only=True)
class SecretRotated(EventData):
    """A receiver got another signing secret; `retired` older ones went."""

    kind: ClassVar[str] = "webhook_secret.rotated"
    secret_id: int
    retired: list[int]


@dataclass(frozen=True, kw_only=True)
class SecretRetired(EventData):
    """A signing secret is no longer used."""

    kind: ClassVar[str] = "webhook_secret.retired"
    secret_id: int


@dataclass(frozen=True, kw_only=True)
class DeliveryRetried(EventData):
    """A delivery that was given up is tried again; `problem` is the code of what stood in its way."""

    kind: ClassVar[str] = "delivery.retried"
    endpoint_id: UUID
    problem: str


@dataclass(frozen=True, kw_only=True)
class MailRetried(EventData):
    """A letter that was given up is tried again; `problem` is the code of what stood in its way."""

    kind: ClassVar[str] = "mail.retried"
    problem: str


@dataclass(frozen=True, kw_only=True)
class MailBounced(EventData):
    """A letter came back; `code` says why."""

    kind: ClassVar[str] = "mail.bounced"
    code: str


@dataclass(frozen=True, kw_only=True)
class DeliveriesRetried(EventData):
    """All that was given up for a receiver is tried again."""

    kind: ClassVar[str] = "webhook_endpoint.deliveries_retried"
    count: int
