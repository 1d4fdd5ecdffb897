"""The platforms that talk to us: their keys."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backoffice.audit.history import HistoryModel


class Scope(models.TextChoices):
    """What a key opens."""

    INTAKE = "intake", _("hand over records")
    DECISIONS = "decisions", _("read decisions")


class ApiKey(HistoryModel):
    """A platform's key for one site. Only the SHA-256 of its 256 random bits is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(_("name"), max_length=60)
    site = models.CharField(_("site"), max_length=80)
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope.choices), verbose_name=_("opens"))
    prefix = models.CharField(_("begins with"), max_length=12)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    history_excluded = ("digest",)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ("site", "name", "-created_at")
        constraints = [
            models.CheckConstraint(condition=~Q(scopes=[]), name="platforms_apikey_opens_something"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}...)"


class KeyUse(models.Model):
    """The meter of a key: when it was last used, and how often in the running minute."""

    key = models.OneToOneField(ApiKey, primary_key=True, on_delete=models.CASCADE, related_name="use")
    last_used_at = models.DateTimeField(_("last used"))
    window_at = models.DateTimeField()
    window_count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"use of {self.key_id}"
