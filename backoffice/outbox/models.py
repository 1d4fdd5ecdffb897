"""What must leave the house, and where to."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backoffice.audit.history import HistoryModel


class WebhookEndpoint(HistoryModel):
    """An address of a platform that hears what was decided about its site."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    site = models.CharField(_("site"), max_length=80)
    url = models.URLField(_("address"), max_length=500)
    active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("webhook receiver")
        verbose_name_plural = _("webhook receivers")
        ordering = ("site", "url")
        constraints = [
            models.UniqueConstraint(fields=["site", "url"], name="outbox_endpoint_once_per_site"),
        ]

    def __str__(self) -> str:
        return f"{self.site} - {self.url}"


class WebhookSecret(models.Model):
    """A signing secret, encrypted at rest. Two may be in use at once, so that one can be rotated."""

    id = models.BigAutoField(primary_key=True)
    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="secrets")
    ciphertext = models.BinaryField()
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("signing secret")
        verbose_name_plural = _("signing secrets")

    def __str__(self) -> str:
        return f"secret {self.pk}"


class DeliveryState(models.TextChoices):
    """Where a delivery stands. `PARKED` waits for a person."""

    WAITING = "waiting", _("waiting")
    DELIVERED = "delivered", _("delivered")
    PARKED = "parked", _("given up")


class Delivery(models.Model):
    """One message to one receiver: delivered at least once, idempotent by `id` (`webhook-id`).

    `body` is emptied once delivered. `about` is our own key of what it tells of, for erasure.
    `claimed_until` marks one that is being sent; a dead sender's claim runs out.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    endpoint = models.ForeignKey(
        WebhookEndpoint, verbose_name=_("receiver"), on_delete=models.PROTECT, related_name="deliveries"
    )
    type = models.CharField(_("message"), max_length=60)
    about = models.CharField(_("about"), max_length=40, db_index=True)
    body = models.JSONField(_("body"), default=dict)
    state = models.CharField(
        _("state"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    created_at = models.DateTimeField(_("created"))
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"))
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)
    last_attempt_at = models.DateTimeField(_("last attempt"), null=True, blank=True)
    last_problem = models.CharField(_("last problem"), max_length=80, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ("-created_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="outbox_delivery_known_state"
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.DELIVERED, delivered_at__isnull=False)
                | (~Q(state=DeliveryState.DELIVERED) & Q(delivered_at__isnull=True)),
                name="outbox_delivery_delivered_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(
                F("next_attempt_at"), condition=Q(state=DeliveryState.WAITING), name="outbox_delivery_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.pk}"


class FileRemoval(models.Model):
    """A file under MEDIA_ROOT that must go once `due_at` has come.

    Written in the transaction that lets go of the file, so that a killed process leaves no file
    behind; and before a file is written, so that a transaction that fails leaves none either.
    """

    id = models.BigAutoField(primary_key=True)
    path = models.CharField(max_length=200, unique=True)
    due_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="outbox_file_removal_due")]

    def __str__(self) -> str:
        return f"file removal {self.pk}"
