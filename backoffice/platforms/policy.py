"""Who may give platforms their keys, and take them back."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from backoffice.platforms.models import ApiKey
from backoffice.staff.models import User
from backoffice.staff.permissions import Permission
from backoffice.staff.policy import Verdict, denied, may

REVOKED = denied("already_revoked", _("This key was revoked before."))


def may_manage_keys(user: User | AnonymousUser) -> Verdict:
    """Return whether `user` may make keys."""
    return may(user, Permission.MANAGE_CONNECTIONS)


def may_revoke(user: User | AnonymousUser, key: ApiKey) -> Verdict:
    """Return whether `user` may stop a key."""
    if not (verdict := may_manage_keys(user)):
        return verdict
    return REVOKED if key.revoked_at is not None else verdict
