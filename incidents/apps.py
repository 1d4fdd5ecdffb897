from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IncidentsConfig(AppConfig):
    """What happened: tickets, dossiers, parties, timeline, attachments, measures."""

    name = "incidents"
    verbose_name = _("incidents")
