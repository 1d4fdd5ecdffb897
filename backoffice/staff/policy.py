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
    """Return whether a role of `user` holds `permission`. System users act by their job alone."""
    if user.is_active and user.has_perm(permission.full_name):
        return ALLOWED
    return denied("no_permission", _("Your role does not allow this. Ask your coordinator."))
