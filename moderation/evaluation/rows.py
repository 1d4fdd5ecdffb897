"""Labelled texts: one JSON object a line. What is not known of a row may be left out."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from moderation.choices import Flag

KINDS = {"help_request": "request", "request": "request", "help_offer": "offer", "offer": "offer"}
KINDS |= {"profile": "profile"}
MOST_SEVERE = 3
LONGEST_TEXT = 100_000


class BadRow(ValueError):
    """A line that cannot be used; the message names the line and the field."""

    def __init__(self, line: int, field: str, problem: str) -> None:
        super().__init__(f"line {line}: {field}: {problem}" if field else f"line {line}: {problem}")


@dataclass(frozen=True, slots=True)
class Row:
    """One text. `flags` and `severity` are what a person said of it; None when nobody did."""

    id: str
    kind: str
    title: str
    text: str
    keywords: tuple[str, ...]
    flags: frozenset[str] | None
    severity: int | None

    @property
    def fields(self) -> dict[str, str]:
        """The texts that rules look at."""
        return {"title": self.title, "text": self.text}


def read_rows(lines: Iterable[bytes]) -> Iterator[Row]:
    """Yield the rows of a file. Raises BadRow at the first line that is wrong; empty lines are skipped."""
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        row = _row(number, line)
        if row.id in seen:
            raise BadRow(number, "id", "was used before")
        seen.add(row.id)
        yield row


def _row(number: int, line: bytes) -> Row:
    try:
        given = json.loads(line)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise BadRow(number, "", "is no JSON in UTF-8") from None
    if not isinstance(given, dict):
        raise BadRow(number, "", "must be an object")
    kind = given.get("kind")
    if kind is not None and (not isinstance(kind, str) or kind not in KINDS):
        raise BadRow(number, "kind", "must be help_request, help_offer or profile")
    return Row(
        id=_id(number, given),
        kind=KINDS[kind] if kind else "",
        title=_text(number, given, "title", needed=False),
        text=_text(number, given, "text", needed=True),
        keywords=_keywords(number, given),
        flags=_flags(number, given),
        severity=_severity(number, given),
    )


def _id(number: int, given: dict[str, Any]) -> str:
    value = given.get("id")
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        raise BadRow(number, "id", "must be a text or a number")
    return str(value)


def _text(number: int, given: dict[str, Any], field: str, *, needed: bool) -> str:
    value = given.get(field)
    if value is None and not needed:
        return ""
    if not isinstance(value, str):
        raise BadRow(number, field, "must be a text")
    if len(value) > LONGEST_TEXT:
        raise BadRow(number, field, f"at most {LONGEST_TEXT} characters")
    return value


def _keywords(number: int, given: dict[str, Any]) -> tuple[str, ...]:
    value = given.get("keywords")
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadRow(number, "keywords", "must be a list of texts")
    return tuple(value)


def _flags(number: int, given: dict[str, Any]) -> frozenset[str] | None:
    value = given.get("flags")
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadRow(number, "flags", "must be a list of texts")
    if strange := sorted(set(value) - set(Flag.values)):
        raise BadRow(number, "flags", f"{strange[0]} is none of {', '.join(Flag.values)}")
    return frozenset(value)


def _severity(number: int, given: dict[str, Any]) -> int | None:
    value = given.get("severity")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_SEVERE:
        raise BadRow(number, "severity", "must be 0, 1, 2 or 3")
    return value
