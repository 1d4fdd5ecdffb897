from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    """Keeps groups, permissions and system users in step with the code after each migrate."""

    name = "backoffice.staff"
    label = "staff"
    verbose_name = _("staff")

    def ready(self) -> None:
        from backoffice.staff import roles

        post_migrate.connect(roles.sync_roles, sender=self, dispatch_uid="staff.sync_roles")
