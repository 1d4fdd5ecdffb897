"""Precision and recall: of each flag, of any flag, and of what is most severe."""

from collections.abc import Sequence
from dataclasses import dataclass

from moderation.choices import Flag
from moderation.evaluation.judging import Verdict
from moderation.evaluation.rows import MOST_SEVERE, Row


@dataclass(slots=True)
class Figure:
    """How often something was rightly found, wrongly found and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def count(self, *, said: bool, so: bool) -> None:
        """Count one text: what was said of it, and what is so."""
        self.right += said and so
        self.wrong += said and not so
        self.missed += so and not said

    @property
    def precision(self) -> float | None:
        """The share of what was found that is so; None when nothing was found."""
        found = self.right + self.wrong
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        """The share of what is so that was found; None when nothing is so."""
        return self.right / self.support if self.support else None

    @property
    def support(self) -> int:
        """How often it is so."""
        return self.right + self.missed


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one judge over the labelled rows."""

    flags: dict[str, Figure]
    any_flag: Figure
    most_severe: Figure


def compare(rows: Sequence[Row], verdicts: Sequence[Verdict]) -> Figures:
    """Return the figures. Rows without flags, or without a severity, do not count for those.

    A row of severity 3 is found when its priority is 3: that puts a review in the urgent queue.
    """
    figures = Figures({str(flag): Figure() for flag in Flag}, Figure(), Figure())
    for row, verdict in zip(rows, verdicts, strict=True):
        if row.flags is not None:
            for flag, figure in figures.flags.items():
                figure.count(said=flag in verdict.flags, so=flag in row.flags)
            figures.any_flag.count(said=bool(verdict.flags), so=bool(row.flags))
        if row.severity is not None:
            figures.most_severe.count(said=verdict.priority == MOST_SEVERE, so=row.severity == MOST_SEVERE)
    return figures
