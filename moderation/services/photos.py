"""Photos: made anew from what was sent, so that nothing rides along with the picture."""

import hashlib
import io
import re
from datetime import datetime, timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.errors import DomainError
from backoffice.outbox.models import FileRemoval
from backoffice.outbox.services.files import remove_after_commit
from backoffice.staff.models import User
from moderation import events
from moderation.choices import SubjectKind
from moderation.models import Profile
from moderation.services.locks import lock_subjects
from moderation.services.openings import Change, missing_fields, open_reviews
from moderation.services.records import Receipt, Result

FORMATS = ("JPEG", "PNG", "WEBP")
JPEGS = {"JPEG", "MPO"}  # the latter holds several
LONGEST_SIDE = 1024
MOST_PIXELS = 40_000_000
LONGEST_GIVEN_SIDE = 20_000
MOST_SCANS = 32
"""A JPEG is unpacked once for each of its scans; cameras write one, programs about ten."""

QUALITY = 85
_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])", re.DOTALL)
_SCAN, _END = b"\xda", b"\xd9"
_ORPHAN_AFTER = timedelta(hours=1)  # longer than any request


class NotAPhoto(DomainError):
    """What was sent cannot be read as a JPEG, PNG or WebP, or is too large to unpack."""

    code = "not_a_photo"


class ProfileUnknown(DomainError):
    """A photo of a member who is not here."""

    code = "profile_unknown"


def receive_photo(
    *, actor: User, site: str, member_id: str, content: bytes, revision: int | None, at: datetime
) -> Receipt:
    """Give a member the photo in `content`. The one before it is gone after commit.

    The same bytes again, or a `revision` that is not newer than the photo's, change nothing.
    Raises NotAPhoto, ProfileUnknown; then nothing has changed and no file is left.
    """
    jpeg = _made_anew(content)
    name = uuid4().hex
    path = f"photos/{name[:2]}/{name}.jpg"
    # Noted before it is written, struck off by the transaction that keeps it: killed in between,
    # the sweeper removes it.
    FileRemoval.objects.create(path=path, due_at=at + _ORPHAN_AFTER)
    default_storage.save(path, ContentFile(jpeg))
    try:
        return _keep_photo(
            actor=actor,
            site=site,
            member_id=member_id,
            photo=path,
            digest=hashlib.sha256(content).hexdigest(),
            revision=revision,
            at=at,
        )
    except BaseException:
        default_storage.delete(path)
        FileRemoval.objects.filter(path=path).delete()
        raise


@domain_action
def _keep_photo(
    *, actor: User, site: str, member_id: str, photo: str, digest: str, revision: int | None, at: datetime
) -> Receipt:
    lock_subjects([(SubjectKind.PROFILE, site, member_id)])
    profile: Profile | None = (
        Profile.objects.filter(site=site, member_id=member_id).select_for_update(no_key=True).first()
    )
    if profile is None:
        raise ProfileUnknown(_("Send the profile before its photo."), field="member_id")
    held = profile.photo_revision
    if revision is not None and held is not None and revision <= held:
        remove_after_commit([photo], at=at)
        result = Result.UNCHANGED if revision == held else Result.IGNORED
        return Receipt(result=result, revision=held, missing=missing_fields(profile))
    if digest == profile.photo_sha256:
        remove_after_commit([photo], at=at)
        if revision is not None:
            profile.photo_revision = revision
            profile.store(reason="photo_known", at=at, fields=["photo_revision"])
        return Receipt(result=Result.UNCHANGED, revision=revision, missing=missing_fields(profile))
    FileRemoval.objects.filter(path=photo).delete()
    if profile.photo:
        remove_after_commit([profile.photo], at=at)
    profile.photo = photo
    profile.photo_sha256 = digest
    profile.photo_revision = revision if revision is not None else held
    profile.version += 1
    profile.received_at = at
    profile.store(
        reason="photo", at=at, fields=["photo", "photo_sha256", "photo_revision", "version", "received_at"]
    )
    change = Change(profile, created=False, material=True)
    reviews = open_reviews([change], actor=actor, at=at)
    record(events.PhotoReceived(version=profile.version), actor=actor, subject=profile, at=at)
    return Receipt(
        result=Result.UPDATED,
        revision=profile.photo_revision,
        review_id=reviews[profile.pk],
        missing=missing_fields(profile),
    )


def _made_anew(content: bytes) -> bytes:
    """Return a JPEG of the first picture in `content`, upright, of 1024 pixels at most on a side.

    What is in the file decides, whatever it is called. Raises NotAPhoto.
    """
    refusal = NotAPhoto(_("Send a whole JPEG, PNG or WebP of at most 40 million pixels."), field="photo")
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as given:  # reads its size, unpacks nothing
            width, height = given.size
            small = width * height <= MOST_PIXELS and max(width, height) <= LONGEST_GIVEN_SIDE
            if small and not (given.format in JPEGS and _scans(content) > MOST_SCANS):
                given.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # unpacks no more than is needed
                return _clean_jpeg(ImageOps.exif_transpose(given))
    except Exception as error:  # decoders raise whatever a hostile file makes them
        raise refusal from error
    raise refusal


def _scans(jpeg: bytes) -> int:
    """Return how often the first picture in a JPEG passes over its pixels; stops counting over the limit."""
    scans = 0
    marker = _MARKER.search(jpeg, 2)
    while marker and marker[1] != _END and scans <= MOST_SCANS:
        scans += marker[1] == _SCAN
        length = int.from_bytes(jpeg[marker.end() : marker.end() + 2], "big")
        marker = _MARKER.search(jpeg, marker.end() + length)
    return scans


def _clean_jpeg(picture: Image.Image) -> bytes:
    """Return the pixels alone: a new picture has no place for what cameras write into the old one."""
    if picture.mode.startswith("I"):  # 16 bits of grey: converting cuts them off instead of scaling
        picture = picture.point(lambda value: value * (1 / 256)).convert("L")
        picture.info.pop("transparency", None)
    elif picture.mode in {"1", "P", "PA"}:  # colours out of a table cannot be averaged
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean = Image.new("RGB", picture.size, "white")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        clean.paste(picture, mask=picture.getchannel("A"))
    else:
        clean.paste(picture.convert("RGB"))
    written = io.BytesIO()
    clean.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()
