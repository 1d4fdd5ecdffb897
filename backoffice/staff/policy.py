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


OWN_ROLES = denied("self", _("You cannot change your own roles. Ask another administrator."))
OWN_ACCOUNT = denied("self", _("You cannot switch off your own account. Ask another administrator."))
OWN_ACCESS = denied("self", _("For yourself, choose another password at your name in the menu."))
NO_PERSON = denied("system", _("This is a part of the system, not a person."))
ALL_RIGHTS = denied("superuser", _("Only somebody with all rights changes an account with all rights."))
IS_ACTIVE = denied("active", _("This account is active."))
IS_INACTIVE = denied("inactive", _("This account was switched off. Switch it on first."))


def may_manage_staff(user: User | AnonymousUser) -> Verdict:
    """Return whether `user` may let people work here."""
    return may(user, Permission.MANAGE_STAFF)


def may_change_roles(user: User, person: User) -> Verdict:
    """Return whether `user` may give `person` other roles: never their own."""
    return _may_change(user, person, own=OWN_ROLES)


def may_reset_access(user: User, person: User) -> Verdict:
    """Return whether `user` may stop the password of `person` and give them an access code."""
    return _may_change(user, person, own=OWN_ACCESS)


def may_deactivate(user: User, person: User) -> Verdict:
    """Return whether `user` may switch the account of `person` off."""
    return _may_change(user, person, own=OWN_ACCOUNT)


def may_reactivate(user: User, person: User) -> Verdict:
    """Return whether `user` may switch the account of `person` on again."""
    verdict = _may_change(user, person, own=IS_ACTIVE)
    if verdict:
        return IS_ACTIVE
    return ALLOWED if verdict is IS_INACTIVE else verdict


def _may_change(user: User, person: User, *, own: Verdict) -> Verdict:
    """Return the first no that holds for an account, `own` for one's own, IS_INACTIVE as the last."""
    if not (verdict := may_manage_staff(user)):
        return verdict
    if person.is_system:
        return NO_PERSON
    if person.pk == user.pk:
        return own
    if person.is_superuser and not user.is_superuser:
        return ALL_RIGHTS
    return verdict if person.is_active else IS_INACTIVE
