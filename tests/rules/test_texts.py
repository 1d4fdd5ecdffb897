"""Hundreds of sentences, one rule of behaviour each: found, found as most severe, or left alone.

In `texts/<flag>.txt`: `+` is found, `!` is found with severity 3, `-` is left alone altogether.
"""

from pathlib import Path

import pytest

from moderation.choices import Flag
from moderation.detectors import scan

SENTENCES = [
    (path.stem, line[0], line[2:])
    for path in sorted((Path(__file__).parent / "texts").glob("*.txt"))
    for line in path.read_text().splitlines()
]


def of(sign: str) -> list[tuple[str, str]]:
    return [(flag, text) for flag, said, text in SENTENCES if said == sign]


def test_every_kind_has_its_sentences() -> None:
    found = {flag for flag, sign, _text in SENTENCES if sign in "+!"}
    assert found == set(Flag.values) - {Flag.DUPLICATE}
    assert {sign for _flag, sign, _text in SENTENCES} == set("+!-")


@pytest.mark.parametrize(("flag", "text"), of("+"))
def test_is_found(flag: str, text: str) -> None:
    assert flag in {found.flag for found in scan({"text": text})}


@pytest.mark.parametrize(("flag", "text"), of("!"))
def test_is_found_as_most_severe(flag: str, text: str) -> None:
    assert (flag, 3) in {(found.flag, found.severity) for found in scan({"text": text})}


@pytest.mark.parametrize(("flag", "text"), of("-"))
def test_is_left_alone(flag: str, text: str) -> None:
    assert [(found.code, text[found.start : found.end]) for found in scan({"text": text})] == []
