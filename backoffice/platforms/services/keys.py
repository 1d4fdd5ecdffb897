"""Giving a platform its key, and taking it back."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.errors import DomainError
from backoffice.platforms import events, policy
from backoffice.platforms.models import ApiKey, Scope
from backoffice.platforms.sites import UnknownSite, canonical
from backoffice.staff.models import User
from backoffice.staff.policy import require

KEY_PREFIX = "whb_"
ACTIVE_AT_ONCE = 2


class UnknownScope(DomainError):
    """A scope that does not exist, or none at all."""

    code = "unknown_scope"


class NameMissing(DomainError):
    """A key without a name, or with one that is too long."""

    code = "required"


class TooManyKeys(DomainError):
    """Two keys of this name are in use already: one to use, one to change over to."""

    code = "too_many_keys"


class AlreadyRevoked(DomainError):
    """The key stopped working before."""

    code = "already_revoked"


def digest_of(secret: str) -> str:
    """Return the hexadecimal SHA-256 under which a key is kept.

    A fast digest is enough: the key holds 256 random bits, so there is nothing to guess.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


@domain_action
def create_api_key(
    *, actor: User, name: str, site: str, scopes: Sequence[str], at: datetime
) -> tuple[ApiKey, str]:
    """Make a key for one site and return it with its secret, which is shown this once only.

    Two keys of one name and site may be in use, so that one can be changed for the other.
    Raises NotAllowed, NameMissing, UnknownSite, UnknownScope, TooManyKeys.
    """
    require(policy.may_manage_keys(actor))
    name = name.strip()
    if not 0 < len(name) <= 60:  # noqa: PLR2004 - the column's length
        raise NameMissing(_("Give the key a name of at most 60 characters."), field="name")
    ours = canonical(site)
    if ours is None:
        raise UnknownSite(_("This is not a site of WeHelpen."), field="site")
    if not scopes or not set(scopes) <= set(Scope.values):
        raise UnknownScope(
            _("Choose from these scopes: %(scopes)s.") % {"scopes": ", ".join(Scope.values)}, field="scopes"
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"api-key\n{ours}\n{name}"])
    if ApiKey.objects.filter(name=name, site=ours, revoked_at=None).count() >= ACTIVE_AT_ONCE:
        raise TooManyKeys(_("Two keys of this name are in use already. Revoke one first."), field="name")
    secret = KEY_PREFIX + secrets.token_urlsafe(32)
    key = ApiKey(
        name=name,
        site=ours,
        scopes=sorted(set(scopes)),
        prefix=secret[: len(KEY_PREFIX) + 6],
        digest=digest_of(secret),
        created_at=at,
    )
    key.store(reason="created", at=at)
    record(
        events.ApiKeyCreated(scopes=tuple(Scope(scope) for scope in key.scopes)),
        actor=actor,
        subject=key,
        at=at,
    )
    return key, secret


@domain_action
def revoke_api_key(*, actor: User, key_id: UUID, at: datetime) -> ApiKey:
    """Stop a key at once. Cannot be undone: make a new one. Raises NotAllowed, AlreadyRevoked."""
    key: ApiKey = ApiKey.objects.select_for_update(no_key=True).get(pk=key_id)
    require(policy.may_manage_keys(actor))
    if not (verdict := policy.may_revoke(actor, key)):
        raise AlreadyRevoked(verdict.message)
    key.revoked_at = at
    key.store(reason="revoked", at=at, fields=["revoked_at"])
    record(events.ApiKeyRevoked(), actor=actor, subject=key, at=at)
    return key
