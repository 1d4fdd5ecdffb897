"""Whom a moderator knows: they never get that member's items."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Tie(models.Model):
    """That a member of staff has a tie with a member, or is that member. Why is nobody's business."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ties")
    site = models.CharField(_("site"), max_length=80)
    member_id = models.CharField(_("member number"), max_length=80)
    declared_at = models.DateTimeField(_("declared"))

    class Meta:
        verbose_name = _("tie")
        verbose_name_plural = _("ties")
        ordering = ("-declared_at",)
        constraints = [
            models.UniqueConstraint(fields=["site", "member_id", "user"], name="moderation_tie_once"),
        ]

    def __str__(self) -> str:
        return f"tie {self.pk}"
