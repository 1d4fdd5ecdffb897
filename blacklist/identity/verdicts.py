"""What is done with a score. Nobody is refused by it: a person looks."""

from enum import StrEnum


class Verdict(StrEnum):
    """Nothing to look at, somebody looks, or somebody looks first at this."""

    CLEAR = "clear"
    REVIEW = "review"
    HIT = "hit"


REVIEW_FROM = 0.1
HIT_FROM = 0.99


def verdict_of(score: float) -> Verdict:
    """Return what is done with the highest score that a person got."""
    if score >= HIT_FROM:
        return Verdict.HIT
    return Verdict.REVIEW if score >= REVIEW_FROM else Verdict.CLEAR
