"""The named users that jobs act as: an actor is never null."""

from backoffice.staff.models import User
from backoffice.staff.permissions import Permission

INTAKE = "system:intake"
NIGHTLY = "system:nightly"
DELIVERY = "system:delivery"
SETUP = "system:setup"

JOBS: dict[str, frozenset[Permission]] = {
    INTAKE: frozenset({Permission.HANDLE_DOSSIERS}),
    NIGHTLY: frozenset(),
    DELIVERY: frozenset(),
    SETUP: frozenset({Permission.MANAGE_CONNECTIONS}),
}
"""What each job may do of what a service asks a permission for."""

SYSTEM_USERS = tuple(JOBS)


def system_user(username: str) -> User:
    """Return the system user of that name; `sync_roles` made it.

    Raises User.DoesNotExist for a name that is not in `SYSTEM_USERS`.
    """
    return User.objects.get(username=username, is_system=True)
