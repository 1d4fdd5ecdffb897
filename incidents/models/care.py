"""Danger to life, and the people around somebody who did harm."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backoffice.audit.history import HistoryModel
from incidents.choices.dossiers import OutreachState
from incidents.models.dossiers import Dossier


class SafetyCheck(HistoryModel):
    """One walk through the safety lane: what was seen, asked and done, as facts.

    `advice` is what Veilig Thuis said when it was asked without names. `handed_to` is the authority
    that was told, `handed_what` what it was given, on what ground.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(
        Dossier, verbose_name=_("dossier"), on_delete=models.PROTECT, related_name="safety_checks"
    )
    called_112 = models.BooleanField(_("112 was called"), default=False)
    signals = models.TextField(_("signals"))
    advice = models.TextField(_("advice"), blank=True)
    handed_to = models.CharField(_("handed over to"), max_length=200, blank=True)
    handed_what = models.TextField(_("what was handed over"), blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("noted by"), on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField(_("noted at"))

    class Meta:
        verbose_name = _("safety check")
        verbose_name_plural = _("safety checks")
        ordering = ("noted_at",)
        constraints = [
            models.CheckConstraint(condition=~Q(signals=""), name="incidents_safety_names_signals"),
            models.CheckConstraint(
                condition=Q(handed_to="", handed_what="") | (~Q(handed_to="") & ~Q(handed_what="")),
                name="incidents_safety_handed_what_to_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{_('safety check')} {str(self.pk)[:8]}"


class OutreachTask(HistoryModel):
    """One member who was in touch with an offender, and whether we reached them."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(
        Dossier, verbose_name=_("dossier"), on_delete=models.PROTECT, related_name="outreach"
    )
    site = models.CharField(_("site"), max_length=80)
    member_id = models.CharField(_("member number"), max_length=80)
    name = models.CharField(_("name"), max_length=200, blank=True)
    contact = models.CharField(_("how to reach them"), max_length=400, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=OutreachState.choices, default=OutreachState.TO_DO
    )
    note = models.TextField(_("note"), blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("done by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    class Meta:
        verbose_name = _("contact task")
        verbose_name_plural = _("contact tasks")
        ordering = ("name", "member_id")
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "site", "member_id"], name="incidents_outreach_once_each"
            ),
            models.CheckConstraint(
                condition=Q(state=OutreachState.TO_DO, done_by__isnull=True, done_at__isnull=True)
                | Q(
                    state__in=[OutreachState.REACHED, OutreachState.UNREACHABLE, OutreachState.DECLINED],
                    done_by__isnull=False,
                    done_at__isnull=False,
                ),
                name="incidents_outreach_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{_('contact task')} {str(self.pk)[:8]}"
