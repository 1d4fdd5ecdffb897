"""Who works here, with which roles. Nobody is ever deleted: history must keep naming them."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import Group
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.audit.meanwhile import require_unchanged
from backoffice.errors import DomainError
from backoffice.platforms.plain_text import NotPlain, plain_line
from backoffice.staff import events, policy
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from backoffice.staff.policy import Verdict, require
from backoffice.staff.services.access import code_for

LONGEST_USERNAME = 60
LONGEST_NAME = 80


class NameRefused(DomainError):
    """A name is missing, too long, or holds what a name does not."""

    code = "invalid"


class UsernameTaken(DomainError):
    """Somebody signs in under this name already; capitals make no difference."""

    code = "username_taken"


class UnknownRole(DomainError):
    """A role that does not exist, or none at all."""

    code = "unknown_role"


class AccountStands(DomainError):
    """The account is switched on, or off, already."""

    code = "stands"


@domain_action
def invite_staff(
    *, actor: User, username: str, display_name: str, roles: Iterable[str], at: datetime
) -> tuple[User, str]:
    """Let somebody work here. Undone by `deactivate_staff`.

    Returns the account with an access code, shown this once: with it they choose a password of
    their own (`choose_password`). Raises NameRefused, UsernameTaken, UnknownRole, NotAllowed.
    """
    require(policy.may_manage_staff(actor))
    chosen = _roles(roles)
    person = User(
        username=_username(username),
        display_name=_display_name(display_name),
        is_staff=True,
        date_joined=at,
    )
    person.set_unusable_password()
    if User.objects.filter(username__iexact=person.username).exists():
        raise _taken()
    try:
        with transaction.atomic():
            person.store(reason=_words(gettext("invited"), chosen), at=at)
    except IntegrityError as problem:  # somebody was quicker
        raise _taken() from problem
    person.groups.set(_groups(chosen))
    record(events.StaffInvited(roles=_codes(chosen)), actor=actor, subject=person, at=at)
    return person, code_for(person, at=at)


@domain_action
def change_roles(*, actor: User, user_id: int, seen: int, roles: Iterable[str], at: datetime) -> User:
    """Give somebody exactly these roles; they hold from their next click. Writes nothing when they have them.

    `seen` is the version that the actor looked at (`backoffice.audit.meanwhile`).
    Raises ChangedMeanwhile, UnknownRole, NotAllowed (also for oneself).
    """
    actor, person = _lock(actor, user_id)
    require(policy.may_change_roles(actor, person))
    require_unchanged(person, seen=seen)
    now, before = _roles(roles), roles_of(person)
    if now == before:
        return person
    person.groups.remove(*_groups(before - now))
    person.groups.add(*_groups(now - before))
    person.store(reason=_words(gettext("roles"), now), at=at, fields=["is_active"])
    record(
        events.RolesChanged(added=_codes(now - before), removed=_codes(before - now)),
        actor=actor,
        subject=person,
        at=at,
    )
    return person


@domain_action
def deactivate_staff(*, actor: User, user_id: int, at: datetime) -> User:
    """Switch an account off: who is signed in with it is out at the next click. Undone by `reactivate_staff`.

    Raises AccountStands, NotAllowed (also for oneself).
    """
    actor, person = _lock(actor, user_id)
    _require(policy.may_deactivate(actor, person), stands=policy.IS_INACTIVE)
    person.is_active = False
    person.store(reason="switched_off", at=at, fields=["is_active"])
    record(events.StaffDeactivated(), actor=actor, subject=person, at=at)
    return person


@domain_action
def reactivate_staff(*, actor: User, user_id: int, at: datetime) -> tuple[User, str]:
    """Switch an account on again, with the roles it had. The old password and sessions do not come back.

    Returns the account with an access code, as `invite_staff` does. Raises AccountStands, NotAllowed.
    """
    actor, person = _lock(actor, user_id)
    _require(policy.may_reactivate(actor, person), stands=policy.IS_ACTIVE)
    person.is_active = True
    person.set_unusable_password()
    person.store(reason="reactivated", at=at, fields=["is_active", "password"])
    record(events.StaffReactivated(), actor=actor, subject=person, at=at)
    return person, code_for(person, at=at)


@domain_action
def reset_access(*, actor: User, user_id: int, at: datetime) -> tuple[User, str]:
    """Stop the password of an account at once, and every session with it. Cannot be undone.

    Returns the account with an access code, as `invite_staff` does. Raises NotAllowed (also for oneself).
    """
    actor, person = _lock(actor, user_id)
    require(policy.may_reset_access(actor, person))
    person.set_unusable_password()
    person.store(reason="access_reset", at=at, fields=["password"])
    record(events.AccessReset(), actor=actor, subject=person, at=at)
    return person, code_for(person, at=at)


def roles_of(person: User) -> frozenset[Role]:
    """Return the roles that somebody has. Uses what was prefetched."""
    return frozenset(Role(group.name) for group in person.groups.all() if group.name in set(Role))


def _lock(actor: User, user_id: int) -> tuple[User, User]:
    """Return the actor and the person as they are now, both locked.

    So of two administrators who switch each other off, one comes too late: somebody always remains.
    """
    rows = {
        user.pk: user
        for user in User.objects.filter(pk__in={actor.pk, user_id})
        .order_by("pk")
        .select_for_update(no_key=True)
    }
    if user_id not in rows:
        raise User.DoesNotExist
    return rows[actor.pk], rows[user_id]


def _require(verdict: Verdict, *, stands: Verdict) -> None:
    if verdict is stands:
        raise AccountStands(verdict.message)
    require(verdict)


def _username(typed: str) -> str:
    username = User.normalize_username(typed.strip())
    try:
        UnicodeUsernameValidator()(username)
    except ValidationError:
        username = ""
    if not 0 < len(username) <= LONGEST_USERNAME:
        raise NameRefused(
            _("A user name has 1 to 60 letters, digits or @ . + - _ and no spaces."), field="username"
        )
    return username


def _display_name(typed: str) -> str:
    try:
        name = plain_line(typed, longest=LONGEST_NAME)
    except NotPlain:
        name = ""
    if not name:
        raise NameRefused(
            _("Give the name that colleagues see, of at most 80 characters."), field="display_name"
        )
    return name


def _roles(given: Iterable[str]) -> frozenset[Role]:
    names = set(given)
    if not names or not names <= set(Role):
        raise UnknownRole(_("Choose at least one of the roles."), field="roles")
    return frozenset(Role(name) for name in names)


def _groups(roles: Iterable[Role]) -> list[Group]:
    return list(Group.objects.filter(name__in=[role.value for role in roles]))


def _codes(roles: Iterable[Role]) -> list[str]:
    return sorted(role.name.lower() for role in roles)


def _words(what: str, roles: Iterable[Role]) -> str:
    """Return why a version was written: groups are in no history row, so the roles are named here."""
    return f"{what}: {', '.join(str(role.label) for role in Role if role in set(roles))}"


def _taken() -> UsernameTaken:
    return UsernameTaken(_("Somebody signs in under this name already. Choose another."), field="username")
