"""The house rules that a decision rests on."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from backoffice.errors import DomainError
from moderation.choices import RESTRICTING, Outcome
from moderation.models import Policy


class HouseRuleMissing(DomainError):
    """A decision that restricts somebody names no house rule."""

    code = "required"


class HouseRuleUnfit(DomainError):
    """A house rule that was named is not there, not in use, or does not allow this outcome."""

    code = "unfit"


def grounds_for(codes: Sequence[str], *, outcome: Outcome) -> list[Policy]:
    """Return the house rules a decision rests on: at least one when it restricts, none otherwise.

    Raises HouseRuleMissing, HouseRuleUnfit; both name the field `policies`.
    """
    if outcome not in RESTRICTING:
        return []
    if not codes:
        raise HouseRuleMissing(_("Choose the house rule that this rests on."), field="policies")
    rules = list(Policy.objects.filter(code__in=codes, active=True, outcomes__contains=[outcome]))
    if len(rules) != len(set(codes)):
        raise HouseRuleUnfit(_("This house rule does not allow this decision."), field="policies")
    return rules
