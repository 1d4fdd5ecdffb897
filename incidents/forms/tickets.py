"""Forms of tickets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.platforms.sites import WEHELPEN
from backoffice.ui.forms import HouseForm, SeenForm, lines
from incidents.choices import CloseReason, TicketKind, TicketState, WaitingFor
from incidents.services.ticket_dossiers import Complaint
from incidents.services.ticket_messages import LONGEST_NOTE
from incidents.services.ticket_opening import LONGEST_REASON, LONGEST_SUBJECT, LONGEST_TEXT
from incidents.services.ticket_texts import LONGEST_ANSWER, LONGEST_TITLE

AFTER = (
    (TicketState.WAITING.value, _("wait for an answer")),
    (TicketState.CLOSED.value, _("it is handled")),
    (TicketState.OPEN.value, _("I am not done yet")),
)
NOT_NOTICE = [choice for choice in TicketKind.choices if choice[0] != TicketKind.NOTICE]


def _off(**attrs: Any) -> forms.TextInput:
    """A field in which the browser does not offer what was typed about somebody else."""
    return forms.TextInput(attrs={"autocomplete": "off", **attrs})


def _day(mark: str) -> forms.DateField:
    return forms.DateField(
        label=_("When did it happen?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", mark: ""}, format="%Y-%m-%d"),
    )


def _where(mark: str) -> forms.CharField:
    return forms.CharField(
        label=_("Where did it happen?"), required=False, max_length=300, widget=_off(**{mark: ""})
    )


def _whom(mark: str) -> forms.CharField:
    return forms.CharField(label=_("About whom?"), required=False, max_length=120, widget=_off(**{mark: ""}))


def _why(mark: str) -> forms.CharField:
    return forms.CharField(
        label=_("Why is something not known?"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=_("A complaint asks for date, name, contact, location and story. Nothing stays blank."),
        widget=_off(**{mark: ""}),
    )


def complaint_of(given: dict[str, Any]) -> Complaint | None:
    """Return what a dossier is made of; None when a reason was given why there is to be none."""
    if given["no_dossier_reason"].strip():
        return None
    return Complaint(
        happened_on=given["happened_on"],
        location=given["location"],
        about=given["about"],
        why_unknown=given["why_unknown"],
    )


class CallForm(HouseForm):
    """What somebody tells by telephone, in the order in which they tell it."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=NOT_NOTICE, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name"), required=False, max_length=120, widget=_off())
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=40, widget=_off(inputmode="tel"))
    email = forms.EmailField(
        label=_("E-mail"), required=False, max_length=254, widget=_off(inputmode="email")
    )
    member_id = forms.CharField(label=_("Member number"), required=False, max_length=80, widget=_off())
    text = forms.CharField(label=_("What do they tell?"), max_length=LONGEST_TEXT, widget=lines(rows=8))
    happened_on = _day("data-complaint")
    location = _where("data-complaint")
    about = _whom("data-complaint")
    why_unknown = _why("data-complaint")
    subject = forms.CharField(
        label=_("In a few words"), required=False, max_length=LONGEST_SUBJECT, widget=_off()
    )
    site = forms.CharField(label=_("Site"), max_length=80, initial=WEHELPEN, widget=_off())
    no_dossier_reason = forms.CharField(
        label=_("No dossier, because"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=_("Only for a complaint that needs none: for example because it is about us."),
        widget=_off(**{"data-complaint": ""}),
    )


class AnswerForm(SeenForm):
    text = forms.CharField(label=_("Your answer"), max_length=LONGEST_TEXT, widget=lines(rows=10))
    then = forms.ChoiceField(
        label=_("And then?"), choices=AFTER, initial=TicketState.WAITING.value, widget=forms.RadioSelect
    )
    text_id = forms.IntegerField(required=False, widget=forms.HiddenInput)


class TicketNoteForm(HouseForm):
    note = forms.CharField(label=_("Internal note"), max_length=LONGEST_NOTE, widget=lines(rows=3))


class OwnerForm(HouseForm):
    owner = forms.TypedChoiceField(label=_("Who handles it?"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.TypedChoiceField)
        owner.choices = [("", _("nobody")), *people]


class WaitForm(HouseForm):
    waiting_for = forms.ChoiceField(label=_("Wait for"), choices=WaitingFor.choices)


class CloseForm(HouseForm):
    how = forms.ChoiceField(
        label=_("Handled: how?"),
        choices=[choice for choice in CloseReason.choices if choice[0] != CloseReason.ANSWERED],
    )


class ClassifyForm(HouseForm):
    kind = forms.ChoiceField(label=_("It is a"), choices=NOT_NOTICE)
    happened_on = _day("data-complaint")
    location = _where("data-complaint")
    about = _whom("data-complaint")
    why_unknown = _why("data-complaint")
    no_dossier_reason = forms.CharField(
        label=_("No dossier, because"),
        required=False,
        max_length=LONGEST_REASON,
        widget=_off(**{"data-complaint": ""}),
    )


class MergeForm(HouseForm):
    into = forms.RegexField(
        regex=r"^\s*(?:[Ww][Hh]-)?(\d{1,12})\s*$",
        label=_("Merge into number"),
        max_length=20,
        widget=_off(placeholder="WH-12"),
    )

    def number(self) -> int:
        """Return the number that was typed."""
        return int(self.cleaned_data["into"].strip().upper().removeprefix("WH-"))


class SplitForm(forms.Form):
    messages = forms.TypedMultipleChoiceField(required=False)

    def __init__(self, *args: Any, messages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["messages"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(key, key) for key in messages]


class StandardAnswerForm(HouseForm):
    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        help_text=_("What colleagues choose by. The reader does not see it."),
        widget=_off(),
    )
    kind = forms.ChoiceField(
        label=_("For"), choices=[("", _("every kind")), *TicketKind.choices], required=False
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_ANSWER,
        help_text=_("{naam} becomes the name of who wrote, {nummer} the number of the ticket."),
        widget=lines(rows=12),
    )


class ChangeStandardAnswerForm(SeenForm, StandardAnswerForm):
    field_order = ("title", "kind", "body")
