"""Text from outside: what no reader can see, or what makes them read something else, is refused.

Letters of every script are welcome, those that run from right to left too; only the marks that
turn text around, hide in it or end it are not.
"""

import re
import unicodedata

_HIDDEN = re.compile(
    "["
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\uffff\ufdd0-\ufdef\ud800-\udfff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e001f\U000e0080-\U000e0fff"
    "]"
)
_CONTROL_OF_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROL_OF_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LINE_END = re.compile("\r\n|\u2028|\u2029")
_JOINER = re.compile("[\u200c\u200d]")
_TAGS = re.compile("(?<!\U0001f3f4)(?<![\U000e0020-\U000e007f])[\U000e0020-\U000e007f]")
_JOINING_SCRIPTS = re.compile(
    "[\u0600-\u08ff\u0900-\u0dff\u0f00-\u0fff\u1000-\u109f\u1780-\u18af\ua840-\ua87f\ua8e0-\ua8ff]"
)
_BESIDE_EMOJI = "\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"


class NotPlain(ValueError):
    """Text that holds something unseen, or too much. The message repeats nothing of it."""


def plain_line(value: str, *, longest: int) -> str:
    """Return one line of text in Unicode's form NFC, without spaces around it. Raises NotPlain."""
    if not (value.isascii() and value.isprintable()):
        if _CONTROL_OF_LINE.search(value):
            raise NotPlain("Control characters and line ends are not allowed here.")
        value = _visible(value)
    return _fitting(value.strip(), longest)


def plain_text(value: str, *, longest: int) -> str:
    """Return text of several lines in Unicode's form NFC; every line ends in a line feed. Raises NotPlain."""
    if not (value.isascii() and value.isprintable()):
        value = _LINE_END.sub("\n", value)
        if _CONTROL_OF_TEXT.search(value):
            raise NotPlain("Control characters are not allowed.")
        value = _visible(value)
    return _fitting(value, longest)


def _fitting(value: str, longest: int) -> str:
    if len(value) > longest:  # NFC may make text longer
        raise NotPlain(f"At most {longest} characters are taken.")
    return value


def _visible(value: str) -> str:
    if value.isascii():
        return value
    if _HIDDEN.search(value) or _TAGS.search(value):
        raise NotPlain("Characters that cannot be seen, or that turn the text around, are not allowed.")
    for joiner in _JOINER.finditer(value):
        if not _joins(value, joiner.start()):
            raise NotPlain("Invisible joiners are allowed inside emoji and between joining letters only.")
    return unicodedata.normalize("NFC", value)


def _joins(value: str, place: int) -> bool:
    before = value[max(0, place - 8) : place].rstrip(_BESIDE_EMOJI)[-1:]
    after = value[place + 1 : place + 2]
    if _JOINING_SCRIPTS.match(before) and _JOINING_SCRIPTS.match(after):
        return True
    return value[place] == "\u200d" and _is_emoji(before) and _is_emoji(after)


def _is_emoji(character: str) -> bool:
    return bool(character) and unicodedata.category(character) == "So"
