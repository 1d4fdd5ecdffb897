"""How far two people agree beyond chance: Cohen's kappa with its interval.

J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement
20 (1960), with the large-sample standard error given there.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import sqrt

Z_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of `pairs` judgements so many were the same. `kappa` is None where chance alone would agree always.

    `low` and `high` bound it with 95 % confidence; 1 is perfect, 0 is chance.
    """

    pairs: int
    same: int
    kappa: float | None
    low: float | None
    high: float | None

    @property
    def share(self) -> float:
        """The share that was the same, from 0 to 1."""
        return self.same / self.pairs if self.pairs else 0.0


def agreement(pairs: Sequence[tuple[Hashable, Hashable]]) -> Agreement:
    """Return how far the first and the second judgement of each pair agree."""
    count = len(pairs)
    same = sum(first == second for first, second in pairs)
    if not count:
        return Agreement(0, 0, None, None, None)
    firsts, seconds = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    observed = same / count
    expected = sum(firsts[value] * seconds[value] for value in firsts) / count**2
    if expected == 1:
        return Agreement(count, same, None, None, None)
    kappa = (observed - expected) / (1 - expected)
    margin = Z_95 * sqrt(observed * (1 - observed) / count) / (1 - expected)
    return Agreement(count, same, kappa, max(-1.0, kappa - margin), min(1.0, kappa + margin))
