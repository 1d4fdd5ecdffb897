"""What is done to who works here: keys and codes only."""

from dataclasses import dataclass
from typing import ClassVar

from backoffice.audit.events import EventData


@dataclass(frozen=True, kw_only=True)
class StaffInvited(EventData):
    """Somebody may begin to work here. Roles are named by code."""

    kind: ClassVar[str] = "staff.invited"
    roles: list[str]


@dataclass(frozen=True, kw_only=True)
class RolesChanged(EventData):
    """Somebody got other roles."""

    kind: ClassVar[str] = "staff.roles_changed"
    added: list[str]
    removed: list[str]


@dataclass(frozen=True, kw_only=True)
class AccessReset(EventData):
    """A password stopped working, and an access code was made for a new one."""

    kind: ClassVar[str] = "staff.access_reset"


@dataclass(frozen=True, kw_only=True)
class PasswordChosen(EventData):
    """Somebody chose a password with an access code."""

    kind: ClassVar[str] = "staff.password_chosen"


@dataclass(frozen=True, kw_only=True)
class StaffDeactivated(EventData):
    """Somebody no longer works here, or not for now."""

    kind: ClassVar[str] = "staff.deactivated"


@dataclass(frozen=True, kw_only=True)
class StaffReactivated(EventData):
    """Somebody works here again."""

    kind: ClassVar[str] = "staff.reactivated"
