"""What was done for somebody who may be in danger."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moderation.choices import DangerDeed


class DangerStep(models.Model):
    """One thing that was done for somebody who may be in danger, or (`corrects`) that it was not.

    Written once, never edited; goes when the member's account does. It stands by the member, whom
    what follows is about too; the review is where it began.
    """

    append_only = True

    id = models.BigAutoField(primary_key=True)
    site = models.CharField(_("site"), max_length=80)
    member_id = models.CharField(_("member number"), max_length=80)
    review = models.ForeignKey("moderation.Review", on_delete=models.CASCADE, related_name="danger_steps")
    deed = models.CharField(_("what was done"), max_length=20, choices=DangerDeed.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"))
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="correction"
    )

    class Meta:
        verbose_name = _("step in danger")
        verbose_name_plural = _("steps in danger")
        ordering = ("at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(deed__in=DangerDeed.values), name="moderation_danger_known_deed"
            ),
        ]
        indexes = [models.Index(fields=["site", "member_id", "at"], name="moderation_danger_member")]

    def __str__(self) -> str:
        return f"step {self.pk}"
