"""Internet addresses that were spelled out: "voorbeeld punt nl", "www voorbeeld (dot) com"."""

import re
from collections.abc import Iterator

from moderation.choices import Flag
from moderation.detectors.domains import ALSO_WORDS, CERTAIN
from moderation.detectors.email_addresses import EmailAddresses
from moderation.detectors.registry import Span

_DOT = r"(?:\s?[(\[{<]\s?(?:punt|dot|\.)\s?[)\]}>]\s?|\s(?:punt|dot)\s|\s\.\s?|\.\s)"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_SPELLED = re.compile(
    rf"(?<![\w@.])(?:www{_DOT}|www\s)?{_LABEL}(?:(?:{_DOT}|\.){_LABEL}){{0,3}}{_DOT}(?P<ending>[a-z]{{2,9}})(?!\w)",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"punt|dot|[(\[{<]", re.IGNORECASE)


class SpelledLinks:
    """Finds addresses whose dots were written as words, or set apart."""

    code = "spelled_link"
    flag = Flag.LINK
    severity = 2
    points = 20

    def find(self, text: str) -> Iterator[Span]:
        """Yield the span of every address, from its first label to its ending."""
        if not _SPOKEN.search(text) and " ." not in text:
            return
        taken = [(span.start, span.end) for span in EmailAddresses().find(text)]
        for match in _SPELLED.finditer(text):
            ending = match["ending"]
            said = bool(_SPOKEN.search(match[0]))
            known = ending in CERTAIN or (
                said and ending in ALSO_WORDS - {"de", "in", "to", "me", "is", "at", "no", "so"}
            )
            spaced = not said and " ." in match[0][-len(ending) - 3 :]
            if not known or not (said or spaced):
                continue
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            yield Span(match.start(), match.end(), {"written_out": True})
