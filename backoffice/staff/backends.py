"""Who may sign in."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from backoffice.staff.models import User


class StaffBackend(ModelBackend):
    """Django's, closed to the system users that jobs act as."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Return whether this is an active person."""
        return super().user_can_authenticate(user) and isinstance(user, User) and not user.is_system
