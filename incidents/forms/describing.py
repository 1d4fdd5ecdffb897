"""Why somebody looks, and what every dossier says."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from backoffice.audit.models import ReadPurpose
from backoffice.ui.forms import HouseForm
from incidents.choices.dossiers import Severity
from incidents.forms.fields import day, line, words
from incidents.given import Person, Unknown
from incidents.models import Dossier
from incidents.models.dossiers import FIVE


class PurposeForm(HouseForm):
    purpose = forms.ChoiceField(
        label=_("Why do you look?"), choices=ReadPurpose.choices, widget=forms.RadioSelect, initial="handling"
    )


class DescribeForm(HouseForm):
    """The five things that every dossier says, each or why it is not known (R42)."""

    happened_on = day(_("When it happened"), required=False)
    happened_on_unknown = line(_("When it happened: why unknown"), required=False)
    reporter_name = line(_("Who reports it"), required=False)
    reporter_name_unknown = line(_("Who reports it: why unknown"), required=False)
    contact = line(_("How to reach them"), required=False)
    contact_unknown = line(_("How to reach them: why unknown"), required=False)
    location = line(_("Where it happened"), required=False)
    location_unknown = line(_("Where it happened: why unknown"), required=False)
    description = words(_("What happened"), rows=6, required=False)
    description_unknown = line(_("What happened: why unknown"), required=False)

    def pairs(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Return each of the five with its reason."""
        for name in FIVE:
            yield self[name], self[f"{name}_unknown"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in FIVE:
            if name in self.errors:
                continue
            known, why = given.get(name), given.get(f"{name}_unknown")
            if known and why:
                self.add_error(name, _("Fill in what is known, or why it is not: not both."))
            elif not known and not why:
                self.add_error(name, _("Fill this in, or say why it is unknown."))
        return given

    def five(self) -> dict[str, Any]:
        """Return the five as `open_dossier` takes them."""
        given = self.cleaned_data
        return {name: given[name] or Unknown(given[f"{name}_unknown"]) for name in FIVE}


class OpenForm(DescribeForm):
    """A complaint while somebody is on the telephone."""

    site = line(_("Site"))
    severity = forms.ChoiceField(label=_("How serious"), choices=Severity.choices, initial=Severity.SERIOUS)
    about_name = line(_("Who it is about"), required=False, help_text=_("Leave empty when nobody knows."))
    about_contact = line(_("Their e-mail or telephone"), required=False)
    about_member = line(_("Their member number"), required=False)

    def about(self) -> Person | None:
        """Return whom it is about, None when nothing was said of them."""
        given = self.cleaned_data
        told = (given["about_name"], given["about_contact"], given["about_member"])
        return Person.told(told[0], told[1], member_id=told[2]) if any(told) else None


def as_described(dossier: Dossier, *, seen: int) -> dict[str, date | str | int | None]:
    """Return what the edit form starts with."""
    fields = [name for field in FIVE for name in (field, f"{field}_unknown")]
    return {**{name: getattr(dossier, name) for name in fields}, "seen": seen}
