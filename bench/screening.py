"""`python -m bench.screening`: who is found again, and how fast, beside two yardsticks on the same list.

Ours is the service function, on the list as `import_entries --as-test` makes it. `pg_trgm` is a trigram
index over name, birth date and postcode; rapidfuzz compares with everybody. A person who comes back is
found when they rank first above the score at which one in a thousand new people would raise an alert:
so many new people are looked up as the sample allows, a thousand at least.
"""

import argparse
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from bench.measuring import say
from blacklist.identity import Identity

SIZES = (2_500, 100_000)
MILLION = 1_000_000
CLEAN, BACK = 1_000, 300
FEW = 30
"""Lookups of a yardstick that takes too long for more: no recall is told of it then."""
BRUTE = 10_000
"""People on a list up to which everything is compared with everybody for the recall too."""

Found = tuple[float, str]
"""The score of the best match, and whom of the list it is."""
LookUp = Callable[[Identity], Found]


@dataclass(frozen=True)
class Line:
    """One tool on one list. Milliseconds."""

    tool: str
    listed: int
    with_contact: float | None
    without: float | None
    p50: float
    p99: float

    def __str__(self) -> str:
        told = (
            "      -" if recall is None else f"{recall:7.3f}" for recall in (self.with_contact, self.without)
        )
        return f"{self.tool:10} {self.listed:>9,}  {'  '.join(told)}  {self.p50:8.1f}  {self.p99:8.1f}"


HEAD = f"{'tool':10} {'listed':>9}  contact  without    p50 ms    p99 ms"


def main() -> None:
    """Measure and print the table. Some minutes; a quarter of an hour more with --million."""
    parser = argparse.ArgumentParser(prog="python -m bench.screening", description=__doc__)
    parser.add_argument("--million", action="store_true", help=f"a list of {MILLION:,} too")
    parser.add_argument("--only", type=int, help="a list of this length alone")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backoffice.settings")
    import django

    django.setup()
    from bench.scratch import scratch_database

    sizes = [given.only] if given.only else [*SIZES, *([MILLION] if given.million else [])]
    with scratch_database():
        lines = [line for size in sizes for line in measure(size)]
    print("\n".join([HEAD, *map(str, lines)]))


def measure(size: int) -> Iterator[Line]:
    """Yield the lines of all tools on a list of so many."""
    from bench.persons import People
    from blacklist.services.scratch_list import Row, replace_scratch_list

    say(f"a list of {size:,}")
    drawn = People(seed=size)
    every = max(size // BACK, 1)
    kept: dict[str, Identity] = {}

    def rows() -> Iterator[Row]:
        for number in range(size):
            person = drawn.person()
            if number % every == 0 and len(kept) < BACK:
                kept[str(number)] = person
            yield Row(str(number), person)

    began = time.perf_counter()
    replace_scratch_list(rows=rows())
    say(f"loaded in {time.perf_counter() - began:.0f} s")
    people = People(seed=size + 1)
    sample = Sample(
        clean=[people.person() for _ in range(CLEAN)],
        contact=[(ref, people.returning(person, reachable=True)) for ref, person in kept.items()],
        without=[
            (ref, replace(people.returning(person, reachable=False), street=None, emails=(), phones=()))
            for ref, person in kept.items()
        ],
    )
    for tool, look_up, all_of_it in tools(size):
        say(f"{tool}: looking up")
        yield sample.line(tool, size, look_up, all_of_it=all_of_it)


def tools(size: int) -> Iterator[tuple[str, LookUp, bool]]:
    """Yield each tool: its name, how it looks somebody up, whether it does so for the whole sample."""
    from bench import yardsticks_of_screening as yardsticks

    yield "ours", yardsticks.ours, True
    yield "pg_trgm", yardsticks.trigrams(), size < MILLION
    yield "rapidfuzz", yardsticks.everybody(), size <= BRUTE


@dataclass(frozen=True)
class Sample:
    """Whom a tool is asked for: new people, and people who come back with and without their contact data."""

    clean: list[Identity]
    contact: list[tuple[str, Identity]]
    without: list[tuple[str, Identity]]

    def line(self, tool: str, size: int, look_up: LookUp, *, all_of_it: bool) -> Line:
        """Return what came of it."""
        took: list[float] = []

        def timed(person: Identity) -> Found:
            began = time.perf_counter()
            found = look_up(person)
            took.append((time.perf_counter() - began) * 1000)
            return found

        for person in self.clean[:3]:
            look_up(person)  # warm
        clean = sorted(
            (timed(person)[0] for person in self.clean[: None if all_of_it else FEW]), reverse=True
        )
        recalls: list[float | None] = [None, None]
        if all_of_it:
            alert = clean[len(clean) // 1000]
            recalls = [
                sum(score > alert and found == ref for ref, (score, found) in answers) / len(answers)
                for answers in (
                    [(ref, timed(person)) for ref, person in sample]
                    for sample in (self.contact, self.without)
                )
            ]
        took.sort()
        return Line(tool, size, recalls[0], recalls[1], took[len(took) // 2], took[int(len(took) * 0.99)])


if __name__ == "__main__":
    main()
