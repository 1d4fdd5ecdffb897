"""Links: with a scheme, with www., and bare domains with a well-known ending."""

import re
from collections.abc import Iterator

from moderation.choices import Flag
from moderation.detectors.domains import ALSO_WORDS, CERTAIN, without_next_sentence
from moderation.detectors.email_addresses import EmailAddresses
from moderation.detectors.registry import Span

_CERTAIN_LINK = re.compile(
    r"(?<!\w)(?:h(?:tt|xx)ps?:/{1,2}|www\.)[^\s<>\"\u201c\u201d]{2,2000}", re.IGNORECASE
)
_DOTTED = re.compile(r"(?<![\w@.\-/])[^\W_][\w-]{0,62}(?:\.[^\W_][\w-]{0,62}){1,8}(?![\w@])")
_PATH = re.compile(r"(?::\d{2,5})?[/?#][^\s<>\"\u201c\u201d]{0,2000}")
_TRAILING = ".,;:!?'*_\u2026\u2019"


class Links:
    """Finds internet addresses; leaves e-mail addresses, abbreviations and joined sentences alone."""

    code = "link"
    flag = Flag.LINK
    severity = 1
    points = 20

    def find(self, text: str) -> Iterator[Span]:
        """Yield the span of every link, without the punctuation that follows it."""
        if "." not in text and ":/" not in text:
            return
        certain = [(m.start(), m.start() + len(_trimmed(m[0]))) for m in _CERTAIN_LINK.finditer(text)]
        taken = sorted([*certain, *((span.start, span.end) for span in EmailAddresses().find(text))])
        links = [Span(start, end) for start, end in certain]
        upcoming = 0
        reached = 0
        for match in _DOTTED.finditer(text):
            while upcoming < len(taken) and taken[upcoming][1] <= match.start():
                upcoming += 1
            if upcoming < len(taken) and taken[upcoming][0] < match.end():
                continue
            if match.start() < reached:
                continue
            end = _end_of_bare(text, match)
            if end:
                reached = end
                links.append(Span(match.start(), end))
        yield from sorted(links, key=lambda span: span.start)


def _end_of_bare(text: str, match: re.Match[str]) -> int:
    """Return where the bare domain (and its path) ends; 0 when this is no link."""
    name = without_next_sentence(match[0])
    labels = name.split(".")
    ending = labels[-1]
    end = match.start() + len(name)
    path = _PATH.match(text, end)
    if path:
        end = path.start() + len(_trimmed(path[0]))
    has_path = end > match.start() + len(name)
    if not any(char.isalpha() for char in labels[-2]) or (len(labels[-2]) == 1 and not has_path):
        return 0
    if _is_written_as_a_sentence(labels):
        return 0
    if ending.lower() in CERTAIN:
        return end
    if ending.lower() in ALSO_WORDS and (has_path or _ends_a_clause(text, end)):
        return end
    return 0


def _is_written_as_a_sentence(labels: list[str]) -> bool:
    """Whether a capital begins after the dot while the word before it has none: "klaar.De"."""
    ending, before = labels[-1], labels[-2]
    if not (ending[:1].isupper() and not ending.isupper()):
        return False
    return ending.lower() in ALSO_WORDS or not before[:1].isupper()


def _ends_a_clause(text: str, end: int) -> bool:
    return end >= len(text) or text[end] in "\n.,;:!?)\"'"


def _trimmed(link: str) -> str:
    link = link.rstrip(_TRAILING)
    while link.endswith((")", "]")) and link.count(link[-1]) > link.count("(" if link[-1] == ")" else "["):
        link = link[:-1].rstrip(_TRAILING)
    return link
