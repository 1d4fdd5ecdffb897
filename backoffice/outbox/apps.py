from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OutboxConfig(AppConfig):
    """Makes the queues that nudge deliveries after each migrate."""

    name = "backoffice.outbox"
    label = "outbox"

    def ready(self) -> None:
        from backoffice import broker

        post_migrate.connect(broker.install, sender=self, dispatch_uid="broker.install")
