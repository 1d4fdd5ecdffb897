"""What a member changed between two versions, word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from moderation.explanations import field_name

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_MOST_PAIRS = 400_000
"""So many pairs of words are compared at most; longer texts are compared by line, then as a whole."""

Kind = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text that stayed, went or came."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs. `runs` in reading order; empty when only that it changed can be said."""

    field: str
    runs: list[Run]

    @property
    def label(self) -> str:
        """The field's name in words."""
        return field_name(self.field)


def compare(old: str, new: str) -> list[Run]:
    """Return how `old` became `new`. What stayed and came, joined, is `new`; what stayed and went, `old`."""
    for cut in (_WORDS, _LINES):
        before, after = cut.findall(old), cut.findall(new)
        if len(before) * len(after) <= _MOST_PAIRS:
            return _runs(before, after)
    return [run for run in (Run("gone", old), Run("new", new)) if run.text]


def changed_fields(before: Any, now: Any, *, fields: Sequence[str]) -> list[FieldChange]:
    """Return the named fields in which two versions of a subject differ, in that order."""
    changes = []
    for name in fields:
        old, new = getattr(before, name), getattr(now, name)
        if old == new:
            continue
        if name == "photo_sha256":
            changes.append(FieldChange("photo", []))
        elif name == "kind":
            changes.append(FieldChange(name, compare(before.get_kind_display(), now.get_kind_display())))
        else:
            changes.append(FieldChange(name, compare(_text(old), _text(new))))
    return changes


def _text(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _runs(before: list[str], after: list[str]) -> list[Run]:
    runs: list[Run] = []
    for _tag, i, i_end, j, j_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if before[i:i_end] == after[j:j_end]:
            runs.append(Run("same", "".join(after[j:j_end])))
            continue
        if i < i_end:
            runs.append(Run("gone", "".join(before[i:i_end])))
        if j < j_end:
            runs.append(Run("new", "".join(after[j:j_end])))
    return runs
