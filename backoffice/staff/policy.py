"""A policy's answer: yes, or no with its reason.

Services raise on a no (`require`); pages show the same words on a greyed button.
"""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backoffice.errors import DomainError
from backoffice.staff.models import User
from backoffice.staff.permissions import Permission
from backoffice.staff.system import JOBS


@dataclass(frozen=True)
class Verdict:
    """Whether something may be done, and if not, why not (`code` for programs)."""

    allowed: bool
    code: str = ""
    message: str | Promise = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(allowed=True)


def denied(code: str, message: str | Promise) -> Verdict:
    """Return a no with its reason in words."""
    return Verdict(allowed=False, code=code, message=message)


class NotAllowed(DomainError):
    """The policy said no."""

    code = "not_allowed"


def require(verdict: Verdict) -> None:
    """Raise NotAllowed with the verdict's own words unless it is a yes."""
    if not verdict:
        raise NotAllowed(verdict.message, code=verdict.code)


def may(user: User | AnonymousUser, permission: Permission) -> Verdict:
    """Return whether a role of `user` holds `permission`.

    System users have no role and nobody signs in as one: what such a job may do is what `JOBS`
    gives it, whatever groups or superuser flag somebody has put on its row.
    """
    if isinstance(user, User) and user.is_system:
        holds = permission in JOBS.get(user.username, frozenset())
    else:
        holds = user.is_active and user.has_perm(permission.full_name)
    if holds:
        return ALLOWED
    return denied("no_permission", _("Your role does not allow this. Ask your coordinator."))
