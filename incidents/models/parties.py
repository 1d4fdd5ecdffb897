"""The people in a dossier: each a small copy of who somebody is, of the dossier's own."""

from typing import Any
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backoffice.audit.history import HistoryModel
from incidents.choices.dossiers import ACCUSED, PartyRole
from incidents.models.dossiers import Dossier


class Party(HistoryModel):
    """Somebody in a dossier.

    No key points at a profile: an account is erased the moment it closes, and the dossier is not
    (R70, R71). E-mail addresses are in small letters, phones as `+31612345678`, so that equal ones
    are found. `inform_by_on` is the day by which somebody whose data came from another must hear of
    it (AVG article 14): None for who told it themselves. `inform_deferred_because` holds that, and
    every letter to somebody a dossier is about, until it is lifted.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(
        Dossier, verbose_name=_("dossier"), on_delete=models.PROTECT, related_name="parties"
    )
    role = models.CharField(_("role"), max_length=10, choices=PartyRole.choices)
    salutation = models.CharField(_("salutation"), max_length=40, blank=True)
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    infix = models.CharField(_("infix"), max_length=40, blank=True)
    last_name = models.CharField(_("last name"), max_length=120, blank=True)
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    emails = ArrayField(
        models.CharField(max_length=254), default=list, blank=True, verbose_name=_("e-mail addresses")
    )
    phones = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, verbose_name=_("phone numbers")
    )
    site = models.CharField(_("site"), max_length=80)
    member_id = models.CharField(_("member number"), max_length=80, blank=True)
    added_at = models.DateTimeField(_("added at"))
    inform_by_on = models.DateField(_("to be told by"), null=True, blank=True)
    informed_at = models.DateTimeField(_("told at"), null=True, blank=True)
    inform_deferred_because = models.TextField(_("why told later"), blank=True)
    inform_recheck_on = models.DateField(_("looked at again on"), null=True, blank=True)
    outcome_told_at = models.DateTimeField(_("outcome told at"), null=True, blank=True)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ("added_at", "id")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=PartyRole.values), name="incidents_party_known_role"),
            models.CheckConstraint(
                condition=~Q(first_name="", last_name="", member_id="", emails=[], phones=[]),
                name="incidents_party_is_somebody",
            ),
            models.CheckConstraint(
                condition=Q(inform_deferred_because="", inform_recheck_on__isnull=True)
                | (~Q(inform_deferred_because="") & Q(inform_recheck_on__isnull=False)),
                name="incidents_party_deferral_is_looked_at_again",
            ),
        ]
        indexes = [
            GinIndex(fields=["emails"], name="incidents_party_emails"),
            GinIndex(fields=["phones"], name="incidents_party_phones"),
            models.Index(
                fields=["site", "member_id"], condition=~Q(member_id=""), name="incidents_party_member"
            ),
            models.Index(
                fields=["birth_date"],
                condition=Q(birth_date__isnull=False),
                name="incidents_party_birth_date",
            ),
            models.Index(
                fields=["inform_by_on"],
                condition=Q(informed_at__isnull=True),
                name="incidents_party_to_inform",
            ),
        ]

    def __str__(self) -> str:
        return f"{_('party')} {str(self.pk)[:8]}"

    @property
    def full_name(self) -> str:
        """The name as it is said, empty when only an address or a number is known."""
        return " ".join(part for part in (self.first_name, self.infix, self.last_name) if part)

    @property
    def called(self) -> str:
        """What to call somebody on the screen."""
        return self.full_name or next(iter([*self.emails, *self.phones]), self.member_id)

    @property
    def is_accused(self) -> bool:
        """Whether the dossier is about this person."""
        return self.role in ACCUSED

    @classmethod
    def in_words(cls, field: str, value: Any) -> str | None:
        """Say lists as people do."""
        return ", ".join(value) if field in {"emails", "phones"} else super().in_words(field, value)
