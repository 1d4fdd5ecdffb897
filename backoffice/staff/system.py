"""The named users that jobs act as: an actor is never null."""

from backoffice.staff.models import User

INTAKE = "system:intake"
NIGHTLY = "system:nightly"
DELIVERY = "system:delivery"
SETUP = "system:setup"

SYSTEM_USERS = (INTAKE, NIGHTLY, DELIVERY, SETUP)


def system_user(username: str) -> User:
    """Return the system user of that name; `sync_roles` made it.

    Raises User.DoesNotExist for a name that is not in `SYSTEM_USERS`.
    """
    return User.objects.get(username=username, is_system=True)
