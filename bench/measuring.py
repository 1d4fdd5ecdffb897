"""Measuring two things by turns, so that a noisy machine is as noisy to both."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

T = TypeVar("T")

FEWEST = 3
"""Rounds that are run even when time is up."""


def say(line: str) -> None:
    """Tell the person who waits what is being done."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


@dataclass(frozen=True)
class Line:
    """One line of the table. Times in milliseconds, one of each round; `goal` is the highest ratio."""

    name: str
    ours: Sequence[float]
    yardstick: Sequence[float]
    goal: float

    @property
    def ratios(self) -> list[float]:
        """Ours to the yardstick, round by round: what slowed one round down is in both."""
        return [a / b for a, b in zip(self.ours, self.yardstick, strict=True)]

    @property
    def ratio(self) -> float:
        """The median of the ratios."""
        return median(self.ratios)

    @property
    def met(self) -> bool:
        """Whether the goal was reached."""
        return self.ratio <= self.goal


def by_turns(
    name: str,
    ours: Callable[[], T],
    yardstick: Callable[[], T],
    *,
    rounds: int,
    seconds: float,
) -> tuple[list[T], list[T]]:
    """Run both `rounds` times, each as often first as second. No round begins after `seconds`.

    At least three rounds are run. Returns what each returned, round by round.
    """
    until = time.monotonic() + seconds
    found: tuple[list[T], list[T]] = ([], [])
    for number in range(rounds):
        if number >= FEWEST and time.monotonic() > until:
            say(f"{name}: time is up after {number} rounds")
            break
        say(f"{name}: round {number + 1} of {rounds}")
        order = [(ours, found[0]), (yardstick, found[1])]
        for run, kept in reversed(order) if number % 2 else order:
            kept.append(run())
    return found


def table(lines: Sequence[Line]) -> str:
    """Return the table: medians, the ratio with its lowest and highest round, and whether it will do."""
    head = ("benchmark", "ours", "yardstick", "ratio", "(rounds)", "goal", "met")
    rows = [head, *(_row(line) for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    ruled = [rows[0], tuple("-" * width for width in widths), *rows[1:]]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in ruled
    )


def _row(line: Line) -> tuple[str, ...]:
    low, high = min(line.ratios), max(line.ratios)
    return (
        line.name,
        f"{median(line.ours):.3g} ms",
        f"{median(line.yardstick):.3g} ms",
        f"{line.ratio:.2f}",
        f"{low:.2f}-{high:.2f}",
        f"{line.goal:g}",
        "yes" if line.met else "NO",
    )
