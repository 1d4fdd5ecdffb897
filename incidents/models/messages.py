"""What was said: received, sent, or noted for one another."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backoffice.audit.history import HistoryModel
from incidents.choices import Direction, NotKept
from incidents.models.files import StoredFile
from incidents.models.tickets import Ticket


class Message(HistoryModel):
    """One message of a ticket. It never changes, but for the ticket it belongs to.

    `message_id` and `references` are those of the mail (RFC 5322), with their angle brackets; an answer's is
    the one that the outbox will send. `fingerprint` is the same for a copy of a received mail. `automatic`
    says that a machine wrote it: it is never answered, and wakes nobody.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ticket = models.ForeignKey(
        Ticket, verbose_name=_("ticket"), on_delete=models.PROTECT, related_name="messages"
    )
    direction = models.CharField(_("which way"), max_length=10, choices=Direction.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    from_name = models.CharField(_("name"), max_length=120, blank=True)
    from_email = models.CharField(_("from"), max_length=254, blank=True)
    to_email = models.CharField(_("to"), max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)
    at = models.DateTimeField(_("when"))
    automatic = models.BooleanField(_("sent by a machine"), default=False)
    message_id = models.CharField(max_length=300, blank=True)
    references = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    mail_id = models.UUIDField(null=True, blank=True, editable=False)

    history_excluded: ClassVar[tuple[str, ...]] = ("body", "references")

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ("at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(direction=Direction.IN)
                | (Q(direction__in=[Direction.OUT, Direction.NOTE]) & ~Q(body="") & Q(author__isnull=False)),
                name="incidents_message_of_ours_has_its_author",
            ),
            models.UniqueConstraint(
                fields=["fingerprint"], condition=~Q(fingerprint=""), name="incidents_message_copy_is_one"
            ),
        ]
        indexes = [
            models.Index(fields=["ticket", "at"], name="incidents_message_thread"),
            models.Index(fields=["message_id"], condition=~Q(message_id=""), name="incidents_message_mail"),
            models.Index(fields=["from_email", "-at"], name="incidents_message_sender"),
        ]

    def __str__(self) -> str:
        return f"{_('message')} {str(self.pk)[:8]}"


class Enclosure(HistoryModel):
    """A file that came with a message; without one, `not_kept` says why. `name` is what it was called."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    message = models.ForeignKey(
        Message, verbose_name=_("message"), on_delete=models.PROTECT, related_name="enclosures"
    )
    file = models.ForeignKey(
        StoredFile,
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="enclosures",
    )
    name = models.CharField(_("name"), max_length=120)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    not_kept = models.CharField(_("not kept"), max_length=20, choices=NotKept.choices, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("enclosure")
        verbose_name_plural = _("enclosures")
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, not_kept="") | Q(file=None, not_kept__in=NotKept.values),
                name="incidents_enclosure_kept_or_said_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{_('enclosure')} {str(self.pk)[:8]}"
