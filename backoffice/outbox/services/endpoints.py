"""Receivers: the addresses of platforms that hear what was decided, and their signing secrets."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from backoffice.audit.events import record
from backoffice.errors import DomainError
from backoffice.outbox import events, policy
from backoffice.outbox.models import Delivery, DeliveryState, WebhookEndpoint, WebhookSecret
from backoffice.outbox.services.addresses import check_address
from backoffice.outbox.services.signing import make_secret
from backoffice.platforms.sites import canonical
from backoffice.staff.models import User
from backoffice.staff.policy import require

SECRETS_IN_USE = 2
INACTIVE = "endpoint_inactive"


class UnknownSite(DomainError):
    """That is not one of the sites that WeHelpen watches over."""

    code = "unknown_site"


class AlreadyRegistered(DomainError):
    """The site has this receiver already, and it is active."""

    code = "already_registered"


class EndpointNotActive(DomainError):
    """Nothing can be changed about a receiver that was deactivated."""

    code = "endpoint_not_active"


class SecretsMoved(DomainError):
    """Somebody else gave the receiver another secret in the meantime."""

    code = "secrets_moved"


class LastSecret(DomainError):
    """A receiver cannot do without a secret."""

    code = "last_secret"


@transaction.atomic
def register_endpoint(*, actor: User, site: str, url: str, at: datetime) -> tuple[WebhookEndpoint, str]:
    """Let the receiver at `url` hear the decisions about `site` from now on.

    Returns it with its first signing secret `whsec_...`, which is not shown again. An address
    that was deactivated comes back with a new secret only. Undone by `deactivate_endpoint`.
    Raises UnknownSite, AddressRefused, AlreadyRegistered, NotAllowed.
    """
    require(policy.may_manage_receivers(actor))
    known = canonical(site)
    if known is None:
        raise UnknownSite(_("This is not one of our sites."), field="site")
    check_address(url)
    found = WebhookEndpoint.objects.select_for_update(no_key=True).filter(site=known, url=url).first()
    if found is not None and found.active:
        raise _already_registered()
    endpoint = found or WebhookEndpoint(site=known, url=url, created_at=at)
    endpoint.active = True
    try:
        with transaction.atomic():
            endpoint.store(reason="registered", at=at)
    except IntegrityError as problem:  # somebody registered it in the same instant
        raise _already_registered() from problem
    _retire(list(_in_use(endpoint)), at=at)
    _secret, text = make_secret(endpoint=endpoint, at=at)
    record(
        events.EndpointRegistered(site=known, again=found is not None),
        actor=actor,
        subject=endpoint,
        at=at,
    )
    return endpoint, text


@transaction.atomic
def deactivate_endpoint(*, actor: User, endpoint_id: UUID, at: datetime) -> WebhookEndpoint:
    """Send nothing more to a receiver. What waits for it is parked, and its decisions stay in the feed.

    Undone by registering the address again and retrying what was parked.
    Raises EndpointNotActive, NotAllowed.
    """
    endpoint = _lock_active(endpoint_id, actor)
    endpoint.active = False
    endpoint.store(reason="deactivated", at=at, fields=["active"])
    parked = Delivery.objects.filter(endpoint=endpoint, state=DeliveryState.WAITING).update(
        state=DeliveryState.PARKED, last_problem=INACTIVE, claimed_until=None
    )
    record(events.EndpointDeactivated(parked=parked), actor=actor, subject=endpoint, at=at)
    return endpoint


@transaction.atomic
def rotate_secret(*, actor: User, endpoint_id: UUID, at: datetime, newest: int | None = None) -> str:
    """Sign with another secret as well, and return it (`whsec_...`, not shown again).

    Two are in use at once, so that the receiver can change over; a third retires the oldest.
    `newest` is the key of the newest secret that the caller knows of: doing it twice by accident
    would retire the one that the receiver uses. Cannot be undone.
    Raises SecretsMoved when there is a newer one, EndpointNotActive, NotAllowed.
    """
    endpoint = _lock_active(endpoint_id, actor)
    if newest is not None and newest != newest_secret(endpoint):
        raise SecretsMoved(_("This receiver got another secret a moment ago. Look at it before you rotate."))
    kept = _in_use(endpoint)[: SECRETS_IN_USE - 1]
    gone = list(_in_use(endpoint).exclude(pk__in=[secret.pk for secret in kept]))
    _retire(gone, at=at)
    secret, text = make_secret(endpoint=endpoint, at=at)
    record(
        events.SecretRotated(secret_id=secret.pk, retired=[old.pk for old in gone]),
        actor=actor,
        subject=endpoint,
        at=at,
    )
    return text


@transaction.atomic
def retire_secret(*, actor: User, secret_id: int, at: datetime) -> WebhookSecret:
    """Stop signing with a secret and empty it. Cannot be undone.

    Does nothing to one that was retired before. Raises LastSecret, EndpointNotActive, NotAllowed.
    """
    endpoint_id = WebhookSecret.objects.values_list("endpoint_id", flat=True).get(pk=secret_id)
    endpoint = _lock_active(endpoint_id, actor)
    secret = WebhookSecret.objects.get(pk=secret_id)
    if secret.retired_at is not None:
        return secret
    if _in_use(endpoint).count() == 1:
        raise LastSecret(policy.LAST_SECRET.message)
    _retire([secret], at=at)
    record(events.SecretRetired(secret_id=secret.pk), actor=actor, subject=endpoint, at=at)
    return secret


def _already_registered() -> AlreadyRegistered:
    return AlreadyRegistered(policy.ACTIVE.message, field="url")


def _lock_active(endpoint_id: UUID, actor: User) -> WebhookEndpoint:
    endpoint: WebhookEndpoint = WebhookEndpoint.objects.select_for_update(no_key=True).get(pk=endpoint_id)
    require(policy.may_manage_receivers(actor))
    if not endpoint.active:
        raise EndpointNotActive(policy.INACTIVE.message)
    return endpoint


def newest_secret(endpoint: WebhookEndpoint) -> int | None:
    """Return the key of the newest secret in use; None when there is none."""
    return _in_use(endpoint).values_list("pk", flat=True).first()


def _in_use(endpoint: WebhookEndpoint) -> QuerySet[WebhookSecret]:
    """The secrets that messages are signed with, newest first."""
    return endpoint.secrets.filter(retired_at__isnull=True)


def _retire(secrets: Sequence[WebhookSecret], *, at: datetime) -> None:
    for secret in secrets:
        secret.retired_at = at
        secret.ciphertext = b""
        secret.save(update_fields=["retired_at", "ciphertext"])
