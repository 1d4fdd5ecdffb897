"""What happens to the keys of platforms."""

from dataclasses import dataclass
from typing import ClassVar

from backoffice.audit.events import EventData
from backoffice.platforms.models import Scope


@dataclass(frozen=True, kw_only=True)
class ApiKeyCreated(EventData):
    """A platform got a key."""

    kind: ClassVar[str] = "api_key.created"
    scopes: tuple[Scope, ...]


@dataclass(frozen=True, kw_only=True)
class ApiKeyRevoked(EventData):
    """A key stopped working."""

    kind: ClassVar[str] = "api_key.revoked"
