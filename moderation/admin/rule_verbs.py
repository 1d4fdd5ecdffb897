"""What coordinators do with the signal rules: write, try, switch on and off."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backoffice.staff.models import User
from backoffice.staff.policy import Verdict
from backoffice.ui.forms import HouseForm, lines
from backoffice.ui.verbs import Done, Given, M, Verb
from moderation import policy
from moderation.admin.rule_forms import RuleForm, filled_in
from moderation.models import Rule, RuleVersion
from moderation.rules.library import word_lists
from moderation.services.signal_rules import (
    LONGEST_REASON,
    add_signal_rule,
    change_signal_rule,
    switch_off_rule,
    switch_on_version,
    try_version,
)

TRIED = _("Nothing has changed yet. This is what it would find.")


class ReasonForm(HouseForm):
    """Why something is switched on or off."""

    reason = forms.CharField(label=_("Why?"), max_length=LONGEST_REASON, widget=lines(rows=3))


class _Writes(Verb[M]):
    """A verb whose page asks what to look for, and tries that."""

    submit = _("Try")
    form_class = RuleForm
    template = "moderation/admin/rule_form.html"

    def context(self, row: M) -> dict[str, Any]:
        return {"lists": sorted(word_lists())}


class AddSignalRule(_Writes[None]):
    name = "add-rule"
    label = _("New signal rule")
    lead = _("It is tried on the last thousand texts first. It looks for nothing until you switch it on.")
    makes = True

    def verdict(self, user: User, row: None) -> Verdict:
        return policy.may_keep_signal_rules(user)

    def perform(self, *, actor: User, row: None, given: Given, at: datetime) -> Done:
        version = add_signal_rule(actor=actor, given=said(given), why=given["why"], at=at)
        return Done(TRIED, row=version)


class ChangeSignalRule(_Writes[Rule]):
    name = "change-rule"
    label = _("Change")
    lead = _("The rule stays as it is until you switch the change on. First you see what would differ.")

    def verdict(self, user: User, row: Rule) -> Verdict:
        return policy.may_keep_signal_rules(user)

    def initial(self, row: Rule) -> Given:
        version = row.current or row.versions.order_by("-number")[0]
        return filled_in(version)

    def perform(self, *, actor: User, row: Rule, given: Given, at: datetime) -> Done:
        return _change(actor, row.pk, given, at)


class ChangeVersion(_Writes[RuleVersion]):
    name = "change-version"
    label = _("Change further")
    lead = _("What you change becomes a version of its own, and is tried.")
    look = ""

    def verdict(self, user: User, row: RuleVersion) -> Verdict:
        return policy.may_keep_signal_rules(user)

    def initial(self, row: RuleVersion) -> Given:
        return filled_in(row)

    def perform(self, *, actor: User, row: RuleVersion, given: Given, at: datetime) -> Done:
        return _change(actor, row.rule_id, given, at)


class TryVersion(Verb[RuleVersion]):
    name = "try"
    label = _("Try")
    lead = _("It is run over the last thousand texts, beside the version in use.")
    look = ""
    unfit = frozenset({policy.IN_USE})

    def verdict(self, user: User, row: RuleVersion) -> Verdict:
        return policy.may_try_version(user, row)

    def perform(self, *, actor: User, row: RuleVersion, given: Given, at: datetime) -> Done:
        try_version(actor=actor, version_id=row.pk, at=at)
        return Done(TRIED)


class SwitchOn(Verb[RuleVersion]):
    name = "switch-on"
    label = pgettext_lazy("signal rule", "Switch on")
    lead = _(
        "From now on it looks through every text that comes in. Signals that were given stay as they are."
    )
    form_class = ReasonForm
    unfit = frozenset({policy.IN_USE})

    def verdict(self, user: User, row: RuleVersion) -> Verdict:
        return policy.may_switch_on_version(user, row)

    def perform(self, *, actor: User, row: RuleVersion, given: Given, at: datetime) -> Done:
        rule = switch_on_version(actor=actor, version_id=row.pk, reason=given["reason"], at=at)
        return Done(_("The rule is on. The next text that comes in is looked through with it."), row=rule)


class SwitchOff(Verb[Rule]):
    name = "switch-off"
    label = pgettext_lazy("signal rule", "Switch off")
    lead = _("It looks for nothing any more. Signals that it gave stay. You can switch it on again.")
    look = "danger"
    form_class = ReasonForm
    unfit = frozenset({policy.OUT_OF_USE})

    def verdict(self, user: User, row: Rule) -> Verdict:
        return policy.may_switch_off_rule(user, row)

    def perform(self, *, actor: User, row: Rule, given: Given, at: datetime) -> Done:
        switch_off_rule(actor=actor, rule_id=row.pk, reason=given["reason"], at=at)
        return Done(_("The rule is off."))


def said(given: Given) -> dict[str, Any]:
    """Return what was filled in of a rule, as the service takes it: what was left open is not given."""
    return {name: value for name, value in given.items() if name != "why" and value is not None}


def _change(actor: User, rule_id: int, given: Given, at: datetime) -> Done:
    version = change_signal_rule(actor=actor, rule_id=rule_id, given=said(given), why=given["why"], at=at)
    return Done(TRIED, row=version)
