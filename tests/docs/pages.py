"""The pages of documentation, and what stands in them."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.house import BASE, files


def pages() -> list[Path]:
    """Return every page of ours."""
    return list(files(".md"))


def read(path: str) -> str:
    """Return the text of a page."""
    return (BASE / path).read_text()


def blocks(text: str, language: str) -> list[str]:
    """Return the blocks of code in that language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def prose(text: str) -> str:
    """Return a page without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def rows(text: str) -> Iterator[list[str]]:
    """Yield the cells of every row of the tables, without their heads."""
    for table in re.findall(r"^\|.*\n\|[-| ]+\|\n((?:\|.*\n)+)", text, flags=re.MULTILINE):
        for row in table.splitlines():
            yield [cell.strip() for cell in row.strip("|").split("|")]


def anchors(text: str) -> set[str]:
    """Return what may stand behind the # of a link to this page."""
    titles = re.findall(r"^#+ (.+)$", prose(text), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
