"""Mail in: kept as it arrived, then made a message of a ticket. None is lost, none stops the others."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from django.db.models import F

from backoffice.audit.acting import domain_action
from backoffice.staff.models import User
from incidents.choices import NotKept
from incidents.mail.parsing import ParsedMail, Part, parse
from incidents.mail.text import decoded, seen_text
from incidents.models import InboundMail, StoredFile
from incidents.services.files import FileRefused, Upload, check_file, files_on_disk
from incidents.services.inbound_messages import Came, add_mail, is_flood

logger = structlog.get_logger(__name__)

MOST_FILES = 20
"""Files that are kept of one mail."""

GIVE_UP_AFTER = 3
"""Attempts after which a mail that cannot be read becomes a ticket that holds it as it is."""


@dataclass
class Tally:
    """What became of the mail of one run."""

    taken: int = 0
    known: int = 0
    unreadable: int = 0
    left: int = 0


def keep_mail(*, raw: bytes, at: datetime) -> bool:
    """Write a mail down as it arrived, before anything is read of it. Returns whether it is new here."""
    digest = hashlib.sha256(raw).hexdigest()
    mail = InboundMail(raw=raw, digest=digest, received_at=at)
    return bool(
        InboundMail.objects.bulk_create([mail], ignore_conflicts=True)
        and InboundMail.objects.filter(pk=mail.pk).exists()
    )


def read_mail(*, actor: User, at: datetime, limit: int = 500) -> Tally:
    """Make messages of the mail that waits, the oldest first. What fails is tried again later.

    One that fails for the third time becomes a ticket that holds it as it arrived.
    """
    tally = Tally()
    waiting = InboundMail.objects.order_by("received_at", "id").values_list("pk", "attempts")[:limit]
    for mail_id, attempts in waiting:
        try:
            came = take_in_mail(actor=actor, mail_id=mail_id, as_it_is=attempts + 1 >= GIVE_UP_AFTER, at=at)
        except Exception as problem:  # noqa: BLE001 - whatever a mail may do to us, the next one is read
            logger.warning("mail.not_taken_in", mail=str(mail_id), problem=type(problem).__name__)
            InboundMail.objects.filter(pk=mail_id).update(attempts=F("attempts") + 1)
            tally.left += 1
            continue
        match came:
            case Came.UNREADABLE:
                tally.unreadable += 1
            case Came.KNOWN | None:
                tally.known += 1
            case _:
                tally.taken += 1
    return tally


def take_in_mail(*, actor: User, mail_id: UUID, as_it_is: bool = False, at: datetime) -> Came | None:
    """Make one mail a message, with its files; its row here goes with it. None when it is gone already.

    `as_it_is` reads nothing of it: the ticket holds the mail as a file.
    """
    mail = InboundMail.objects.filter(pk=mail_id).first()
    if mail is None:
        return None
    raw = bytes(mail.raw)
    parsed = None if as_it_is else _read(raw)
    if parsed is None:
        wanted: Sequence[Upload | NotKept] = [Upload(name="bericht.eml", content=raw)]
        names = [("bericht.eml", len(raw))]
        parsed = _unreadable(raw)
    else:
        parts = _parts(parsed)
        wanted = _wanted(parts, flood=bool(parts) and is_flood(parsed.from_email, at=at))
        names = [(part.name, len(part.content)) for part in parts]
    uploads = [one for one in wanted if isinstance(one, Upload)]
    with files_on_disk(uploads, at=at, unchecked=parsed.unread) as files:
        kept = iter(files)
        came = [next(kept) if isinstance(one, Upload) else one for one in wanted]
        return _take_in(
            actor=actor,
            mail_id=mail_id,
            parsed=parsed,
            files=list(zip(names, came, strict=True)),
            received_at=mail.received_at,
            at=at,
        )


@domain_action
def _take_in(
    *,
    actor: User,
    mail_id: UUID,
    parsed: ParsedMail,
    files: list[tuple[tuple[str, int], StoredFile | NotKept]],
    received_at: datetime,
    at: datetime,
) -> Came | None:
    held = InboundMail.objects.select_for_update(skip_locked=True).only("pk").filter(pk=mail_id).first()
    if held is None:
        return None
    came = add_mail(parsed, files, actor=actor, received_at=received_at, at=at)
    held.delete()
    return came


def _read(raw: bytes) -> ParsedMail | None:
    try:
        return parse(raw)
    except ValueError:
        return None


def _unreadable(raw: bytes) -> ParsedMail:
    """Return what is made of a mail that cannot be read: its first words, whatever they are."""
    return ParsedMail(
        message_id="",
        references=(),
        numbers=(),
        from_name="",
        from_email="",
        to_emails=(),
        subject="",
        body=seen_text(decoded(raw[:2_000])),
        sent_at=None,
        parts=(Part(name="bericht.eml", content=raw),),
        machine=False,
        answerable=False,
        unread=True,
    )


def _parts(parsed: ParsedMail) -> list[Part]:
    if not parsed.whole:
        return list(parsed.parts)
    return [Part(name="hele bericht.txt", content=parsed.whole.encode()), *parsed.parts]


def _wanted(parts: Sequence[Part], *, flood: bool) -> list[Upload | NotKept]:
    wanted: list[Upload | NotKept] = []
    for place, part in enumerate(parts):
        upload = Upload(name=part.name, content=part.content)
        if flood:
            wanted.append(NotKept.FLOOD)
        elif place >= MOST_FILES:
            wanted.append(NotKept.TOO_MANY)
        else:
            try:
                check_file(upload)
            except FileRefused as refusal:
                wanted.append(NotKept(refusal.code))
            else:
                wanted.append(upload)
    return wanted
