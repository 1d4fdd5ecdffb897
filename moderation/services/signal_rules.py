"""Keeping the signal rules: a change is a version, tried on the last texts before it is switched on."""

import re
from collections.abc import Mapping
from datetime import datetime
from itertools import count
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.errors import DomainError
from backoffice.platforms.plain_text import NotPlain, plain_line, plain_text
from backoffice.staff.models import User
from backoffice.staff.policy import require
from moderation import events, policy
from moderation.explanations import LABELS
from moderation.models import Policy, Rule, RuleTrial, RuleVersion
from moderation.rules.library import default_scales, word_lists
from moderation.rules.reading import plain_word
from moderation.rules.rule import FIELDS, LONGEST_PATTERN, BadRule, parse_rule
from moderation.rules.stamina import MOST_MILLISECONDS, milliseconds
from moderation.selectors.rules import compile_version
from moderation.services.rule_trials import store_trial

LONGEST_REASON = 1000
LONGEST_CODE = 36
"""Characters of a code made of a title; a number may follow."""


class RuleRefused(DomainError):
    """Something that was filled in is not what it should be."""

    code = "invalid"


@domain_action
def add_signal_rule(*, actor: User, given: Mapping[str, Any], why: str, at: datetime) -> RuleVersion:
    """Write down a new rule as a draft, try it, and return it. Nothing looks for it yet.

    `given` is what `parse_rule` reads, without a code: that is made of the title. Raises NotAllowed,
    RuleRefused, which names the field.
    """
    require(policy.may_keep_signal_rules(actor))
    said, why = _clean(given), _reason(why, field="why")
    code = _free_code(str(said.get("title", "")))
    content = _content(code, said)
    rule = Rule(code=code)
    try:
        with transaction.atomic():
            rule.store(reason="drafted", at=at)
    except IntegrityError:
        raise RuleRefused(_("Somebody made this rule just now. Look in the list."), field="title") from None
    return _draft(rule, content, why, actor=actor, at=at)


@domain_action
def change_signal_rule(
    *, actor: User, rule_id: int, given: Mapping[str, Any], why: str, at: datetime
) -> RuleVersion:
    """Write down a change of a rule as a draft, try it beside the version in use, and return it.

    What is in use stays so. When an earlier version or draft says exactly this, that one is tried
    and returned. Raises NotAllowed, RuleRefused, which names the field or says that nothing differs.
    """
    require(policy.may_keep_signal_rules(actor))
    rule = _locked(rule_id)
    content, why = _content(rule.code, _clean(given)), _reason(why, field="why")
    versions = rule.versions.select_related("rule__current", "house_rule").order_by("number")
    same = [version for version in versions if version.given == content]
    if any(version.pk == rule.current_id for version in same) and rule.active:
        raise RuleRefused(_("This is what the version in use says already."))
    if same:
        store_trial(actor=actor, version=same[-1], at=at)
        return same[-1]
    return _draft(rule, content, why, actor=actor, at=at)


@domain_action
def try_version(*, actor: User, version_id: int, at: datetime) -> RuleTrial:
    """Try a draft or an earlier version on the last texts, beside the version in use.

    Raises NotAllowed, RuleRefused when it can no longer be used.
    """
    version = _locked_version(version_id)
    require(policy.may_try_version(actor, version))
    _require_usable(version)
    return store_trial(actor=actor, version=version, at=at)


@domain_action
def switch_on_version(*, actor: User, version_id: int, reason: str, at: datetime) -> Rule:
    """Let a version look through what comes in from now on, in place of the one in use.

    Signals that were given stay as they are, and name the version that gave them. Undone by
    switching the earlier version on again. Raises NotAllowed when it was not tried beside the
    version that is in use now, or is slow; RuleRefused without a reason, or when it can no longer be used.
    """
    version = _locked_version(version_id)
    require(policy.may_switch_on_version(actor, version))
    _require_usable(version)
    rule = version.rule
    rule.reason = _reason(reason, field="reason")
    rule.current = version
    rule.active = True
    rule.store(reason="switched_on", at=at, fields=["current", "active", "reason"])
    record(
        events.SignalRuleSwitchedOn(code=rule.code, version=version.number), actor=actor, subject=rule, at=at
    )
    return rule


@domain_action
def switch_off_rule(*, actor: User, rule_id: int, reason: str, at: datetime) -> Rule:
    """Let a rule look for nothing any more; signals that it gave stay. Undone by `switch_on_version`.

    Raises NotAllowed, RuleRefused without a reason.
    """
    rule = _locked(rule_id)
    require(policy.may_switch_off_rule(actor, rule))
    rule.reason = _reason(reason, field="reason")
    rule.active = False
    rule.store(reason="switched_off", at=at, fields=["active", "reason"])
    record(events.SignalRuleSwitchedOff(code=rule.code), actor=actor, subject=rule, at=at)
    return rule


def new_version(
    rule: Rule, content: Mapping[str, Any], *, number: int, house_rule: Policy | None, **made: Any
) -> RuleVersion:
    """Return a version that says `content` (what `parse_rule` reads), not stored."""
    said = {name: content[name] for name in FIELDS if name not in {"code", "house_rule"}}
    return RuleVersion(rule=rule, number=number, house_rule=house_rule, **said, **made)


def _locked(rule_id: int) -> Rule:
    return Rule.objects.select_for_update(no_key=True, of=("self",)).select_related("current").get(pk=rule_id)


def _locked_version(version_id: int) -> RuleVersion:
    """Return a version whose rule is locked."""
    version = RuleVersion.objects.select_related("house_rule").get(pk=version_id)
    version.rule = _locked(version.rule_id)
    return version


def _require_usable(version: RuleVersion) -> None:
    if compile_version(version) is None:
        raise RuleRefused(_("This version can no longer be used: a list of words that it names is gone."))


def _draft(rule: Rule, content: Mapping[str, Any], why: str, *, actor: User, at: datetime) -> RuleVersion:
    """Store the next version of a rule that the caller has locked or made, and try it."""
    last = rule.versions.order_by("-number").values_list("number", flat=True).first() or 0
    house_rule = Policy.objects.get(code=content["house_rule"]) if content["house_rule"] else None
    version = new_version(
        rule, content, number=last + 1, house_rule=house_rule, why=why, made_by=actor, made_at=at
    )
    version.save(force_insert=True)
    record(events.SignalRuleDrafted(code=rule.code, version=version.number), actor=actor, subject=rule, at=at)
    store_trial(actor=actor, version=version, at=at)
    return version


def _content(code: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was filled in, whole and right. Raises RuleRefused."""
    try:
        rule = parse_rule({**given, "code": code}, lists=word_lists())
    except BadRule as bad:
        raise RuleRefused(bad.problem, field=bad.field) from None
    content = rule.as_dict()
    if content["house_rule"]:
        rests_on = Policy.objects.filter(code=content["house_rule"], chapter__isnull=False)
        if not rests_on.exists():
            raise RuleRefused(_("There is no such house rule."), field="house_rule")
    if milliseconds(rule, word_lists()) > MOST_MILLISECONDS:
        field = "patterns" if rule.patterns else "expressions"
        problem = _("Looking for this in a long text takes too long. Use shorter gaps, or fewer lines.")
        raise RuleRefused(problem, field=field)
    return content


def _clean(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the same in plain lines: nothing in a rule is there that its reader does not see."""
    return {name: _plain(name, value) for name, value in given.items()}


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(name, one) for one in value]
    if not isinstance(value, str):
        return value
    try:
        return plain_line(value, longest=LONGEST_PATTERN)
    except NotPlain:
        raise RuleRefused(
            _("A line has at most 1,000 characters, without hidden ones."), field=name
        ) from None


def _reason(typed: str, *, field: str) -> str:
    try:
        reason = plain_text(typed, longest=LONGEST_REASON).strip()
    except NotPlain:
        raise RuleRefused(
            _("A reason has at most 1,000 characters, without hidden ones."), field=field
        ) from None
    if not reason:
        raise RuleRefused(_("Say why. Colleagues read it later."), field=field)
    return reason


def _free_code(title: str) -> str:
    """Return a code made of the words of a title that no rule, scale or detector has."""
    words = re.sub("[^a-z0-9]+", "_", " ".join(plain_word(word) for word in title.split()))
    base = f"rule_{words}" if not words[:1].isalpha() else words
    base = base[:LONGEST_CODE].strip("_")
    scales = {scale.code for scale in default_scales().scales}
    taken = {*LABELS, *scales, *Rule.objects.filter(code__startswith=base).values_list("code", flat=True)}
    numbered = (base if number == 1 else f"{base}_{number}" for number in count(1))
    return next(code for code in numbered if code not in taken)
