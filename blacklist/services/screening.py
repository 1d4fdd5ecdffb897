"""Checking a person against a list."""

from typing import NamedTuple

from blacklist.identity import Identity, Verdict, verdict_of
from blacklist.selectors.lookups import Match, PersonList, find_matches


class Screened(NamedTuple):
    """What a check said. `score` is that of the best match, 0 when there is none."""

    verdict: Verdict
    score: float
    matches: list[Match]


def screen_identity(*, identity: Identity, against: PersonList) -> Screened:
    """Check a person against a list. Reads only; nothing of the person is kept. Decides about nobody."""
    matches = find_matches(identity, on=against)
    score = matches[0].comparison.score if matches else 0.0
    return Screened(verdict_of(score), score, matches)
