"""What somebody reads on a page: its text, and the words in attributes that browsers show or speak."""

from html.parser import HTMLParser

_NOT_READ = {"script", "style", "template", "noscript", "code"}
_ICON = "material-symbols"
_SAID = {"title", "aria-label", "placeholder", "alt"}
_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.pieces += [value for name, value in given.items() if name in _SAID and value]
        if tag == "input" and given.get("type") in {"submit", "button"}:
            self.pieces.append(given.get("value") or "")
        unread = tag in _NOT_READ or _ICON in (given.get("class") or "")
        if tag not in _VOID and (self.unread or unread):
            self.unread += 1

    def handle_endtag(self, tag: str) -> None:
        if self.unread and tag not in _VOID:
            self.unread -= 1

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.pieces.append(data)


def visible(html: str) -> list[str]:
    """Return every piece of text of `html` that is read, without the spaces around and inside."""
    reader = _Reader()
    reader.feed(html)
    return [words for piece in reader.pieces if (words := " ".join(piece.split()))]
