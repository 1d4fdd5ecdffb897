"""Where the house's own files are."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]
_OURS_THOUGH_HIDDEN = {".ci", ".env.example", ".gitignore"}
_NOT_OURS = {"var", "node_modules", "__pycache__", "vendor"}


def files(*suffixes: str) -> Iterator[Path]:
    """Yield every file of ours with one of `suffixes` (all of them when none is given), sorted."""
    waiting = [BASE]
    while waiting:
        for path in sorted(waiting.pop().iterdir()):
            if path.is_symlink() or path.name in _NOT_OURS:
                continue
            if path.name.startswith(".") and path.name not in _OURS_THOUGH_HIDDEN:
                continue
            if path.is_dir():
                waiting.append(path)
            elif not suffixes or path.suffix in suffixes:
                yield path


def modules() -> Iterator[Path]:
    """Yield the Python files that run in the house: no tests, no migrations."""
    for path in files(".py"):
        parts = path.relative_to(BASE).parts
        if parts[0] not in {"tests", "bench"} and "migrations" not in parts:
            yield path


@cache
def tree(path: Path) -> ast.Module:
    """Return the parsed file."""
    return ast.parse(path.read_text(), filename=str(path))


def name(path: Path) -> str:
    """Return the path as a person would say it."""
    return str(path.relative_to(BASE))
