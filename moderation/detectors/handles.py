"""Names in other apps: `@naam`, `snap: naam`, `insta is naam`."""

import re
from collections.abc import Iterator

from moderation.choices import Flag
from moderation.detectors.email_addresses import EmailAddresses
from moderation.detectors.registry import Span

_APPS = (
    "snapchat|snap|snappie|insta|instagram|ig|telegram|tg|signal|discord|skype|kik|tiktok|facebook|fb|messenger|wechat"
    "|viber|twitter|line|threema|steam|linkedin|whatsapp|tinder"
)
_NAME = r"(?:@[\w.\-]{2,40}|(?=[\w.\-]*[\d._\-])[^\W_][\w.\-]{2,39}|[^\W_][\w.\-]{3,39}#\d{4})"
_AT = re.compile(r"(?<![\w.@/])@(?=[\w.]*[A-Za-z])[A-Za-z0-9_][\w.]{2,40}(?<![.])(?![\w@])")
_APP = rf"(?<!\w)(?:{_APPS})(?: ?(?:naam|account|id|name))?"
_LINK_WORDS = (
    r"(?:\s?[:=]|\s(?:is|als|onder|op|me|mij|met|heet|heet ik|via|ben ik|naam|account|dm|add|toe)\b)"
)
_QUOTE = r"[\"'“‘]?"
_AFTER_APP = re.compile(rf"{_APP}(?:{_LINK_WORDS}{{1,3}}\s?|\s){_QUOTE}(?P<name>{_NAME})", re.IGNORECASE)
_APP_COLON = re.compile(rf"{_APP}\s?[:=]\s?{_QUOTE}(?P<name>[^\W_][\w.\-]{{2,39}})", re.IGNORECASE)
_DISCORD = re.compile(r"(?<!\w)[A-Za-z][\w.]{1,31}#\d{4}(?!\w)")


SHORTEST = 3
"""Signs in a name."""


class Handles:
    """Finds names by which somebody can be reached in another app."""

    code = "handle"
    flag = Flag.CONTACT
    severity = 2
    points = 30

    def find(self, text: str) -> Iterator[Span]:
        """Yield the span of every name, with its @ when it has one."""
        taken = [(span.start, span.end) for span in EmailAddresses().find(text)] if "@" in text else []
        spans = [match.span() for match in _AT.finditer(text)]
        for expression in (_AFTER_APP, _APP_COLON):
            spans += [match.span("name") for match in expression.finditer(text)]
        spans += [match.span() for match in _DISCORD.finditer(text)]
        reached = 0
        for start, found_end in sorted(spans):
            end = start + len(text[start:found_end].rstrip(".-"))
            if start < reached or any(start < other_end and other < end for other, other_end in taken):
                continue
            if end - start >= SHORTEST:
                reached = end
                yield Span(start, end)
