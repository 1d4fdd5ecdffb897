"""Fifty mails as no textbook writes them, each with what must be read of it.

Written out by hand, as bytes: a library would make them well-formed.
"""

import base64

from tests.pictures import jpeg

FROM = b"From: Riet <riet@voorbeeld.nl>\r\n"


def mail(*head: bytes, body: bytes = b"Hallo", sender: bytes = FROM) -> bytes:
    return sender + b"".join(line + b"\r\n" for line in head) + b"\r\n" + body


def text(charset: bytes, body: bytes, encoding: bytes = b"8bit") -> bytes:
    kind = b"Content-Type: text/plain; charset=" + charset
    return mail(b"Subject: woorden", kind, b"Content-Transfer-Encoding: " + encoding, body=body)


def multipart(
    kind: bytes, *parts: bytes, head: bytes = b"Subject: delen", end: bytes = b"--x--\r\n"
) -> bytes:
    whole = b"".join(b"--x\r\n" + part + b"\r\n" for part in parts) + end
    return mail(head, b"MIME-Version: 1.0", b"Content-Type: multipart/" + kind + b"; boundary=x", body=whole)


def part(kind: bytes, body: bytes, *head: bytes) -> bytes:
    return b"Content-Type: " + kind + b"\r\n" + b"".join(one + b"\r\n" for one in head) + b"\r\n" + body


def nested(depth: int) -> bytes:
    inner = part(b"text/plain", b"Heel diep")
    for level in range(depth):
        mark = b"b%d" % level
        body = b"--" + mark + b"\r\n" + inner + b"\r\n--" + mark + b"--"
        inner = part(b"multipart/mixed; boundary=" + mark, body)
    return mail(b"Subject: diep")[: -len(b"\r\nHallo")] + inner


BASE64 = b"Content-Transfer-Encoding: base64"
PHOTO = base64.encodebytes(jpeg())
ATTACHED = b'Content-Disposition: attachment; filename="foto.jpg"'
FORWARD = part(
    b"message/rfc822", b"From: jan@voorbeeld.nl\r\nSubject: oorspronkelijk\r\n\r\nDit stuurde hij."
)

READ: dict[str, tuple[bytes, str]] = {
    "no subject": (mail(), "Hallo"),
    "an empty subject": (mail(b"Subject:"), "Hallo"),
    "no body": (mail(b"Subject: leeg", body=b""), ""),
    "only blank lines": (mail(b"Subject: wit", body=b"\r\n \r\n\t\r\n"), ""),
    "no sender": (mail(b"Subject: wie ben ik", sender=b""), "Hallo"),
    "a sender that is no address": (mail(b"Subject: x", sender=b"From: onbekend\r\n"), "Hallo"),
    "two senders": (mail(b"Subject: x", sender=b"From: a@b.nl, c@d.nl\r\n"), "Hallo"),
    "From twice": (mail(b"Subject: x", sender=FROM + FROM), "Hallo"),
    "an unclosed address": (mail(b"Subject: x", sender=b"From: Riet <riet@voorbeeld.nl\r\n"), "Hallo"),
    "an encoded name with a comma": (
        mail(b"Subject: x", sender=b"From: =?utf-8?q?Boer=2C_Riet?= <riet@voorbeeld.nl>\r\n"),
        "Hallo",
    ),
    "a broken encoded word": (mail(b"Subject: =?utf-8?b?zzz"), "Hallo"),
    "an unknown charset in the subject": (mail(b"Subject: =?x-klingon?q?hoi?="), "Hallo"),
    "raw bytes in the subject": (mail("Subject: caf\xe9".encode("latin-1")), "Hallo"),
    "a subject of ten thousand characters": (mail(b"Subject: " + b"lang " * 2_000), "Hallo"),
    "a header without end": (mail(b"X-Lang: " + b"x" * 200_000), "Hallo"),
    "line ends of unix": (FROM.replace(b"\r\n", b"\n") + b"Subject: x\n\nHallo\ndaar", "Hallo\ndaar"),
    "bare carriage returns in the body": (mail(b"Subject: x", body=b"een\rtwee"), "een\ntwee"),
    "zero bytes": (mail(b"Subject: n\x00ul", body=b"ha\x00llo"), "hallo"),
    "hidden characters": (text(b"utf-8", "beste\u202e mensen\u200b".encode()), "beste mensen"),
    "utf-8 called latin-1": (text(b"iso-8859-1", "één café".encode()), "één café"),
    "latin-1 called utf-8": (text(b"utf-8", "één café".encode("latin-1")), "één café"),
    "windows called ascii": (
        text(b"us-ascii", "een \u201cwoord\u201d \u20ac 5".encode("cp1252")),
        "een “woord” € 5",
    ),
    "an unknown charset": (text(b"x-geheim", "één".encode()), "één"),
    "a charset with a quote": (text(b'"utf-8', "één".encode()), "één"),
    "utf-16": (text(b"utf-16", "één".encode("utf-16")), "één"),
    "iso-2022-jp": (text(b"iso-2022-jp", "\u3053\u3093".encode("iso-2022-jp")), "こん"),
    "base64 that is none": (text(b"utf-8", b"dit is geen base64!!", b"base64"), "dit is geen base64!!"),
    "base64 cut off": (text(b"utf-8", base64.b64encode(b"Hallo daar")[:-3], b"base64"), "Hallo daa"),
    "quoted-printable with mistakes": (text(b"utf-8", b"een=ZZ =C3=A9=", b"quoted-printable"), "een=ZZ é"),
    "an unknown encoding": (text(b"utf-8", b"Hallo", b"x-uuencoded-soms"), "Hallo"),
    "only html": (
        mail(b"Subject: x", b"Content-Type: text/html", body=b"<p>Beste<br>mensen</p><script>x()</script>"),
        "Beste\nmensen",
    ),
    "html that is never closed": (
        mail(b"Subject: x", b"Content-Type: text/html", body=b"<div><table><td>Hallo<b>" + b"<div>" * 5_000),
        "Hallo",
    ),
    "html with a link elsewhere": (
        mail(b"Subject: x", b"Content-Type: text/html", body=b"<a href='https://kwaad.nl/x'>klik</a>"),
        "klik (https://kwaad.nl/x)",
    ),
    "an alternative with empty text": (
        multipart(b"alternative", part(b"text/plain", b" \r\n"), part(b"text/html", b"<p>Toch iets</p>")),
        "Toch iets",
    ),
    "parts without an end": (multipart(b"mixed", part(b"text/plain", b"Hallo"), end=b""), "Hallo"),
    "a boundary that is nowhere": (
        mail(b"Subject: x", b"Content-Type: multipart/mixed; boundary=weg", body=b"Hallo"),
        "Hallo",
    ),
    "multipart without a boundary": (
        mail(b"Subject: x", b"Content-Type: multipart/mixed", body=b"Hallo"),
        "Hallo",
    ),
    "multipart with nothing in it": (multipart(b"mixed"), ""),
    "sixty parts deep": (nested(60), "Heel diep"),
    "a thousand parts": (multipart(b"mixed", *[part(b"text/plain", b"deel")] * 1_000), "deel"),
    "a mail inside the mail": (multipart(b"mixed", part(b"text/plain", b"Kijk"), FORWARD), "Kijk"),
    "winmail.dat": (
        multipart(
            b"mixed",
            part(b"application/ms-tnef", base64.encodebytes(b"\x78\x9f\x3e\x22" + bytes(90)), BASE64),
        ),
        "",
    ),
    "a photo": (
        multipart(b"mixed", part(b"text/plain", b"Zie foto"), part(b"image/jpeg", PHOTO, BASE64, ATTACHED)),
        "Zie foto",
    ),
    "a program called a photo": (
        multipart(
            b"mixed",
            part(b"text/plain", b"Zie foto"),
            part(b"image/jpeg", base64.encodebytes(b"MZ\x90\x00" + bytes(99)), BASE64, ATTACHED),
        ),
        "Zie foto",
    ),
    "a file named to climb out": (
        multipart(
            b"mixed",
            part(b"text/plain", b"Zie bijlage"),
            part(
                b"text/plain",
                b"inhoud",
                b"Content-Disposition: attachment; filename*=utf-8''..%2F..%2Fx%00.txt",
            ),
        ),
        "Zie bijlage",
    ),
    "a date that never was": (mail(b"Subject: x", b"Date: Zondag, 99 Foo 2026 99:99"), "Hallo"),
    "a date without a zone": (mail(b"Subject: x", b"Date: Tue, 17 Nov 2026 10:00:00"), "Hallo"),
    "a broken message-id": (mail(b"Subject: x", b"Message-ID: <>", b"References: <a <b> c"), "Hallo"),
    "a content type that is none": (mail(b"Subject: x", b"Content-Type: ;;;=/"), "Hallo"),
    "a group for an address": (mail(b"Subject: x", sender=b"From: groep: a@b.nl, c@d.nl;\r\n"), "Hallo"),
}
"""What is read in spite of it: the mail, and its words."""

ONE_BY_ONE = [
    raw if name == "a broken message-id" else b"Message-ID: <%d@voorbeeld.nl>\r\n" % number + raw
    for number, (name, (raw, _words)) in enumerate(READ.items())
]
"""The same, each a message of its own: some differ in nothing that counts for a copy."""

UNREADABLE = {"no header at all": b"\r\n\r\nalleen maar tekst", "bytes of nothing": b"\x00\x01\x02\x03"}
"""What is kept as it arrived."""


def automatic(*head: bytes, number: int) -> bytes:
    return mail(b"Subject: automaat %d" % number, *head, body=b"Ik ben er niet.")


MACHINES = {
    "auto-submitted": automatic(b"Auto-Submitted: auto-replied", number=1),
    "an old vacation program": automatic(b"X-Autoreply: yes", number=2),
    "an empty return path": automatic(b"Return-Path: <>", number=3),
    "precedence": automatic(b"Precedence: auto_reply", number=4),
    "a mailer daemon": mail(b"Subject: x", sender=b"From: MAILER-DAEMON@elders.nl\r\n"),
    "ourselves": mail(b"Subject: lus", sender=b"From: WeHelpen <info@wehelpen.nl>\r\n"),
}
"""What no person wrote: kept, and never answered."""

DEAF = {
    "a list": automatic(b"List-Id: <nieuws.voorbeeld.nl>", number=5),
    "bulk": automatic(b"Precedence: bulk", number=6),
    "suppressed": automatic(b"X-Auto-Response-Suppress: All", number=7),
    "nobody reads there": mail(b"Subject: y", sender=b"From: no-reply@elders.nl\r\n"),
    "away in its subject only": mail(b"Subject: Automatisch antwoord: weg"),
}
"""What a machine had better not answer."""


def bounce(message_id: str, status: str = "5.1.1") -> bytes:
    """The report of a mail server that a letter did not arrive."""
    report = f"Reporting-MTA: dns; mx.voorbeeld.nl\r\n\r\nAction: failed\r\nStatus: {status}\r\n".encode()
    original = f"From: info@wehelpen.nl\r\nMessage-ID: {message_id}\r\nSubject: x\r\n\r\n".encode()
    return mail(
        b"Subject: Undelivered Mail Returned to Sender",
        b"Auto-Submitted: auto-replied",
        b"MIME-Version: 1.0",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=x",
        body=b"--x\r\n"
        + part(b"text/plain", b"Het adres bestaat niet.")
        + b"\r\n--x\r\n"
        + part(b"message/delivery-status", report)
        + b"\r\n--x\r\n"
        + part(b"text/rfc822-headers", original)
        + b"\r\n--x--\r\n",
        sender=b"From: Mail Delivery System <MAILER-DAEMON@mx.voorbeeld.nl>\r\n",
    )


def heavy(megabytes: int) -> bytes:
    """A mail of that many megabytes, of which a file is three quarters."""
    film = b"JVBERi0xLjcK" + b"A" * (megabytes * 1_000_000)
    head = b'Content-Disposition: attachment; filename="groot.pdf"'
    return multipart(
        b"mixed",
        part(b"text/plain", b"Zie de film"),
        part(b"application/pdf", film, BASE64, head),
        head=b"Subject: Groot",
    )
