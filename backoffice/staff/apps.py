from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    """Keeps groups, permissions and system users in step with the code after each migrate."""

    name = "backoffice.staff"
    label = "staff"
    verbose_name = _("staff")

    def ready(self) -> None:
        from backoffice.staff import roles, sign_in

        post_migrate.connect(roles.sync_roles, sender=self, dispatch_uid="staff.sync_roles")
        user_logged_in.disconnect(dispatch_uid="update_last_login")  # Django's saves, which writes history
        user_logged_in.connect(sign_in.note_sign_in, dispatch_uid="staff.note_sign_in")
