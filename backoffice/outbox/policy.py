"""Who may do what with receivers and deliveries."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from backoffice.outbox.models import Delivery, DeliveryState, Mail, MailState, WebhookEndpoint
from backoffice.staff.models import User
from backoffice.staff.permissions import Permission
from backoffice.staff.policy import Verdict, denied, may

INACTIVE = denied("inactive", _("This receiver is not active. Register its address again first."))
ACTIVE = denied("active", _("This receiver is registered already. Rotate its secret instead."))
LAST_SECRET = denied("last_secret", _("This is the only secret of the receiver. Rotate it first."))
NOT_PARKED = denied("not_parked", _("This delivery was not given up: it needs no retry."))
LETTER_NOT_PARKED = denied("not_parked", _("This letter was not given up: it needs no retry."))
NOTHING_PARKED = denied("nothing_parked", _("Nothing was given up for this receiver."))


def may_manage_receivers(user: User | AnonymousUser) -> Verdict:
    """Return whether `user` may register and stop receivers, and handle their secrets."""
    return may(user, Permission.MANAGE_CONNECTIONS)


def may_register_again(user: User | AnonymousUser, endpoint: WebhookEndpoint) -> Verdict:
    """Return whether `user` may let a receiver that was stopped hear decisions again."""
    if not (verdict := may_manage_receivers(user)):
        return verdict
    return ACTIVE if endpoint.active else verdict


def may_change_receiver(user: User | AnonymousUser, endpoint: WebhookEndpoint) -> Verdict:
    """Return whether `user` may stop a receiver, or give it another secret."""
    if not (verdict := may_manage_receivers(user)):
        return verdict
    return verdict if endpoint.active else INACTIVE


def may_retire_secret(user: User | AnonymousUser, endpoint: WebhookEndpoint) -> Verdict:
    """Return whether `user` may stop the use of one of a receiver's secrets."""
    if not (verdict := may_change_receiver(user, endpoint)):
        return verdict
    in_use = endpoint.secrets.filter(retired_at__isnull=True).count()
    return verdict if in_use > 1 else LAST_SECRET


def may_retry(user: User | AnonymousUser, delivery: Delivery) -> Verdict:
    """Return whether `user` may have a delivery that was given up tried again."""
    if not (verdict := may_change_receiver(user, delivery.endpoint)):
        return verdict
    return verdict if delivery.state == DeliveryState.PARKED else NOT_PARKED


def may_retry_all(user: User | AnonymousUser, endpoint: WebhookEndpoint) -> Verdict:
    """Return whether `user` may have all that was given up for a receiver tried again."""
    if not (verdict := may_change_receiver(user, endpoint)):
        return verdict
    parked = endpoint.deliveries.filter(state=DeliveryState.PARKED).exists()
    return verdict if parked else NOTHING_PARKED


def may_read_body(user: User | AnonymousUser) -> Verdict:
    """Return whether `user` may read what a message says, or whom a letter is to.

    It holds why somebody was restricted.
    Who keeps the connections needs only its keys; a role that sees records must come with it.
    """
    return may_manage_receivers(user) and may(user, Permission.SEE_RECORDS)


def may_retry_mail(user: User | AnonymousUser, mail: Mail) -> Verdict:
    """Return whether `user` may have a letter that was given up tried again."""
    if not (verdict := may_manage_receivers(user)):
        return verdict
    return verdict if mail.state == MailState.PARKED else LETTER_NOT_PARKED
