"""The words of a mail: decoded whatever it says of itself, and without what no reader can see."""

import codecs
import re
import unicodedata
from html.parser import HTMLParser

_OWN_SHIFTS = ("utf-16", "utf-32", "utf-7", "iso-2022", "iso2022", "hz", "utf_7", "utf_16", "utf_32")
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_KEPT = {"\n", "\t", "\u200d", "\u200c"}
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_MANY_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*){2,}")
_SPACES = re.compile(r"[ \t\r\n\xa0]+")
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article blockquote br dd div dl dt fieldset footer form h1 h2 h3 h4"
        " h5 h6 header hr li main ol p pre section table tr ul",
    )
)
_SILENT = frozenset({"script", "style", "head", "title", "template"})


def decoded(content: bytes, charset: str = "") -> str:
    """Return bytes as text: as UTF-8 when they are that, else as they say, else as Windows would.

    Bytes that are valid UTF-8 by chance are rare; mail that names the wrong charset is not.
    """
    charset = charset.strip().strip("\"'").lower()
    try:
        named = codecs.lookup(charset).name if charset else ""
    except (LookupError, ValueError):
        named = ""
    first = (named, "utf-8") if named.startswith(_OWN_SHIFTS) else ("utf-8", named)
    for one in first:
        try:
            text = content.decode(one) if one else None
        except (UnicodeError, LookupError):
            continue
        if isinstance(text, str):
            return text
    return content.decode("cp1252", errors="replace")


def seen_text(text: str) -> str:
    """Return text of several lines as a reader sees it: hidden and control characters are left out."""
    kept = "".join(
        character
        for character in _LINE_ENDS.sub("\n", text)
        if character in _KEPT or unicodedata.category(character) not in _UNSEEN
    )
    return _MANY_BLANK.sub("\n\n", unicodedata.normalize("NFC", kept)).strip()


def seen_line(text: str, *, longest: int) -> str:
    """Return one line as a reader sees it, cut off at `longest` characters."""
    return " ".join(seen_text(text).split())[:longest].strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0
        self.link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag in _BLOCKS:
            self.parts.append("\n" if tag in {"br", "li", "tr", "dd", "dt"} else "\n\n")
            if tag == "li":
                self.parts.append("- ")
        elif tag in {"td", "th"}:
            self.parts.append(" ")
        elif tag == "a":
            self.link = next((value or "" for name, value in attrs if name == "href"), "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _BLOCKS and tag != "br":
            self.parts.append("\n")
        elif tag == "a":
            said = "".join(self.parts[-3:])
            if self.link.startswith(("http:", "https:")) and self.link not in said:
                self.parts.append(f" ({self.link})")
            self.link = ""

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(_SPACES.sub(" ", data))


def text_of_html(html: str) -> str:
    """Return what a page says, without its looks; where a link leads is said, for who must judge it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = "".join(reader.parts).split("\n")
    return seen_text("\n".join(line.strip() for line in lines))
