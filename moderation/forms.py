"""What a moderator fills in at the desk, checked for shape; what it means is the services' matter."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.ui.forms import HouseForm, SeenForm, lines
from moderation.choices import RESTRICTING, HeavyKind, Outcome, PhotoLook, Queue, Settlement, SkipReason
from moderation.models import MOST_A_DAY, Policy
from moderation.policy import IN_LOTS
from moderation.services.appeals import LONGEST_APPEAL
from moderation.services.lots import Choice
from moderation.services.standard_texts import LONGEST_BODY, LONGEST_TITLE
from moderation.standard_texts import preview

LONGEST_REASON = 2000
LONGEST_MESSAGE = 5000
LONGEST_CODE = 10
LARGEST_VERSION = 2**31


class HeldForm(forms.Form):
    """Everything that is done with an item in hand says under which lease."""

    epoch = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class PolicyCodes(forms.MultipleChoiceField):
    """Numbers of house rules, as they come; whether they fit is the service's matter."""

    def valid_value(self, value: str) -> bool:
        return len(value) <= LONGEST_CODE


class DecisionForm(HeldForm):
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(choices=Outcome.choices)
    policies = PolicyCodes(label=_("House rule"), required=False)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=LONGEST_REASON)
    message = forms.CharField(label=_("Text to the member"), required=False, max_length=LONGEST_MESSAGE)
    age_basis = forms.CharField(label=_("How do we know the age?"), required=False, max_length=200)


class LetterForm(forms.Form):
    """What a letter is made from, before anything is decided."""

    outcome = forms.ChoiceField(choices=[choice for choice in Outcome.choices if choice[0] in RESTRICTING])
    policies = PolicyCodes(label=_("House rule"), required=False)
    message = forms.CharField(label=_("Text to the member"), required=False, max_length=LONGEST_MESSAGE)


class SkipForm(HeldForm):
    reason = forms.ChoiceField(label=_("Why do you skip this?"), choices=SkipReason.choices)
    note = forms.CharField(label=_("In your own words"), required=False, max_length=300)


class EscalateForm(HeldForm):
    reason = forms.CharField(
        label=_("What must the coordinator look at?"), required=False, max_length=LONGEST_REASON
    )


class NoteForm(forms.Form):
    text = forms.CharField(label=_("Note"), required=False, strip=False)


class SettleForm(forms.Form):
    settlement = forms.ChoiceField(choices=Settlement.choices)
    note = forms.CharField(required=False, max_length=500)


class TieForm(HouseForm):
    site = forms.CharField(label=_("Site"), max_length=80, initial="wehelpen.nl")
    member_id = forms.CharField(label=_("Member number"), max_length=80)


class AppealForm(HouseForm):
    text = forms.CharField(
        label=_("What does the member say?"),
        max_length=LONGEST_APPEAL,
        help_text=_("In their own words, as far as you can. Who judges it reads this."),
        widget=lines(rows=8, maxlength=LONGEST_APPEAL),
    )


class PhotosForm(HouseForm):
    """What whoever sees photos sets for themselves."""

    photos = forms.ChoiceField(
        label=_("Photos of members begin"), choices=PhotoLook.choices, widget=forms.RadioSelect
    )


class CareForm(PhotosForm):
    """What whoever decides sets for themselves."""

    declined = forms.MultipleChoiceField(
        label=_("I would rather not get items with"),
        choices=HeavyKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They go to colleagues. Nobody asks why, and nobody but you sees what you choose."),
    )
    heavy_a_day = forms.IntegerField(
        label=_("Ask me to pause after so many heavy items in a day"),
        min_value=1,
        max_value=MOST_A_DAY,
        help_text=_("From then on heavy items go to colleagues first. You can always go on."),
    )


class RenewForm(HeldForm):
    """A sign of life, with what was written so far."""

    panel = forms.CharField(required=False, max_length=20)
    policies = forms.CharField(required=False, max_length=200)
    reason = forms.CharField(required=False, max_length=LONGEST_REASON, strip=False)
    message = forms.CharField(required=False, max_length=LONGEST_MESSAGE, strip=False)
    age_basis = forms.CharField(required=False, max_length=200, strip=False)
    note = forms.CharField(required=False, max_length=LONGEST_REASON, strip=False)

    def draft(self) -> dict[str, Any] | None:
        """Return what was written, None when the page has no panel open."""
        if not self.cleaned_data["panel"]:
            return None
        return {name: value for name, value in self.cleaned_data.items() if name != "epoch" and value}


class AheadForm(forms.Form):
    """The item that the page has fetched already."""

    ahead = forms.UUIDField(required=False)
    ahead_epoch = forms.IntegerField(required=False)
    ahead_version = forms.IntegerField(required=False)


class TextForm(HouseForm):
    """The words of a standard text, and the house rule that they are for."""

    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        help_text=_("What moderators choose by. The member does not see it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    policy = forms.ModelChoiceField(
        label=_("House rule"),
        queryset=Policy.objects.filter(chapter__isnull=False, active=True),
        required=False,
        empty_label=_("(none in particular)"),
        help_text=_("Choosing the text at the desk chooses this rule as well."),
    )
    body = forms.CharField(
        label=_("Text to the member"),
        widget=forms.Textarea(attrs={"rows": 12, "maxlength": LONGEST_BODY, "data-letter": ""}),
    )

    def letter(self) -> str:
        """Return what was typed so far, as a member may read it."""
        return preview(str(self["body"].value() or ""))


class AddTextForm(TextForm):
    outcome = forms.ChoiceField(
        label=_("For"), choices=[(one.value, one.label) for one in Outcome if one in RESTRICTING]
    )

    field_order = ("outcome", "title", "policy", "body")


class ChangeTextForm(SeenForm, TextForm):
    field_order = ("title", "policy", "body")


class ItemsSeen(forms.Field):
    """Items of a list as `id:version`, each with the version that was read."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {"required": _("Choose what you approve first.")}

    def to_python(self, value: Any) -> list[tuple[UUID, int]]:
        """Raise ValidationError unless all of them can be read."""
        unread = forms.ValidationError(_("This list cannot be read. Load the page again."), code="invalid")
        items = []
        for one in value or []:
            key, _colon, version = one.partition(":")
            try:
                items.append((UUID(key), int(version)))
            except ValueError:
                raise unread from None
        versions = dict(items)
        if len(versions) < len(items) or not all(0 <= each < LARGEST_VERSION for each in versions.values()):
            raise unread
        return items


class LotForm(forms.Form):
    """What was chosen in the list. `photo` names profiles whose photo was uncovered, by their review."""

    lot = forms.UUIDField()
    review = ItemsSeen()
    photo = ItemsSeen(required=False)

    def choices(self) -> list[Choice]:
        """Return what was chosen as the service takes it."""
        seen = {key for key, _version in self.cleaned_data["photo"]}
        return [Choice(key, version, photo_seen=key in seen) for key, version in self.cleaned_data["review"]]


class UndoLotForm(forms.Form):
    queue = forms.ChoiceField(choices=[(queue.value, queue.label) for queue in Queue if queue in IN_LOTS])
