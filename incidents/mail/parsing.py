"""A mail, read: who wrote it, to what it answers, its words and its files. Nothing a mail holds may stop it.

What a header says is read leniently, piece by piece: one that cannot be read is as one that is not there.
"""

import base64
import email.policy
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from functools import cached_property

from incidents.mail.text import decoded, seen_line, seen_text, text_of_html

LONGEST_ID = 300
LONGEST_BODY = 100_000
MOST_REFERENCES = 50
MOST_PARTS = 500
_ID = re.compile(r"<[^<>\s]{1,298}>")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]*")
_NUMBER = re.compile(r"\bWH-(\d{1,12})\b", re.IGNORECASE)
_ADDRESS = re.compile(r"[^@\s<>\"(),;:]+@[^@\s<>\"(),;:]+\.[^@\s<>\"(),;:]+\Z")


@dataclass(frozen=True, kw_only=True)
class Part:
    """A file that came along: what it is called, and its bytes."""

    name: str = field(repr=False)
    content: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class ParsedMail:
    """A mail as we go on with it.

    `machine`: no person wrote it. `answerable`: its sender may be told that it came in. `returned`: ids of
    the letters that it says did not arrive. `whole` is all it says, where that is too much for `body`.
    `unread`: nothing could be made of it.
    """

    message_id: str
    references: tuple[str, ...]
    numbers: tuple[int, ...]
    from_name: str = field(repr=False)
    from_email: str = field(repr=False)
    to_emails: tuple[str, ...] = field(repr=False)
    subject: str = field(repr=False)
    body: str = field(repr=False)
    sent_at: datetime | None
    parts: tuple[Part, ...]
    machine: bool
    answerable: bool
    returned: tuple[str, ...] = ()
    return_code: str = ""
    whole: str = field(repr=False, default="")
    unread: bool = False

    @cached_property
    def fingerprint(self) -> str:
        """The same for every copy of one message, whatever way it came."""
        said = (self.message_id, self.from_email, self.subject, " ".join(self.body.split()))
        sizes = [f"{part.name}:{hashlib.sha256(part.content).hexdigest()}" for part in self.parts]
        sent = self.sent_at.isoformat() if self.sent_at else ""
        return hashlib.sha256("\n".join((*said, sent, *sizes)).encode()).hexdigest()


def parse(raw: bytes) -> ParsedMail:
    """Read a mail. Lenient with everything: only what is no mail at all (no header) is refused.

    Raises ValueError when nothing can be made of it.
    """
    mail = message_from_bytes(raw, policy=email.policy.compat32)
    if not mail.keys():
        raise ValueError("no header")
    words, parts = _contents(mail)
    senders = _addresses(mail, "From") or _addresses(mail, "Reply-To") or _addresses(mail, "Sender")
    answers_to = _addresses(mail, "Reply-To")
    name, address = senders[0] if senders else ("", "")
    if answers_to and answers_to[0][1]:
        address = answers_to[0][1]
    returned, code = _returned(mail)
    machine = bool(returned) or _is_machine(mail, address)
    subject = seen_line(_header(mail, "Subject"), longest=200)
    return ParsedMail(
        message_id=next(iter(_ids(mail, "Message-ID")), ""),
        references=tuple(dict.fromkeys([*_ids(mail, "In-Reply-To"), *reversed(_ids(mail, "References"))]))[
            :MOST_REFERENCES
        ],
        numbers=tuple(int(number) for number in _NUMBER.findall(subject)),
        from_name=seen_line(name, longest=120),
        from_email=address,
        to_emails=tuple(found for header in ("To", "Cc") for _name, found in _addresses(mail, header)),
        subject=subject,
        body=words[:LONGEST_BODY],
        sent_at=_sent_at(mail),
        parts=tuple(parts),
        machine=machine,
        answerable=bool(address) and not machine and not _is_deaf(mail, address),
        returned=returned,
        return_code=code,
        whole=words if len(words) > LONGEST_BODY else "",
    )


def _header(mail: Message, name: str) -> str:
    value = mail.get(name)
    if value is None:
        return ""
    text = str(value)
    try:
        pieces = decode_header(text)
    except (HeaderParseError, ValueError):
        return text
    read = []
    for piece, charset in pieces:
        content = piece if isinstance(piece, bytes) else piece.encode("utf-8", "surrogateescape")
        read.append(decoded(content, charset or ""))
    return "".join(read)


def _addresses(mail: Message, name: str) -> list[tuple[str, str]]:
    """Return the names and addresses of a header; those that are no address are left out."""
    # The address is taken apart before names are decoded: an encoded name may hold commas.
    found = []
    raw = " , ".join(str(value) for value in mail.get_all(name, []))
    for shown, address in getaddresses([" ".join(raw.split())]):
        plain = address.strip().lower()
        if len(plain) <= 254 and _ADDRESS.match(plain) and plain.isprintable():  # noqa: PLR2004 - RFC 5321
            holder = Message()
            holder["Name"] = shown
            found.append((_header(holder, "Name"), plain))
    return found


def _ids(mail: Message, name: str) -> list[str]:
    return _ID.findall(" ".join(str(value) for value in mail.get_all(name, [])))


def _sent_at(mail: Message) -> datetime | None:
    try:
        sent = parsedate_to_datetime(str(mail.get("Date")))
        return (sent if sent.tzinfo else sent.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _leaves(mail: Message) -> Iterator[Message]:
    """Yield the parts that hold something, a forwarded mail being one; so many at most."""
    waiting, seen = [mail], 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop()
        seen += 1
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting.extend(one for one in reversed(inner) if isinstance(one, Message))
        else:
            yield part


def _contents(mail: Message) -> tuple[str, list[Part]]:
    plain: list[str] = []
    pages: list[str] = []
    parts: list[Part] = []
    for leaf in _leaves(mail):
        kind = leaf.get_content_type()
        if kind.startswith("multipart/"):  # it says that it has parts, and has none
            kind = "text/plain"
        named = _name_of(leaf)
        is_file = named or str(leaf.get("Content-Disposition", "")).strip().lower().startswith("attachment")
        if kind in {"text/plain", "text/html"} and not is_file:
            text = decoded(_bytes_of(leaf), str(leaf.get_param("charset") or ""))
            (plain if kind == "text/plain" else pages).append(text)
        elif content := _bytes_of(leaf):
            parts.append(Part(name=named or f"bijlage.{kind.partition('/')[2][:10]}", content=content))
    words = seen_text("\n\n".join(plain))
    if not words:
        words = seen_text("\n\n".join(text_of_html(page) for page in pages))
    return words, parts


def _bytes_of(part: Message) -> bytes:
    inner = part.get_payload()
    if isinstance(inner, list):  # a mail inside the mail, or the report of one
        return b"\n".join(bytes(one) for one in inner if isinstance(one, Message))
    written = str(inner or "").encode("utf-8", "surrogateescape")
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64":
        return _from_base64(written)
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        content = None
    return content if isinstance(content, bytes) else written


def _from_base64(written: bytes) -> bytes:
    """Return what is written in base64, also when it was cut off; as it stands when it is no base64."""
    digits = b"".join(written.split())
    whole = digits.rstrip(b"=")
    if not _BASE64.fullmatch(whole) or b" " in written.strip():
        return written
    if len(whole) % 4 == 1:  # of one digit nothing can be made
        whole = whole[:-1]
    return base64.b64decode(whole + b"=" * (-len(whole) % 4))


def _name_of(part: Message) -> str:
    try:
        name = part.get_filename("")
    except (ValueError, LookupError, TypeError):
        return ""
    holder = Message()
    holder["Name"] = " ".join(str(name).split())
    return seen_line(_header(holder, "Name"), longest=200)


_MACHINE_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "X-Failed-Recipients")
_MACHINE_ADDRESS = re.compile(r"(?:mailer-daemon|postmaster)@")
_DEAF_ADDRESS = re.compile(r"[^@]*(?:no-?reply|do-?not-?reply|geen-?antwoord|bounce)[^@]*@")
_AWAY = re.compile(
    r"\s*(?:automatisch(?:e)? (?:antwoord|reactie)|automatic reply|auto(?:matische)?[- ]?reply"
    r"|out of (?:the )?office|afwezig|undeliver|delivery (?:status|failure|has failed)|mail delivery"
    r"|niet bezorgd|onbestelbaar|returned mail)",
    re.IGNORECASE,
)


def _is_machine(mail: Message, address: str) -> bool:
    """Return whether no person wrote this (RFC 3834, and what mail programs did before it)."""
    submitted = str(mail.get("Auto-Submitted", "no")).partition(";")[0].strip().lower()
    return (
        submitted not in {"", "no"}
        or any(mail.get(name) for name in _MACHINE_HEADERS)
        or str(mail.get("Return-Path", "")).strip() == "<>"
        or str(mail.get("Precedence", "")).strip().lower() == "auto_reply"
        or bool(_MACHINE_ADDRESS.match(address))
    )


def _is_deaf(mail: Message, address: str) -> bool:
    """Return whether a machine had better not answer: it went to many, or looks as if nobody reads there."""
    return (
        str(mail.get("Precedence", "")).strip().lower() in {"bulk", "list", "junk"}
        or bool(mail.get("List-Id") or mail.get("List-Unsubscribe"))
        or str(mail.get("X-Auto-Response-Suppress", "none")).strip().lower() != "none"
        or bool(_DEAF_ADDRESS.match(address))
        or bool(_AWAY.match(_header(mail, "Subject")))
    )


def _returned(mail: Message) -> tuple[tuple[str, ...], str]:
    """Return the ids of the letters that a report says did not arrive, and its status code (RFC 3464)."""
    if mail.get_content_type() != "multipart/report":
        return (), ""
    text = decoded(bytes(mail))
    head, _, rest = text.partition("\n\n")
    ids = tuple(dict.fromkeys(_ID.findall(" ".join(re.findall(r"(?im)^Message-ID:\s*(\S+)", rest)))))
    status = re.search(r"(?im)^Status:\s*(\d\.\d{1,3}\.\d{1,3})", rest)
    delayed = re.search(r"(?im)^Action:\s*(?:delayed|delivered|relayed|expanded)", rest)
    return (() if delayed or not head else ids), (status[1] if status else "")
