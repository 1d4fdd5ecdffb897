"""The standard texts as coordinators look at them."""

from dataclasses import dataclass

from moderation.choices import RESTRICTING, Outcome
from moderation.models import StandardText


@dataclass(frozen=True, slots=True)
class TextGroup:
    """The texts of one outcome: those in use in the order of the desk, then those that are not."""

    outcome: Outcome
    in_use: list[StandardText]
    out_of_use: list[StandardText]


def texts_by_outcome() -> list[TextGroup]:
    """Return the texts of every outcome that has a letter. One query."""
    texts = list(StandardText.objects.select_related("policy"))
    return [
        TextGroup(
            outcome=outcome,
            in_use=[text for text in texts if text.outcome == outcome and text.active],
            out_of_use=[text for text in texts if text.outcome == outcome and not text.active],
        )
        for outcome in Outcome
        if outcome in RESTRICTING
    ]
