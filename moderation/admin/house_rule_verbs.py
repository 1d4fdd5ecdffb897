"""What coordinators do with the house rules."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.audit.meanwhile import version_of
from backoffice.staff.models import User
from backoffice.staff.policy import Verdict
from backoffice.ui.forms import HouseForm, SeenForm, lines
from backoffice.ui.verbs import Done, Given, Verb
from moderation import policy
from moderation.choices import RESTRICTING, DsaCategory, Outcome
from moderation.models import Policy
from moderation.services.house_rules import RuleWords, add_rule, change_rule, restore_rule, retire_rule
from moderation.transparency.terms import Specification

WORDS = ("title", "text", "outcomes", "category", "specification", "legal_reference", "about_personal_data")


class WordsForm(HouseForm):
    """What a house rule says and allows."""

    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(
        label=_("Text"),
        max_length=2000,
        help_text=_("In plain Dutch, as members read it in the house rules and in letters."),
        widget=lines(rows=4),
    )
    outcomes = forms.MultipleChoiceField(
        label=_("What does it allow?"),
        choices=[(one.value, one.label) for one in Outcome if one in RESTRICTING],
        widget=forms.CheckboxSelectMultiple,
    )
    category = forms.ChoiceField(label=_("Category in the DSA"), choices=DsaCategory.choices)
    specification = forms.ChoiceField(
        label=_("Specification in the DSA"),
        choices=[("", _("none")), *Specification.choices],
        required=False,
    )
    legal_reference = forms.CharField(
        label=_("Article of law"),
        max_length=200,
        required=False,
        help_text=_("Only when what the rule forbids is against the law too."),
    )
    about_personal_data = forms.BooleanField(
        label=_("It is about personal data"),
        required=False,
        help_text=_("Letters then name the Autoriteit Persoonsgegevens."),
    )


def _chapters() -> list[tuple[int, str]]:
    return [(chapter.pk, str(chapter)) for chapter in Policy.objects.filter(chapter=None)]


class NewRuleForm(WordsForm):
    chapter = forms.TypedChoiceField(label=_("Chapter"), choices=_chapters, coerce=int)
    field_order = ("chapter",)


class ChangeRuleForm(SeenForm, WordsForm):
    field_order = WORDS


def _words(given: Given) -> RuleWords:
    return RuleWords(
        **{name: given[name] for name in WORDS if name not in {"outcomes", "category"}},
        outcomes=[Outcome(one) for one in given["outcomes"]],
        category=DsaCategory(given["category"]),
    )


class AddRule(Verb[None]):
    name = "add-rule"
    label = _("New house rule")
    lead = _("It gets the next number in its chapter, and can be chosen at the desk at once.")
    makes = True
    form_class = NewRuleForm

    def verdict(self, user: User, row: None) -> Verdict:
        return policy.may_keep_house_rules(user)

    def perform(self, *, actor: User, row: None, given: Given, at: datetime) -> Done:
        rule = add_rule(actor=actor, chapter_id=given["chapter"], words=_words(given), at=at)
        return Done(_("The house rule was added."), row=rule)


class ChangeRule(Verb[Policy]):
    name = "change-rule"
    label = _("Change")
    lead = _("The rule gets a new version. Earlier decisions keep the words that it had, and show those.")
    form_class = ChangeRuleForm
    unfit = frozenset({policy.CHAPTER})

    def verdict(self, user: User, row: Policy) -> Verdict:
        return policy.may_change_rule(user, row)

    def initial(self, row: Policy) -> dict[str, Any]:
        return {"seen": version_of(row), **{name: getattr(row, name) for name in WORDS}}

    def perform(self, *, actor: User, row: Policy, given: Given, at: datetime) -> Done:
        changed = change_rule(actor=actor, rule_id=row.pk, seen=given["seen"], words=_words(given), at=at)
        if changed.version == row.version:
            return Done(_("Nothing was different: the rule stays as it is."))
        return Done(_("The rule has a new version."))


class RetireRule(Verb[Policy]):
    name = "retire"
    label = _("Put out of use")
    lead = _("Nothing new is rested on it. Earlier decisions keep it. You can put it back.")
    look = "danger"
    unfit = frozenset({policy.CHAPTER, policy.OUT_OF_USE})

    def verdict(self, user: User, row: Policy) -> Verdict:
        return policy.may_retire_rule(user, row)

    def perform(self, *, actor: User, row: Policy, given: Given, at: datetime) -> Done:
        retire_rule(actor=actor, rule_id=row.pk, at=at)
        return Done(_("The house rule is out of use."))


class RestoreRule(Verb[Policy]):
    name = "restore"
    label = _("Put back into use")
    unfit = frozenset({policy.CHAPTER, policy.IN_USE})

    def verdict(self, user: User, row: Policy) -> Verdict:
        return policy.may_restore_rule(user, row)

    def perform(self, *, actor: User, row: Policy, given: Given, at: datetime) -> Done:
        restore_rule(actor=actor, rule_id=row.pk, at=at)
        return Done(_("The house rule is in use again."))
