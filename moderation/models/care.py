"""Care for who reads it all: what somebody set for themselves, and how much that was hard today.

Neither has a history: what a colleague declines, or how much they could bear on some day, is theirs.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moderation.choices import HeavyKind, PhotoLook

HEAVY_A_DAY = 10
"""After so many heavy items the desk asks whether it is time for a pause, unless somebody chose otherwise."""

MOST_A_DAY = 100


class CareSettings(models.Model):
    """What a member of staff set for themselves; without a row, what is the default here.

    It stands in this app and not with the user: kinds and photos are moderation's words.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.PROTECT, related_name="care"
    )
    photos = models.CharField(
        _("photos"), max_length=10, choices=PhotoLook.choices, default=PhotoLook.COVERED
    )
    declined = ArrayField(
        models.CharField(max_length=20, choices=HeavyKind.choices),
        verbose_name=_("kinds declined"),
        default=list,
        blank=True,
    )
    heavy_a_day = models.PositiveSmallIntegerField(_("heavy items a day"), default=HEAVY_A_DAY)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(photos__in=PhotoLook.values), name="moderation_care_known_look"
            ),
            models.CheckConstraint(
                condition=Q(declined__contained_by=HeavyKind.values), name="moderation_care_known_kinds"
            ),
            models.CheckConstraint(
                condition=Q(heavy_a_day__gte=1, heavy_a_day__lte=MOST_A_DAY),
                name="moderation_care_number",
            ),
        ]

    def __str__(self) -> str:
        return f"own settings of {self.user_id}"


class HeavyLook(models.Model):
    """That somebody uncovered a heavy item on a day in Amsterdam. Let go of on a later day."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey("moderation.Review", on_delete=models.CASCADE, related_name="heavy_looks")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "on", "review"], name="moderation_heavylook_once"),
        ]

    def __str__(self) -> str:
        return f"heavy look {self.pk}"
