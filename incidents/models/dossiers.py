"""A complaint that is looked into, from the first word to its outcome, and what is kept of it."""

from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backoffice.audit.history import HistoryModel, HistoryQuerySet
from backoffice.staff.models import User
from backoffice.staff.permissions import Permission
from backoffice.staff.policy import may
from incidents.choices.dossiers import DossierOutcome, DossierState, LinkKind, Severity, WaitingFor

FIVE = ("happened_on", "reporter_name", "contact", "location", "description")
"""What every dossier says, or says why not (R42)."""


def _said_or_why_not(field: str) -> models.CheckConstraint:
    """Exactly one of a field and its reason is filled in."""
    empty = Q(**{f"{field}__isnull": True}) if field == "happened_on" else Q(**{field: ""})
    why = Q(**{f"{field}_unknown": ""})
    return models.CheckConstraint(
        condition=(empty & ~why) | (~empty & why), name=f"incidents_dossier_says_{field}"
    )


class DossierQuerySet(HistoryQuerySet["Dossier"]):
    def visible_to(self, user: User) -> Self:
        """Those that `user` may see: all, or the ones that they handle or opened themselves."""
        if may(user, Permission.SEE_ALL_DOSSIERS):
            return self
        if may(user, Permission.HANDLE_DOSSIERS):
            return self.filter(Q(owner=user) | Q(opened_by=user))
        return self.none()

    def founded(self) -> Self:
        return self.filter(outcome=DossierOutcome.FOUNDED)


class Dossier(HistoryModel):
    """One complaint or finding of our own, its people, and what was done with it.

    Each of `FIVE` holds what is known, or its `_unknown` says why it is not. `expires_on` is the
    day from which it may be erased (Amsterdam), three years after it was handled; a legal hold
    keeps it until that is lifted. `source_ticket_id` is the ticket that it came from.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.BigIntegerField(_("number"), unique=True, editable=False)
    site = models.CharField(_("site"), max_length=80)
    source_ticket_id = models.UUIDField(_("ticket"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=DossierState.choices, default=DossierState.OPEN
    )
    severity = models.CharField(_("how serious"), max_length=10, choices=Severity.choices)
    happened_on = models.DateField(_("when it happened"), null=True, blank=True)
    happened_on_unknown = models.CharField(_("when it happened: why unknown"), max_length=300, blank=True)
    reporter_name = models.CharField(_("who reports it"), max_length=200, blank=True)
    reporter_name_unknown = models.CharField(_("who reports it: why unknown"), max_length=300, blank=True)
    contact = models.CharField(_("how to reach them"), max_length=400, blank=True)
    contact_unknown = models.CharField(_("how to reach them: why unknown"), max_length=300, blank=True)
    location = models.CharField(_("where it happened"), max_length=300, blank=True)
    location_unknown = models.CharField(_("where it happened: why unknown"), max_length=300, blank=True)
    description = models.TextField(_("what happened"), blank=True)
    description_unknown = models.CharField(_("what happened: why unknown"), max_length=300, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("opened by"), on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who handles it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    waiting_for = models.CharField(_("waits for"), max_length=20, choices=WaitingFor.choices, blank=True)
    waiting_until = models.DateField(_("waits until"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=DossierOutcome.choices, blank=True)
    outcome_grounds = models.TextField(_("grounds"), blank=True)
    outcome_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    outcome_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)
    expires_on = models.DateField(_("kept until"), null=True, blank=True)
    hold_reason = models.TextField(_("why it is kept longer"), blank=True)
    hold_recheck_on = models.DateField(_("looked at again on"), null=True, blank=True)

    objects: ClassVar[Any] = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        ordering = ("-number",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DossierState.values) & Q(severity__in=Severity.values),
                name="incidents_dossier_known_words",
            ),
            *(_said_or_why_not(field) for field in FIVE),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_grounds="", outcome_by__isnull=True, outcome_at__isnull=True)
                | (
                    Q(outcome__in=DossierOutcome.values, outcome_by__isnull=False, outcome_at__isnull=False)
                    & ~Q(outcome_grounds="")
                ),
                name="incidents_dossier_outcome_has_grounds",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=DossierState.HANDLED, handled_at__isnull=False, expires_on__isnull=False)
                    & ~Q(outcome="")
                )
                | (~Q(state=DossierState.HANDLED) & Q(handled_at__isnull=True, expires_on__isnull=True)),
                name="incidents_dossier_handled_has_its_end",
            ),
            models.CheckConstraint(
                condition=Q(hold_reason="", hold_recheck_on__isnull=True)
                | (~Q(hold_reason="") & Q(hold_recheck_on__isnull=False)),
                name="incidents_dossier_hold_is_looked_at_again",
            ),
            models.CheckConstraint(
                condition=Q(waiting_for__in=WaitingFor.values)
                | Q(waiting_for="", waiting_until__isnull=True),
                name="incidents_dossier_waits_for_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "state"], name="incidents_dossier_owner"),
            models.Index(fields=["opened_by"], name="incidents_dossier_opened_by"),
            models.Index(fields=["state", "-number"], name="incidents_dossier_state"),
            models.Index(
                fields=["expires_on"], condition=Q(expires_on__isnull=False), name="incidents_dossier_expires"
            ),
            models.Index(
                fields=["source_ticket_id"],
                condition=Q(source_ticket_id__isnull=False),
                name="incidents_dossier_ticket",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What people call it, on screen and in a letter: D-17."""
        return f"D-{self.number}"

    @property
    def is_handled(self) -> bool:
        return self.state == DossierState.HANDLED

    @property
    def is_founded(self) -> bool:
        return self.outcome == DossierOutcome.FOUNDED


class DossierLink(HistoryModel):
    """Two dossiers that belong together. The one that was opened first stands first."""

    id = models.BigAutoField(primary_key=True)
    first = models.ForeignKey(
        Dossier, verbose_name=_("first dossier"), on_delete=models.PROTECT, related_name="links_onward"
    )
    second = models.ForeignKey(
        Dossier, verbose_name=_("second dossier"), on_delete=models.PROTECT, related_name="links_back"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=LinkKind.choices)
    linked_at = models.DateTimeField(_("linked at"))

    class Meta:
        verbose_name = _("link between dossiers")
        verbose_name_plural = _("links between dossiers")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="incidents_link_once"),
            models.CheckConstraint(
                condition=Q(kind__in=LinkKind.values) & ~Q(first=F("second")), name="incidents_link_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{_('link')} {self.pk}"
