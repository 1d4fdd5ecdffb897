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


WAITING, PARKED = "waiting", "parked"
"""Named alike in the states of messages and of letters."""


class Outgoing(models.Model):
    """Something that must leave, tried until it has or a person must look.

    `about` is our own key of what it tells of, for erasure. `claimed_until` marks one that is
    being sent; a dead sender's claim runs out.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    about = models.CharField(_("about"), max_length=40, db_index=True)
    created_at = models.DateTimeField(_("created"))
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"))
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)
    last_attempt_at = models.DateTimeField(_("last attempt"), null=True, blank=True)
    last_problem = models.CharField(_("last problem"), max_length=80, blank=True)

    class Meta:
        abstract = True


class Delivery(Outgoing):
    """One message to one receiver: delivered at least once, idempotent by `id` (`webhook-id`).

    `body` is emptied once delivered.
    """

    endpoint = models.ForeignKey(
        WebhookEndpoint, verbose_name=_("receiver"), on_delete=models.PROTECT, related_name="deliveries"
    )
    type = models.CharField(_("message"), max_length=60)
    body = models.JSONField(_("body"), default=dict)
    state = models.CharField(
        _("state"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
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
            models.Index(
                fields=["endpoint", "-created_at"],
                condition=Q(state=DeliveryState.PARKED),
                name="outbox_delivery_parked",
            ),
            models.Index(fields=["endpoint", "-created_at"], name="outbox_delivery_of_receiver"),
            models.Index(fields=["-created_at"], name="outbox_delivery_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.pk}"


class MailClass(models.TextChoices):
    """What kind of letter it is: that decides whether somebody can decline it (R46, R47)."""

    CONTRACT = "contract", _("about the agreement")
    NOTIFICATION = "notification", _("notification")
    NEWSLETTER = "newsletter", _("newsletter")


class MailState(models.TextChoices):
    """Where a letter stands. `SENT` is what the mail server took; `PARKED` waits for a person."""

    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    BOUNCED = "bounced", _("came back")
    PARKED = "parked", _("given up")
    DECLINED = "declined", _("declined by the member")


class Mail(Outgoing):
    """One letter to one person by e-mail: a row before it is a message.

    Sent at least once; `Message-ID` follows from `id`, so that a copy is seen as one. It goes with
    the account of `site` and `member_id`. A declined one has no words and no address.
    """

    mail_class = models.CharField(_("kind"), max_length=20, choices=MailClass.choices)
    template = models.CharField(_("letter"), max_length=40)
    site = models.CharField(_("site"), max_length=80)
    member_id = models.CharField(_("member number"), max_length=80, blank=True)
    recipient = models.CharField(_("to"), max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)
    unsubscribe_url = models.URLField(max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=MailState.choices, default=MailState.WAITING)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    bounced_at = models.DateTimeField(_("came back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ("-created_at",)
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MailState.values), name="outbox_mail_known_state"),
            models.CheckConstraint(
                condition=Q(mail_class__in=MailClass.values), name="outbox_mail_known_class"
            ),
            models.CheckConstraint(
                condition=~Q(mail_class=MailClass.CONTRACT, state=MailState.DECLINED),
                name="outbox_mail_contract_is_never_declined",
            ),
            models.CheckConstraint(
                condition=~Q(mail_class=MailClass.NEWSLETTER)
                | Q(state=MailState.DECLINED)
                | ~Q(unsubscribe_url=""),
                name="outbox_mail_newsletter_has_its_way_out",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[MailState.SENT, MailState.BOUNCED], sent_at__isnull=False)
                | (~Q(state__in=[MailState.SENT, MailState.BOUNCED]) & Q(sent_at__isnull=True)),
                name="outbox_mail_sent_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(state=MailState.DECLINED, recipient="", subject="", body="")
                | (~Q(state=MailState.DECLINED) & ~Q(recipient="") & ~Q(subject="") & ~Q(body="")),
                name="outbox_mail_declined_says_nothing",
            ),
        ]
        indexes = [
            models.Index(F("next_attempt_at"), condition=Q(state=MailState.WAITING), name="outbox_mail_due"),
            models.Index(
                fields=["-created_at"], condition=Q(state=MailState.PARKED), name="outbox_mail_parked"
            ),
            models.Index(fields=["-created_at"], name="outbox_mail_newest"),
            models.Index(fields=["site", "member_id"], name="outbox_mail_member"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {str(self.pk)[:8]}"


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
