from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    """Gives a new house its standard texts after the first migrate."""

    name = "moderation"
    verbose_name = _("moderation")

    def ready(self) -> None:
        post_migrate.connect(store_standard_texts, sender=self, dispatch_uid="moderation.standard_texts")


def store_standard_texts(**_kwargs: Any) -> None:
    """Store the standard texts of `standard_text_defaults` where there are none yet."""
    from backoffice import clock
    from backoffice.audit.acting import acting_as
    from backoffice.audit.history import store_many
    from backoffice.staff.system import SETUP, system_user
    from moderation.models import StandardText
    from moderation.standard_text_defaults import TEXTS

    if StandardText.objects.exists():
        return
    texts = [
        StandardText(outcome=outcome, title=title, body=body, position=position)
        for position, (outcome, title, body) in enumerate(TEXTS, start=1)
    ]
    with acting_as(system_user(SETUP)):
        store_many(texts, reason="default", at=clock.now())
