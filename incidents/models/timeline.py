"""What happened, was said, sent and decided, in the order in which people tell it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backoffice.audit.history import HistoryModel
from incidents.choices.dossiers import TimelineKind
from incidents.models.dossiers import Dossier
from incidents.models.files import StoredFile
from incidents.models.parties import Party


class TimelineEntry(HistoryModel):
    """One line of a dossier's timeline. Only its pin changes: who was wrong writes another line.

    `happened_on` is the day on which it happened or was said (Amsterdam), apart from the moment at
    which it was written down. `mail_id` is the letter in the outbox, when it tells of one.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(
        Dossier, verbose_name=_("dossier"), on_delete=models.PROTECT, related_name="timeline"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=TimelineKind.choices)
    happened_on = models.DateField(_("when it happened"))
    text = models.TextField(_("text"))
    party = models.ForeignKey(
        Party,
        verbose_name=_("party"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="timeline",
    )
    mail_id = models.UUIDField(_("letter"), null=True, blank=True)
    pinned = models.BooleanField(_("pinned"), default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(_("written at"))

    class Meta:
        verbose_name = _("line of the timeline")
        verbose_name_plural = _("lines of the timeline")
        ordering = ("-happened_on", "-written_at")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=TimelineKind.values) & ~Q(text=""),
                name="incidents_timeline_says_something",
            ),
        ]
        indexes = [models.Index(fields=["dossier", "-happened_on"], name="incidents_timeline_of_dossier")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {str(self.pk)[:8]}"


class Attachment(HistoryModel):
    """A file in a dossier: a picture, a letter, a conversation as it was sent to us."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(
        Dossier, verbose_name=_("dossier"), on_delete=models.PROTECT, related_name="attachments"
    )
    file = models.ForeignKey(
        StoredFile, verbose_name=_("file"), on_delete=models.PROTECT, related_name="attachments"
    )
    says = models.CharField(_("what it shows"), max_length=300, blank=True)
    attached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("attached by"), on_delete=models.PROTECT, related_name="+"
    )
    attached_at = models.DateTimeField(_("attached at"))

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ("-attached_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["dossier", "file"], name="incidents_attachment_once"),
        ]

    def __str__(self) -> str:
        return f"{_('attachment')} {str(self.pk)[:8]}"
