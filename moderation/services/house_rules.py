"""Keeping the house rules: every change of their words is a new version, and none is ever deleted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.audit.meanwhile import require_unchanged
from backoffice.errors import DomainError
from backoffice.staff.models import User
from backoffice.staff.policy import require
from moderation import events, policy
from moderation.choices import RESTRICTING, DsaCategory, Outcome, PolicyGround
from moderation.models import Policy
from moderation.transparency.terms import Specification


class RuleInvalid(DomainError):
    """A house rule lacks something; `field` says what."""

    code = "invalid"


class LastForOutcome(DomainError):
    """Without this rule nothing could be decided any more in one of the ways in which it is now."""

    code = "last_for_outcome"


@dataclass(frozen=True, kw_only=True)
class RuleWords:
    """What a house rule says and allows; `legal_reference` when it is the law as well."""

    title: str
    text: str
    outcomes: Collection[Outcome]
    category: DsaCategory
    specification: Specification | str = ""
    legal_reference: str = ""
    about_personal_data: bool = False


@domain_action
def add_rule(*, actor: User, chapter_id: int, words: RuleWords, at: datetime) -> Policy:
    """Add a house rule at the end of a chapter, under the next number there. `retire_rule` undoes it.

    Raises NotAllowed, RuleInvalid; Policy.DoesNotExist for what is no chapter.
    """
    require(policy.may_keep_house_rules(actor))
    chapter = Policy.objects.select_for_update(no_key=True).get(pk=chapter_id, chapter=None)
    position = chapter.policies.aggregate(last=Max("position"))["last"] or chapter.position
    number = max((int(code.rpartition(".")[2]) for code in _codes_of(chapter)), default=0) + 1
    rule = Policy(chapter=chapter, code=f"{chapter.code}.{number}", position=position + 1)
    _write(rule, words)
    rule.store(reason="added", at=at)
    record(events.HouseRuleAdded(code=rule.code), actor=actor, subject=rule, at=at)
    return rule


@domain_action
def change_rule(*, actor: User, rule_id: int, seen: int, words: RuleWords, at: datetime) -> Policy:
    """Change what a house rule says or allows: it gets the next version, earlier decisions keep theirs.

    Changes nothing when it says that already. Can be changed back, as a version again. Raises
    NotAllowed, RuleInvalid, LastForOutcome, ChangedMeanwhile when `seen` is not its latest.
    """
    require(policy.may_keep_house_rules(actor))
    rule = _locked(rule_id)
    require_unchanged(rule, seen=seen)
    before = _said(rule)
    if rule.active:
        _require_others(rule, without=set(rule.outcomes) - set(words.outcomes))
    _write(rule, words)
    if _said(rule) == before:
        return rule
    rule.version += 1
    rule.store(reason="changed", at=at)
    record(events.HouseRuleChanged(code=rule.code, version=rule.version), actor=actor, subject=rule, at=at)
    return rule


@domain_action
def retire_rule(*, actor: User, rule_id: int, at: datetime) -> Policy:
    """Put a house rule out of use: nothing new is rested on it. Undone by `restore_rule`.

    Raises NotAllowed, LastForOutcome.
    """
    rule = _locked(rule_id)
    require(policy.may_retire_rule(actor, rule))
    _require_others(rule, without=set(rule.outcomes))
    rule.active = False
    rule.store(reason="retired", at=at, fields=["active"])
    record(events.HouseRuleRetired(code=rule.code), actor=actor, subject=rule, at=at)
    return rule


@domain_action
def restore_rule(*, actor: User, rule_id: int, at: datetime) -> Policy:
    """Put a house rule back into use, in the words that it had. Raises NotAllowed."""
    rule = _locked(rule_id)
    require(policy.may_restore_rule(actor, rule))
    rule.active = True
    rule.store(reason="restored", at=at, fields=["active"])
    record(events.HouseRuleRestored(code=rule.code), actor=actor, subject=rule, at=at)
    return rule


def _locked(rule_id: int) -> Policy:
    """Lock all rules, so that two people never put the last two of a kind out of use together."""
    rules = {rule.pk: rule for rule in Policy.objects.order_by("pk").select_for_update(no_key=True)}
    if rule_id not in rules or rules[rule_id].chapter_id is None:
        raise Policy.DoesNotExist
    return rules[rule_id]


def _require_others(rule: Policy, *, without: Collection[str]) -> None:
    others = Policy.objects.filter(active=True).exclude(pk=rule.pk)
    for outcome in sorted(without):
        if not others.filter(outcomes__contains=[outcome]).exists():
            raise LastForOutcome(
                _("This is the last house rule that allows: %(outcome)s.")
                % {"outcome": Outcome(outcome).label},
                field="outcomes",
            )


def _write(rule: Policy, words: RuleWords) -> None:
    for field in ("title", "text"):
        if not getattr(words, field).strip():
            raise RuleInvalid(_("A house rule has a title and a text."), field=field)
    if not words.outcomes or not set(words.outcomes) <= RESTRICTING:
        raise RuleInvalid(_("Choose what this rule allows."), field="outcomes")
    rule.title = words.title.strip()
    rule.text = words.text.strip()
    rule.outcomes = [outcome for outcome in Outcome if outcome in words.outcomes]
    rule.category = words.category
    rule.specification = words.specification
    rule.legal_reference = words.legal_reference.strip()
    rule.ground = PolicyGround.LAW if rule.legal_reference else PolicyGround.TERMS
    rule.about_personal_data = words.about_personal_data


def _said(rule: Policy) -> tuple[object, ...]:
    return (
        rule.title,
        rule.text,
        tuple(rule.outcomes),
        rule.category,
        rule.specification,
        rule.legal_reference,
        rule.about_personal_data,
    )


def _codes_of(chapter: Policy) -> list[str]:
    return list(chapter.policies.values_list("code", flat=True))
