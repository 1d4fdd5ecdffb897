"""A blind second judgement of what was decided, to see how far people decide alike."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backoffice.audit.history import HistoryModel
from moderation.choices import Outcome, Settlement
from moderation.models.decisions import Decision
from moderation.models.reviews import Review


class SecondLook(HistoryModel):
    """A decision that was drawn, and what somebody else would have decided. Changes nothing by itself.

    `outcome` is empty until it was judged. A coordinator settles what the two did not agree on.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    decision = models.OneToOneField(
        Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="second_look"
    )
    review = models.OneToOneField(
        Review, verbose_name=_("review"), on_delete=models.PROTECT, related_name="second_look"
    )
    drawn_at = models.DateTimeField(_("drawn"))
    outcome = models.CharField(_("second judgement"), max_length=20, choices=Outcome.choices, blank=True)
    policies = ArrayField(models.CharField(max_length=10), verbose_name=_("house rules"), default=list)
    reason = models.TextField(_("reason"), blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("judged by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    judged_at = models.DateTimeField(_("judged"), null=True, blank=True)
    agrees = models.BooleanField(_("agrees"), null=True)
    settlement = models.CharField(_("settled"), max_length=10, choices=Settlement.choices, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("settled by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settlement_note = models.TextField(_("lesson"), blank=True)

    class Meta:
        verbose_name = _("second look")
        verbose_name_plural = _("second looks")
        ordering = ("-drawn_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", judged_by__isnull=True, judged_at__isnull=True, agrees__isnull=True)
                | ~Q(outcome="") & Q(judged_by__isnull=False, judged_at__isnull=False, agrees__isnull=False),
                name="moderation_second_look_judged_whole",
            ),
            models.CheckConstraint(
                condition=Q(settlement="", settled_by__isnull=True, settled_at__isnull=True)
                | ~Q(settlement="") & Q(settled_by__isnull=False, settled_at__isnull=False, agrees=False),
                name="moderation_second_look_settles_what_differs",
            ),
        ]
        indexes = [
            models.Index(
                fields=["judged_at"],
                condition=Q(agrees=False, settlement=""),
                name="moderation_second_look_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{_('second look')} {str(self.pk)[:8]}"


class DrawCount(models.Model):
    """How many decisions of one kind by one person were final so far: of every so many one is drawn."""

    id = models.BigAutoField(primary_key=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seen = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outcome", "decided_by"], name="moderation_draw_count_once"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome}: {self.seen}"
