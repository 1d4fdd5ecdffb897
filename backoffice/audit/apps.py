from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """Guards every history table after each migrate."""

    name = "backoffice.audit"
    label = "audit"

    def ready(self) -> None:
        from backoffice.audit import guards

        post_migrate.connect(guards.install, sender=self, dispatch_uid="audit.guards.install")
