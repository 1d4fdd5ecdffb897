"""Taking in the signal rules that came with the program; what people changed stays as they want it."""

from collections.abc import Sequence
from datetime import datetime

from backoffice.audit.acting import domain_action
from backoffice.audit.history import store_many
from backoffice.staff.models import User
from moderation.models import Policy, Rule, RuleVersion
from moderation.rules.library import default_rules
from moderation.services.signal_rules import new_version


@domain_action
def take_in_default_rules(*, actor: User, at: datetime) -> None:
    """Store what came with this version of the program and is not here yet. Safe to run again.

    A new rule is switched on. A default that says something else than before becomes a version of
    its rule: switched on where the default before it was in use, else a draft for the coordinators
    to look at. A rule that is no longer a default is switched off where its default was in use.
    """
    house_rules = {rule.code: rule for rule in Policy.objects.filter(chapter__isnull=False)}
    rules = {rule.code: rule for rule in Rule.objects.order_by("pk").select_for_update(no_key=True)}
    defaults = {rule.code: rule.as_dict() for rule in default_rules()}
    for content in defaults.values():
        if content["house_rule"] not in house_rules:
            content["house_rule"] = ""
    new = [Rule(code=code) for code in defaults if code not in rules]
    store_many(new, reason="default", at=at)
    rules |= {rule.code: rule for rule in new}
    last, default = _versions()
    versions = [
        new_version(
            rules[code],
            content,
            number=last.get(rules[code].pk, 0) + 1,
            house_rule=house_rules.get(content["house_rule"]),
            came_with_house=True,
            made_by=actor,
            made_at=at,
        )
        for code, content in defaults.items()
        if rules[code].pk not in default or default[rules[code].pk].given != content
    ]
    RuleVersion.objects.bulk_create(versions)
    fresh = {rule.pk for rule in new}
    changed: list[Rule] = []
    for version in versions:
        rule = version.rule
        if rule.pk in fresh or _uses(rule, default):
            rule.current, rule.active = version, True
            changed.append(rule)
    changed += _switched_off([rule for code, rule in rules.items() if code not in defaults], default)
    store_many(changed, reason="default", at=at, fields=["current", "active"])


def _versions() -> tuple[dict[int, int], dict[int, RuleVersion]]:
    """Return of each rule the last number given, and the last version that came with the program."""
    last: dict[int, int] = {}
    default: dict[int, RuleVersion] = {}
    for version in RuleVersion.objects.select_related("rule", "house_rule").order_by("number"):
        last[version.rule_id] = version.number
        if version.came_with_house:
            default[version.rule_id] = version
    return last, default


def _uses(rule: Rule, default: dict[int, RuleVersion]) -> bool:
    """Whether the last default of a rule is in use."""
    return rule.active and rule.pk in default and rule.current_id == default[rule.pk].pk


def _switched_off(rules: Sequence[Rule], default: dict[int, RuleVersion]) -> list[Rule]:
    gone = [rule for rule in rules if _uses(rule, default)]
    for rule in gone:
        rule.active = False
    return gone
