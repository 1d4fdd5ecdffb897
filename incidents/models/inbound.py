"""Mail that arrived and is not read yet."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _


class InboundMail(models.Model):
    """A mail as it came in, kept until it is a message of a ticket: this row goes in that transaction.

    `digest` is the SHA-256 of its bytes: what is fetched twice is kept once.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    raw = models.BinaryField()
    digest = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField(_("received"))
    attempts = models.PositiveIntegerField(_("attempts"), default=0)

    class Meta:
        verbose_name = _("mail that arrived")
        verbose_name_plural = _("mail that arrived")
        ordering = ("received_at", "id")

    def __str__(self) -> str:
        return f"{_('mail that arrived')} {str(self.pk)[:8]}"
