from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlacklistConfig(AppConfig):
    """Who may not come back: identities and how they are compared, entries, screening."""

    name = "blacklist"
    verbose_name = _("blacklist")
