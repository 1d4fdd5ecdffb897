"""What a comparison says, in words that a person can add up."""

from blacklist.identity.scoring import Comparison


def explain(comparison: Comparison) -> str:
    """Return "birth date exact +14.5, postcode exact +12.8, first name different -3.0", weightiest first.

    Names levels and fields only, never a value.
    """
    weighty = sorted(comparison.evidence, key=lambda one: -abs(one.weight))
    return ", ".join(f"{one.field.replace('_', ' ')} {one.level} {one.weight:+.1f}" for one in weighty)
