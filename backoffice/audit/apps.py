from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Guards every history table after each migrate."""

    name = "backoffice.audit"
    label = "audit"
    verbose_name = _("log")

    def ready(self) -> None:
        from backoffice.audit import guards

        post_migrate.connect(guards.install, sender=self, dispatch_uid="audit.guards.install")
