"""What is filled in on the page of a dossier."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from backoffice.audit.models import ReadPurpose
from backoffice.staff.models import User
from backoffice.ui.forms import HouseForm
from incidents.choices.dossiers import (
    DossierOutcome,
    LetterKind,
    LinkKind,
    MeasureKind,
    OutreachState,
    PartyRole,
    ProposalState,
    Severity,
    TimelineKind,
    WaitingFor,
)
from incidents.given import Person, Unknown
from incidents.models import Dossier
from incidents.models.dossiers import FIVE
from incidents.models.measures import FACTORS

WRITTEN_BY_HAND = (TimelineKind.HAPPENED, TimelineKind.SAID, TimelineKind.NOTE)
_REASON = {"autocomplete": "off"}


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _words(label: Any, *, rows: int = 3, required: bool = True, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


def _line(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, help_text=help_text, widget=forms.TextInput(attrs=_REASON)
    )


class PurposeForm(HouseForm):
    purpose = forms.ChoiceField(
        label=_("Why do you look?"), choices=ReadPurpose.choices, widget=forms.RadioSelect, initial="handling"
    )


class DescribeForm(HouseForm):
    """The five things that every dossier says, each or why it is not known (R42)."""

    happened_on = _day(_("When it happened"), required=False)
    happened_on_unknown = _line(_("When it happened: why unknown"), required=False)
    reporter_name = _line(_("Who reports it"), required=False)
    reporter_name_unknown = _line(_("Who reports it: why unknown"), required=False)
    contact = _line(_("How to reach them"), required=False)
    contact_unknown = _line(_("How to reach them: why unknown"), required=False)
    location = _line(_("Where it happened"), required=False)
    location_unknown = _line(_("Where it happened: why unknown"), required=False)
    description = _words(_("What happened"), rows=6, required=False)
    description_unknown = _line(_("What happened: why unknown"), required=False)

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

    site = _line(_("Site"))
    severity = forms.ChoiceField(label=_("How serious"), choices=Severity.choices, initial=Severity.SERIOUS)
    about_name = _line(_("Who it is about"), required=False, help_text=_("Leave empty when nobody knows."))
    about_contact = _line(_("Their e-mail or telephone"), required=False)
    about_member = _line(_("Their member number"), required=False)

    def about(self) -> Person | None:
        """Return whom it is about, None when nothing was said of them."""
        given = self.cleaned_data
        told = (given["about_name"], given["about_contact"], given["about_member"])
        return Person.told(told[0], told[1], member_id=told[2]) if any(told) else None


class DossierForm(HouseForm):
    """A form on a dossier's page: it offers the people of that dossier."""

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossier = dossier
        for name in ("party", "offenders"):
            if name in self.fields:
                self.fields[name].choices = self.people(name)  # type: ignore[attr-defined] # a choice field

    def people(self, name: str) -> list[tuple[str, str]]:
        """Return whom a field may choose from: those it is about for `offenders`, else everybody."""
        return [
            (str(party.pk), f"{party.called} ({party.get_role_display()})")
            for party in self.dossier.parties.all()
            if name != "offenders" or party.is_accused
        ]


class NothingForm(DossierForm):
    """A verb that asks nothing."""


class EditForm(DescribeForm, DossierForm):
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class AssignForm(DossierForm):
    owner = forms.TypedChoiceField(label=_("Who handles it"), coerce=int)

    def __init__(self, *args: Any, handlers: Sequence[User] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(user.pk, str(user)) for user in handlers]
        self.fields["owner"].choices = choices  # type: ignore[attr-defined] # a choice field


class WaitForm(DossierForm):
    waiting_for = forms.ChoiceField(
        label=_("Waits for"), choices=[("", _("nobody: it is our turn")), *WaitingFor.choices], required=False
    )
    until = _day(_("Until"), required=False)


class PartyForm(DossierForm):
    role = forms.ChoiceField(
        label=_("Role"), choices=[each for each in PartyRole.choices if each[0] != PartyRole.OFFENDER],
        initial=PartyRole.SUBJECT,
    )  # fmt: skip
    first_name = _line(_("First name"), required=False)
    infix = _line(_("Infix"), required=False)
    last_name = _line(_("Last name"), required=False)
    birth_date = _day(_("Birth date"), required=False)
    postcode = _line(_("Postcode"), required=False)
    place = _line(_("Place"), required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    phone = _line(_("Telephone number"), required=False)
    member_id = _line(_("Member number"), required=False)

    def person(self) -> Person:
        """Return who this is."""
        given = self.cleaned_data
        plain = ("first_name", "infix", "last_name", "birth_date", "postcode", "place", "member_id")
        return Person(
            **{name: given[name] for name in plain},
            emails=(given["email"],) if given["email"] else (),
            phones=(given["phone"],) if given["phone"] else (),
        )


class LineForm(DossierForm):
    kind = forms.ChoiceField(
        label=_("What it tells"), choices=[(one.value, one.label) for one in WRITTEN_BY_HAND]
    )
    happened_on = _day(_("On which day it happened"))
    text = _words(_("What you write down"), rows=4)


class PinForm(DossierForm):
    entry = forms.UUIDField()
    pinned = forms.BooleanField(required=False)


class LetterForm(DossierForm):
    party = forms.ChoiceField(label=_("To"), widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=LetterKind.choices, widget=forms.HiddenInput)
    subject = _line(_("Subject"))
    body = _words(_("Letter"), rows=18, help_text=_("Change what you want before it is sent."))
    answer_by = _day(
        _("Answer before"), required=False, help_text=_("The dossier waits for them until then.")
    )


class OutcomeForm(DossierForm):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=DossierOutcome.choices, widget=forms.RadioSelect)
    offenders = forms.MultipleChoiceField(
        label=_("Who did it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only with a founded outcome."),
    )
    grounds = _words(_("Grounds"), rows=5, help_text=_("Which facts, from whom, and why you find so."))


class BecauseForm(DossierForm):
    because = _words(_("Why"), rows=2)


class HoldForm(BecauseForm):
    recheck_on = _day(_("Look at it again on"))


class MeasureForm(DossierForm):
    party = forms.ChoiceField(label=_("Against"))
    kind = forms.ChoiceField(label=_("Measure"), choices=MeasureKind.choices)
    ends_on = _day(_("Suspended until"), required=False, help_text=_("Only for a suspension."))
    facts = _words(_("What happened, as it stands in the letter"), rows=4)
    ground = _words(_("Which house rule or term this breaks"), rows=2)
    how_many = _words(_("How many times"), rows=2, required=False)
    how_large_a_part = _words(_("How large a part of what they do"), rows=2, required=False)
    how_bad = _words(_("How bad, with what consequences"), rows=2, required=False)
    intention = _words(_("Their intention"), rows=2, required=False)

    def factors(self) -> dict[str, str]:
        """Return the four factors of DSA article 23(3)."""
        return {name: self.cleaned_data[name] for name in FACTORS}


class LiftForm(BecauseForm):
    measure = forms.UUIDField(widget=forms.HiddenInput)


class SettleForm(DossierForm):
    """What becomes of a proposal after repetition."""

    proposal = forms.UUIDField(widget=forms.HiddenInput)
    state = forms.ChoiceField(choices=[one for one in ProposalState.choices if one[0] != ProposalState.OPEN])
    note = _words(_("Why"), rows=2)


class LinkForm(DossierForm):
    other = _line(_("Number of the other dossier"), help_text=_("For example D-17."))
    kind = forms.ChoiceField(label=_("Why they belong together"), choices=LinkKind.choices)


class AttachForm(DossierForm):
    file = forms.FileField(label=_("File"))
    says = _line(_("What it shows"), required=False)


class SafetyForm(DossierForm):
    called_112 = forms.BooleanField(
        label=_("It is now: 112 was called"), required=False, help_text=_("Call first, write afterwards.")
    )
    signals = _words(
        _("What was seen or heard"), rows=4, help_text=_("Only facts: who saw what, when. No guesses.")
    )
    advice = _words(
        _("Advice of Veilig Thuis (0800-2000)"), rows=3, required=False,
        help_text=_("Ask without names. Write down what they advise."),
    )  # fmt: skip
    hold_because = _words(
        _("Why whom it is about is not told yet"), rows=2, required=False,
        help_text=_("Fill this in when it is unsafe that they know."),
    )  # fmt: skip
    recheck_on = _day(_("Look at that again on"), required=False)
    handed_to = _line(_("Which authority was told"), required=False)
    handed_what = _words(_("What they were given, and why"), rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("hold_because") and not given.get("recheck_on"):
            self.add_error("recheck_on", _("Say on which day this is looked at again."))
        return given


class DeferForm(HoldForm):
    party = forms.ChoiceField(widget=forms.HiddenInput)


class OnePartyForm(DossierForm):
    party = forms.ChoiceField(widget=forms.HiddenInput)


class OutreachForm(DossierForm):
    contacts = _words(
        _("Members who were in touch"),
        rows=5,
        help_text=_("One a line: member number; name; how to reach them"),
    )

    def lines(self) -> list[list[str]]:
        """Return number, name and contact of each."""
        rows = (line for line in self.cleaned_data["contacts"].splitlines() if line.strip())
        return [[part.strip() for part in (*row.split(";", 2), "", "")][:3] for row in rows]


class TaskForm(DossierForm):
    task = forms.UUIDField(widget=forms.HiddenInput)
    state = forms.ChoiceField(label=_("How it went"), choices=OutreachState.choices)
    note = _line(_("Note"), required=False)


def as_described(dossier: Dossier, *, seen: int) -> dict[str, date | str | int | None]:
    """Return what the edit form starts with."""
    fields = [name for field in FIVE for name in (field, f"{field}_unknown")]
    return {**{name: getattr(dossier, name) for name in fields}, "seen": seen}
