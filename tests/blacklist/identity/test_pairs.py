"""What is done with pairs of Dutch persons: whom it takes for one, and whom it lets be."""

from pathlib import Path

import pytest

from blacklist.identity import (
    Comparer,
    Identity,
    Rarity,
    explain,
    keys_of,
    keys_to_ask,
    normalise,
    verdict_of,
)
from blacklist.identity.keys import term_number

TABLE = Path(__file__).with_name("pairs.txt")
LISTED = 2500
COMMON = {
    "jan": 60, "johannes": 40, "maria": 50, "anna": 30, "piet": 20, "petrus": 20, "peter": 30, "mohammed": 25,
    "vries": 25, "jansen": 25, "berg": 20, "bakker": 20, "visser": 15, "hendriks": 10, "dykstra": 8, "vos": 8,
}  # fmt: skip
"""How many of the list have a name: as common as in the Netherlands."""
RARITY = Rarity(listed=LISTED, counts={term_number(name): count for name, count in COMMON.items()})

Pair = tuple[str, str, Identity, Identity, str]


def pairs() -> list[Pair]:
    """Every pair of the table: what it is, what is done, the listed, the signup, and its line."""
    found: list[Pair] = []
    listed = [""]
    for line in TABLE.read_text().splitlines():
        if line.startswith(("same ", "other ")):
            kind, verdict, changed = line.split(" ", 2)
            found.append((kind, verdict, _identity(listed), _signup(listed, changed), line))
        elif not line.startswith("#"):
            listed = [cell.strip() for cell in line.split(";")]
    return found


NAMES = ("first", "infix", "last", "born", "postcode", "street", "mail", "phone")


def _signup(listed: list[str], changed: str) -> Identity:
    cells = dict(zip(NAMES, listed, strict=True)) | {"mail": "", "phone": ""}
    for change in changed.split("; "):
        name, _, value = change.partition("=")
        assert name in cells, change
        cells[name] = value.strip(" ;")
    return _identity(list(cells.values()))


def _identity(cells: list[str]) -> Identity:
    first, infix, last, born, postcode, street, mail, phone = cells
    return Identity(
        first_name=first, infix=infix, last_name=last, birth_date=born, postcode=postcode, street=street,
        emails=(mail,), phones=(phone,),
    )  # fmt: skip


def judged(listed: Identity, signup: Identity) -> tuple[str, str]:
    """What is done with the pair, and why."""
    mine, theirs = normalise(signup), normalise(listed)
    comparison = Comparer(mine, rarity=RARITY).compare(theirs)
    meet = keys_to_ask(mine) & keys_of(theirs)
    return str(verdict_of(comparison.score)) if meet else "clear", explain(comparison)


def test_each_pair_has_its_verdict() -> None:
    wrong = [
        f"{verdict}: {line} ({why})"
        for _kind, expected, listed, signup, line in pairs()
        for verdict, why in [judged(listed, signup)]
        if verdict != expected
    ]
    assert wrong == []


@pytest.mark.parametrize(("kind", "missed"), [("same", "clear"), ("other", "hit")])
def test_hardly_any_is_taken_for_what_it_is_not(kind: str, missed: str) -> None:
    """The few that are, are marked so in the table: what a person could not tell either."""
    verdicts = [expected for this, expected, *_ in pairs() if this == kind]
    assert len(verdicts) >= 150
    assert verdicts.count(missed) <= len(verdicts) // 30
