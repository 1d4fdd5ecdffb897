"""What is filled in on the page of a dossier."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

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
    TimelineKind,
    WaitingFor,
)
from incidents.forms.describing import DescribeForm
from incidents.forms.fields import day, line, words
from incidents.given import Person
from incidents.models import Dossier, Party
from incidents.models.measures import FACTORS
from incidents.paper.making import Part

WRITTEN_BY_HAND = (TimelineKind.HAPPENED, TimelineKind.SAID, TimelineKind.NOTE)


def _said(party: Party) -> str:
    role = party.get_role_display()
    return role if party.role == PartyRole.REPORTER else f"{party.called} ({role})"


class DossierForm(HouseForm):
    """A form on a dossier's page: it offers the people of that dossier."""

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossier = dossier
        for name in ("party", "offenders"):
            if name in self.fields:
                self.fields[name].choices = self.people(name)  # type: ignore[attr-defined] # a choice field

    def people(self, name: str) -> list[tuple[str, str]]:
        """Return whom a field may choose from: those it is about for `offenders`, else everybody.

        A reporter is not named here: that they are shown is asked and written down.
        """
        return [
            (str(party.pk), _said(party))
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
    until = day(_("Until"), required=False)


class PartyForm(DossierForm):
    role = forms.ChoiceField(
        label=_("Role"), choices=[each for each in PartyRole.choices if each[0] != PartyRole.OFFENDER],
        initial=PartyRole.SUBJECT,
    )  # fmt: skip
    first_name = line(_("First name"), required=False)
    infix = line(_("Infix"), required=False)
    last_name = line(_("Last name"), required=False)
    birth_date = day(_("Birth date"), required=False)
    postcode = line(_("Postcode"), required=False)
    place = line(_("Place"), required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    phone = line(_("Telephone number"), required=False)
    member_id = line(_("Member number"), required=False)

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
    happened_on = day(_("On which day it happened"))
    text = words(_("What you write down"), rows=4)


class PinForm(DossierForm):
    entry = forms.UUIDField()
    pinned = forms.BooleanField(required=False)


class LetterForm(DossierForm):
    party = forms.ChoiceField(label=_("To"), widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=LetterKind.choices, widget=forms.HiddenInput)
    subject = line(_("Subject"))
    body = words(_("Letter"), rows=18, help_text=_("Change what you want before it is sent."))
    answer_by = day(_("Answer before"), required=False, help_text=_("The dossier waits for them until then."))


class OutcomeForm(DossierForm):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=DossierOutcome.choices, widget=forms.RadioSelect)
    offenders = forms.MultipleChoiceField(
        label=_("Who did it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only with a founded outcome."),
    )
    grounds = words(_("Grounds"), rows=5, help_text=_("Which facts, from whom, and why you find so."))


class BecauseForm(DossierForm):
    because = words(_("Why"), rows=2)


class HoldForm(BecauseForm):
    recheck_on = day(_("Look at it again on"))


class MeasureForm(DossierForm):
    party = forms.ChoiceField(label=_("Against"))
    kind = forms.ChoiceField(label=_("Measure"), choices=MeasureKind.choices)
    ends_on = day(_("Suspended until"), required=False, help_text=_("Only for a suspension."))
    facts = words(_("What happened, as it stands in the letter"), rows=4)
    ground = words(_("Which house rule or term this breaks"), rows=2)
    how_many = words(_("How many times"), rows=2, required=False)
    how_large_a_part = words(_("How large a part of what they do"), rows=2, required=False)
    how_bad = words(_("How bad, with what consequences"), rows=2, required=False)
    intention = words(_("Their intention"), rows=2, required=False)

    def people(self, _name: str) -> list[tuple[str, str]]:
        """Return those whom the dossier is about."""
        return super().people("offenders")

    def factors(self) -> dict[str, str]:
        """Return the four factors of DSA article 23(3)."""
        return {name: self.cleaned_data[name] for name in FACTORS}


class LiftForm(BecauseForm):
    measure = forms.UUIDField(widget=forms.HiddenInput)


class SettleForm(DossierForm):
    """What becomes of a proposal after repetition."""

    proposal = forms.UUIDField(widget=forms.HiddenInput)
    state = forms.ChoiceField(choices=[one for one in ProposalState.choices if one[0] != ProposalState.OPEN])
    note = words(_("Why"), rows=2)


class PaperForm(DossierForm):
    parts = forms.MultipleChoiceField(
        label=_("What is put on paper"), choices=Part.choices, widget=forms.CheckboxSelectMultiple
    )
    party = forms.ChoiceField(
        label=_("For whom"), required=False, help_text=_("Names of everybody else are left out.")
    )

    def people(self, name: str) -> list[tuple[str, str]]:
        """Return everybody, and nobody: then no name is left out."""
        return [("", gettext("for ourselves: every name stays")), *super().people(name)]


class LinkForm(DossierForm):
    other = line(_("Number of the other dossier"), help_text=_("For example D-17."))
    kind = forms.ChoiceField(label=_("Why they belong together"), choices=LinkKind.choices)


class AttachForm(DossierForm):
    file = forms.FileField(label=_("File"))
    says = line(_("What it shows"), required=False)


class SafetyForm(DossierForm):
    called_112 = forms.BooleanField(
        label=_("It is now: 112 was called"), required=False, help_text=_("Call first, write afterwards.")
    )
    signals = words(
        _("What was seen or heard"), rows=4, help_text=_("Only facts: who saw what, when. No guesses.")
    )
    advice = words(
        _("Advice of Veilig Thuis (0800-2000)"), rows=3, required=False,
        help_text=_("Ask without names. Write down what they advise."),
    )  # fmt: skip
    hold_because = words(
        _("Why whom it is about is not told yet"), rows=2, required=False,
        help_text=_("Fill this in when it is unsafe that they know."),
    )  # fmt: skip
    recheck_on = day(_("Look at that again on"), required=False)
    handed_to = line(_("Which authority was told"), required=False)
    handed_what = words(_("What they were given, and why"), rows=2, required=False)

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
    contacts = words(
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
    note = line(_("Note"), required=False)
