"""How far people decide alike, and where they did not."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from moderation.agreement import Agreement, agreement
from moderation.models import Policy, SecondLook


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """One thing that two people judged alike or not."""

    about: str | Promise
    agreement: Agreement


def agreement_by_reason(*, since: datetime) -> list[AgreementLine]:
    """Return how far first and second judgement agree since `since`: on the outcome, then on each rule.

    A house rule that neither ever named is left out. Three queries.
    """
    looks = list(judged(since=since))
    named = [
        ({ground.policy.code for ground in look.decision.grounds.all()}, set(look.policies)) for look in looks
    ]
    outcomes = agreement([(look.decision.outcome, look.outcome) for look in looks])
    lines = [AgreementLine(_("The outcome"), outcomes)]
    used = set().union(*(first | second for first, second in named)) if named else set()
    for rule in Policy.objects.filter(code__in=used):
        pairs = [(rule.code in first, rule.code in second) for first, second in named]
        lines.append(AgreementLine(str(rule), agreement(pairs)))
    return lines


def judged(*, since: datetime) -> QuerySet[SecondLook]:
    """Return the second looks that were given since `since`, with the decisions they are about."""
    found = SecondLook.objects.filter(judged_at__gte=since).select_related("decision")
    return found.prefetch_related("decision__grounds__policy")


def to_settle() -> QuerySet[SecondLook]:
    """Return what two people judged differently and nobody has settled, the oldest first."""
    open_ones = SecondLook.objects.filter(agrees=False, settlement="").order_by("judged_at")
    return open_ones.select_related(
        "decision__decided_by", "judged_by", "review__profile", "review__help_request"
    ).prefetch_related("decision__grounds__policy")
