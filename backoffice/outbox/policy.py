"""Who may do what with receivers and deliveries."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from backoffice.outbox.models import WebhookEndpoint
from backoffice.staff.models import User
from backoffice.staff.permissions import Permission
from backoffice.staff.policy import Verdict, denied, may


def may_manage_receivers(user: User | AnonymousUser) -> Verdict:
    """Return whether `user` may register and stop receivers, and handle their secrets."""
    return may(user, Permission.MANAGE_CONNECTIONS)


def may_retry(user: User | AnonymousUser, endpoint: WebhookEndpoint) -> Verdict:
    """Return whether `user` may have what was given up for a receiver tried again."""
    if not (verdict := may_manage_receivers(user)):
        return verdict
    if not endpoint.active:
        return denied("inactive", _("This receiver is not active. Register its address again first."))
    return verdict


def may_retry_mail(user: User | AnonymousUser) -> Verdict:
    """Return whether `user` may have letters that were given up tried again."""
    return may(user, Permission.MANAGE_CONNECTIONS)
