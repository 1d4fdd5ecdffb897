"""The servicedesk's mailbox, over IMAP: what is in it is handed over, and goes from it once it is kept here.

It goes, because what the mailbox keeps the nightly erasure does not reach (R72).
"""

import imaplib
import re
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

TIMEOUT = 30
LARGEST_MAIL = 50_000_000
"""Bytes. Of a larger one its header is taken in; the mail itself is flagged and stays in the mailbox."""

AT_A_TIME = 100
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_UID = re.compile(rb"\bUID (\d+)")
_STAYS = b"\r\n\r\n[Dit bericht is te groot om op te halen. Het staat nog in het postvak.]\r\n"


class MailboxUnreachable(Exception):
    """The mailbox does not open or broke off; what was handed over stays. Says nothing that is secret."""


@dataclass(frozen=True)
class Address:
    """Where a mailbox is: `imaps://user:password@host:port/FOLDER`, or `imap://` with STARTTLS."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    tls: bool

    @classmethod
    def of(cls, url: str) -> "Address":
        """Read an address. Raises ValueError, without the password in it."""
        parts = urlsplit(url)
        if parts.scheme not in {"imap", "imaps"} or not parts.hostname or not parts.username:
            raise ValueError("write it as imaps://user:password@host/INBOX")
        tls = parts.scheme == "imaps"
        return cls(
            host=parts.hostname,
            port=parts.port or (993 if tls else 143),
            user=unquote(parts.username),
            password=unquote(parts.password or ""),
            folder=unquote(parts.path.strip("/")) or "INBOX",
            tls=tls,
        )


@dataclass
class Fetched:
    """How many were handed over, were too large, or could not be fetched this time."""

    handed_over: int = 0
    too_large: int = 0
    left: int = 0


def empty_mailbox(address: Address, keep: Callable[[bytes], object]) -> Fetched:
    """Hand every mail over to `keep`, and delete it from the mailbox once that has returned.

    `keep` must have stored it for good when it returns. When it raises, that mail and those after it stay in
    the mailbox. Raises MailboxUnreachable.
    """
    fetched = Fetched()
    with _opened(address) as imap:
        waiting = _numbers(imap)
        for begin in range(0, len(waiting), AT_A_TIME):
            sizes = _sizes(imap, waiting[begin : begin + AT_A_TIME])
            done = []
            try:
                for uid, size in sizes:
                    if _hand_over(imap, uid, size, keep, fetched):
                        done.append(uid)
            finally:
                with suppress(imaplib.IMAP4.error, OSError):
                    _delete(imap, done)
    return fetched


@contextmanager
def _opened(address: Address) -> Iterator[imaplib.IMAP4]:
    try:
        imap = _connect(address)
        try:
            imap.login(address.user, address.password)
            _require(imap.select(_quoted(address.folder)))
            yield imap
        finally:
            with suppress(imaplib.IMAP4.error, OSError):
                imap.logout()
            with suppress(OSError):  # a line that broke off is not closed by it
                imap.shutdown()
    except (imaplib.IMAP4.error, OSError) as problem:
        raise MailboxUnreachable(type(problem).__name__) from None


def _connect(address: Address) -> imaplib.IMAP4:
    context = ssl.create_default_context()
    if address.tls:
        return imaplib.IMAP4_SSL(address.host, address.port, ssl_context=context, timeout=TIMEOUT)
    imap = imaplib.IMAP4(address.host, address.port, timeout=TIMEOUT)
    if address.host not in _LOOPBACK:  # a password never goes over a wire in the clear
        imap.starttls(context)
    return imap


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _require(answer: tuple[str, Any]) -> list[Any]:
    status, data = answer
    if status != "OK":
        raise imaplib.IMAP4.error("refused")
    return list(data)


def _numbers(imap: imaplib.IMAP4) -> list[bytes]:
    found = _require(imap.uid("SEARCH", "UNDELETED", "UNFLAGGED"))
    return [uid for line in found if isinstance(line, bytes) for uid in line.split()]


def _sizes(imap: imaplib.IMAP4, uids: Sequence[bytes]) -> list[tuple[bytes, int]]:
    lines = _require(imap.uid("FETCH", b",".join(uids).decode(), "(RFC822.SIZE)"))
    sizes = {}
    for line in lines:
        if isinstance(line, bytes) and (uid := _UID.search(line)) and (size := _SIZE.search(line)):
            sizes[uid[1]] = int(size[1])
    return [(uid, sizes[uid]) for uid in uids if uid in sizes]


def _hand_over(
    imap: imaplib.IMAP4, uid: bytes, size: int, keep: Callable[[bytes], object], fetched: Fetched
) -> bool:
    """Return whether the mail may go from the mailbox."""
    whole = size <= LARGEST_MAIL
    answer = imap.uid("FETCH", uid.decode(), "(BODY.PEEK[])" if whole else "(BODY.PEEK[HEADER])")
    raw = next((part[1] for part in answer[1] if isinstance(part, tuple)), None)
    if answer[0] != "OK" or not raw:
        fetched.left += 1
        return False
    keep(raw if whole else raw.rstrip(b"\r\n") + _STAYS)
    if whole:
        fetched.handed_over += 1
    else:
        fetched.too_large += 1
        imap.uid("STORE", uid.decode(), "+FLAGS", r"(\Flagged)")
    return whole


def _delete(imap: imaplib.IMAP4, uids: Sequence[bytes]) -> None:
    if uids:
        imap.uid("STORE", b",".join(uids).decode(), "+FLAGS", r"(\Deleted)")
        imap.expunge()
