"""Files that people sent us: what is known of one, and where it lies."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backoffice.audit.history import HistoryModel


class StoredFile(HistoryModel):
    """A file under MEDIA_ROOT, by a name that says nothing. Never changed after it was stored.

    `content_type` is what its bytes are, whatever it was called; `name` is what it was called, made fit to
    save under. Whoever points at it asks who may have it (`views.files`).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    path = models.CharField(max_length=200, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    stored_at = models.DateTimeField(_("stored"))

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ("-stored_at", "id")
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0) & ~Q(name=""), name="incidents_file_is_something"),
        ]
        indexes = [models.Index(fields=["sha256"], name="incidents_file_sha256")]

    def __str__(self) -> str:
        return f"{_('file')} {str(self.pk)[:8]}"
