from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    """Makes the queues that nudge deliveries after each migrate; listens to what mail services tell."""

    name = "backoffice.outbox"
    label = "outbox"
    verbose_name = _("outgoing post")

    def ready(self) -> None:
        from anymail.signals import tracking

        from backoffice import broker
        from backoffice.outbox.views import take_in_tracking

        post_migrate.connect(broker.install, sender=self, dispatch_uid="broker.install")
        tracking.connect(take_in_tracking, dispatch_uid="outbox.tracking")
