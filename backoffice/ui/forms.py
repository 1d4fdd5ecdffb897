"""What a person fills in before a change is made."""

from typing import Any

from django import forms

from backoffice.errors import DomainError


class HouseForm(forms.Form):
    """A form of the house: its label ends in no colon, and what is wrong is where the cursor stands."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def refuse(self, refusal: DomainError) -> None:
        """Show a service's refusal at the field that it names, or above the form."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))

    def point(self) -> None:
        """Let the cursor stand in the first field that is wrong, else in the first that is asked."""
        visible = self.visible_fields()
        wrong = [bound for bound in visible if bound.errors]
        if visible:
            (wrong or visible)[0].field.widget.attrs["autofocus"] = True


class SeenForm(HouseForm):
    """A form that changes a row: it says which version of it the person looked at."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def look_again(self, seen: int) -> None:
        """Let what was typed be saved over version `seen`, now that the person is shown what that holds."""
        data = self.data.copy()  # type: ignore[attr-defined] # a QueryDict
        data[self.add_prefix("seen")] = str(seen)
        self.data = data


def lines(*, rows: int = 12, **attrs: Any) -> forms.Textarea:
    """Return a field of several lines."""
    return forms.Textarea(attrs={"rows": rows, **attrs})
