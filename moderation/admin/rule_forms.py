"""What a coordinator fills in to say what is looked for: one word or phrase on a line."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.ui.forms import HouseForm, lines
from moderation.choices import Flag
from moderation.models import Policy, RuleVersion
from moderation.models.rules import KINDS, SEVERITIES
from moderation.rules.rule import LONGEST_TITLE, MOST_POINTS, POINTS
from moderation.services.signal_rules import LONGEST_REASON

SELDOM = ("near", "anywhere", "unless_anywhere", "at_least", "kinds", "points", "expressions")
"""Fields that most rules do without: they stand folded away as long as they are empty."""


class Lines(forms.CharField):
    """A list of texts, one on a line; empty lines do not count."""

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        super().__init__(widget=lines(rows=rows, spellcheck="false"), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Put a list on lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """Return the lines that say something."""
        typed: str = super().clean(value)
        return [line.strip() for line in typed.splitlines() if line.strip()]


def _house_rules() -> list[tuple[str, str]]:
    rules = Policy.objects.filter(chapter__isnull=False)
    return [("", str(_("none"))), *((rule.code, str(rule)) for rule in rules)]


class RuleForm(HouseForm):
    """What a signal rule looks for, what disarms it, and what it means."""

    title = forms.CharField(
        label=_("What does the signal say?"),
        max_length=LONGEST_TITLE,
        help_text=_("Moderators read this beside the text, such as: Offers something for sale."),
    )
    flag = forms.ChoiceField(label=_("What is it about?"), choices=Flag.choices)
    severity = forms.TypedChoiceField(
        label=_("How severe is it?"),
        choices=SEVERITIES,
        coerce=int,
        help_text=_("3 goes to the urgent queue."),
    )
    house_rule = forms.ChoiceField(label=_("House rule"), choices=_house_rules, required=False)
    patterns = Lines(
        label=_("Which words or phrases?"),
        rows=8,
        required=False,
        help_text=_("One on a line. Capitals, accents and tricks such as g3ld make no difference."),
    )
    unless = Lines(
        label=_("Not when it says"),
        rows=4,
        required=False,
        help_text=_("Phrases around the words that make them harmless, such as: not for sale."),
    )
    unless_near = Lines(
        label=_("Not when the same sentence also says"),
        rows=3,
        required=False,
        help_text=_("Such as: book, film, course."),
    )
    near = Lines(label=_("Only when the same sentence also says"), rows=3, required=False)
    anywhere = Lines(label=_("Only when it says somewhere in the text"), rows=3, required=False)
    unless_anywhere = Lines(label=_("Not when it says somewhere in the text"), rows=3, required=False)
    at_least = forms.IntegerField(
        label=_("How many different lines must be found?"), min_value=1, max_value=10, required=False
    )
    kinds = forms.MultipleChoiceField(
        label=_("Only in"),
        choices=KINDS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Choose none to look in everything."),
    )
    points = forms.IntegerField(
        label=_("How many hours forward?"),
        min_value=0,
        max_value=MOST_POINTS,
        required=False,
        help_text=_("Leave this empty for what goes with the severity: 10, 30 or 100 hours."),
    )
    expressions = Lines(
        label=_("Regular expressions"),
        rows=3,
        required=False,
        help_text=_("For who knows them: RE2, over the text as it was typed, one on a line."),
    )
    why = forms.CharField(
        label=_("What do you change, and why?"), max_length=LONGEST_REASON, widget=lines(rows=3)
    )

    @property
    def often(self) -> Iterator[forms.BoundField]:
        """The fields that every rule has."""
        return (field for field in self.visible_fields() if field.name not in {*SELDOM, "why"})

    @property
    def seldom(self) -> list[forms.BoundField]:
        """The fields that few rules have."""
        return [self[name] for name in SELDOM]

    @property
    def seldom_used(self) -> bool:
        """Whether any of them says something, or is wrong."""
        return any(field.errors or field.value() not in (None, "", [], 1, "1") for field in self.seldom)


def filled_in(version: RuleVersion) -> dict[str, Any]:
    """Return what the form begins with when a version is changed."""
    said = version.given
    return {**said, "points": None if said["points"] == POINTS[version.severity] else said["points"]}
