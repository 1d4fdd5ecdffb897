"""E-mail addresses, also in other scripts, and simply spelled out.

Everything starts from the sign itself ("@", "(at)", "apenstaartje"): what stands left and right of
it is walked over once, with a bound, so no text takes more than linear time.
"""

import re
from collections.abc import Iterator

from moderation.choices import Flag
from moderation.detectors.domains import MAIL_HOSTS, is_address, without_next_sentence
from moderation.detectors.registry import Span

LONGEST_LOCAL = 64
_LOCAL_SIGNS = frozenset("._%+-&=#~'")
_SIGN = re.compile(
    r"[@\uff20\ufe6b]"
    r"|[(\[{<*] ?(?:at|apenstaart(?:je)?|a|@) ?[)\]}>*]"
    r"|(?<!\w)(?P<word>at|bij|apenstaart(?:je)?|apestaart(?:je)?|apenstaartteken|atteken|at-teken)(?!\w)",
    re.IGNORECASE,
)
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:[.\u3002\uff0e]{_LABEL}){{0,8}}")
_SPOKEN_DOT = r"(?: ?[(\[{<] ?(?:punt|dot|\.) ?[)\]}>] ?| (?:punt|dot) | \. ?|\.)"
_SPOKEN_DOMAIN = re.compile(rf"{_LABEL}(?:{_SPOKEN_DOT}{_LABEL}){{1,4}}", re.IGNORECASE)
_DOT = re.compile(_SPOKEN_DOT, re.IGNORECASE)
_SPOKEN_JOINTS = frozenset({"punt", "dot", "underscore", "streepje"})


class EmailAddresses:
    """Finds `naam@domein.nl`, `naam (at) domein punt nl` and what lies between them."""

    code = "email_address"
    flag = Flag.CONTACT
    severity = 2
    points = 30

    def find(self, text: str) -> Iterator[Span]:
        """Yield the span of every address, from its first letter to the end of its domain."""
        reached = 0
        for sign in _SIGN.finditer(text):
            if sign.start() < reached:
                continue
            span = _around(text, sign, reached)
            if span is not None:
                reached = span.end
                yield span


def _around(text: str, sign: re.Match[str], floor: int) -> Span | None:
    plain = len(sign[0]) == 1
    if plain:
        start = _local_start(text, sign.start(), floor)
        domain = _DOMAIN.match(text, sign.end())
        if start < sign.start() and domain:
            name = without_next_sentence(domain[0].replace("\u3002", ".").replace("\uff0e", "."))
            if "." in name and not name.rpartition(".")[2].isdecimal():
                return Span(start, sign.end() + len(name))
    end = _spoken_end(text, sign)
    if end is None:
        return None
    start = _spoken_start(text, sign.start(), floor)
    return Span(start, end, {"written_out": True}) if start < sign.start() else None


def _local_start(text: str, end: int, floor: int) -> int:
    start = end
    lowest = max(floor, end - LONGEST_LOCAL)
    while start > lowest and (text[start - 1].isalnum() or text[start - 1] in _LOCAL_SIGNS):
        start -= 1
    while start < end and not text[start].isalnum() and text[start] != "_":
        start += 1
    return start


def _spoken_end(text: str, sign: re.Match[str]) -> int | None:
    """Return where a domain ends that is spelled after the sign, None when there is none."""
    after = sign.end()
    while after < len(text) and text[after] == " " and after < sign.end() + 2:
        after += 1
    match = _SPOKEN_DOMAIN.match(text, after)
    if match is None:
        return None
    end = _known_end(match)
    if end is None:
        return None
    host = _LABEL_AT_START.match(match[0])
    bare_word = sign["word"] is not None and sign["word"].lower() in {"at", "bij"}
    if bare_word and (host is None or host[0].lower() not in MAIL_HOSTS):
        return None
    return end


_LABEL_AT_START = re.compile(_LABEL)


def _known_end(match: re.Match[str]) -> int | None:
    """Return the end of the longest part of a spelled domain that ends in a well-known ending."""
    name = _LABEL_AT_START.match(match[0])
    best = None
    position = name.end() if name else 0
    while dot := _DOT.match(match[0], position):
        label = _LABEL_AT_START.match(match[0], dot.end())
        if label is None:
            break
        if is_address(f"x.{label[0]}") and (best is None or not label[0][:1].isupper()):
            best = match.start() + label.end()
        position = label.end()
    return best


def _spoken_start(text: str, end: int, floor: int) -> int:
    """Return where the name before the sign begins: one word, or words joined by "punt"."""
    lowest = max(floor, end - LONGEST_LOCAL)
    while end > lowest and text[end - 1] == " ":
        end -= 1
    start = _local_start(text, end, floor)
    if start == end:
        return len(text)
    while True:
        words = text[lowest:start].split()
        if not words[1:] or words[-1].lower().strip("()[]") not in _SPOKEN_JOINTS:
            return start
        joint = text.rindex(words[-1], lowest, start)
        before = len(text[:joint].rstrip()) if joint - lowest < LONGEST_LOCAL else joint
        earlier = _local_start(text, before, lowest)
        if earlier == before:
            return start
        start = earlier
