"""Groups, permissions and system users, kept in step with `permissions.py`."""

from typing import Any

from django.contrib.auth.models import Group
from django.contrib.auth.models import Permission as DjangoPermission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from backoffice.staff.models import User
from backoffice.staff.permissions import ROLES, Permission, Role
from backoffice.staff.system import SYSTEM_USERS


@transaction.atomic
def sync_roles(**_kwargs: Any) -> None:
    """Make the database hold exactly the permissions, groups and system users of the code.

    Safe to run again. A group that is not a role is left alone.
    """
    holder = ContentType.objects.get_for_model(User)
    held = {}
    for permission in Permission:
        held[permission], _ = DjangoPermission.objects.update_or_create(
            content_type=holder, codename=permission.value, defaults={"name": permission.value}
        )
    for role in Role:
        group, _ = Group.objects.get_or_create(name=role.value)
        group.permissions.set([held[permission] for permission in ROLES[role]])
    for username in SYSTEM_USERS:
        if not User.objects.filter(username=username).exists():
            user = User(username=username, display_name=username, is_system=True, is_active=True)
            user.set_unusable_password()
            user.save_without_historical_record()
