"""People who work here, and the named system users that jobs act as."""

from typing import Any, ClassVar, NoReturn

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from backoffice.audit.history import HistoryModel, HistoryQuerySet
from backoffice.staff.names import SYSTEM_NAMES


class UserManager(DjangoUserManager["User"]):
    """Django's manager, with the writes that leave no history refused."""

    def get_queryset(self) -> HistoryQuerySet["User"]:
        return HistoryQuerySet(self.model, using=self._db)


class User(HistoryModel, AbstractUser):
    """A member of staff, or a job (`is_system`). Never deleted: history must keep naming them."""

    id = models.BigAutoField(primary_key=True)
    display_name = models.CharField(_("name on screen"), max_length=80, blank=True)
    is_system = models.BooleanField(_("system user"), default=False, editable=False)

    history_excluded = ("password", "last_login")
    named_in_history = True

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment] # it refuses the same writes

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("members of staff")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_system=models.Q(username__startswith="system:")),
                name="staff_user_system_users_are_named_so",
            ),
        ]

    def __str__(self) -> str:
        if self.is_system:
            return str(SYSTEM_NAMES.get(self.username, self.username))
        return self.get_full_name() or self.username

    def get_full_name(self) -> str:
        """Return the name on screen; what Django and Unfold show of somebody."""
        return self.display_name or super().get_full_name()

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse: deactivate instead."""
        raise TypeError("staff are deactivated, never deleted")
