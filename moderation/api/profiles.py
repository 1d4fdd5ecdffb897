"""Profiles: handed over whole, and closed."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Path, Query, Router, Status

from backoffice import clock
from backoffice.platforms.api.authentication import KeyAuth, intake_acts, intake_user, key_of, require_site
from backoffice.platforms.api.bodies import read_body
from backoffice.platforms.api.fields import takes
from backoffice.platforms.api.queries import takes_query
from backoffice.platforms.models import Scope
from backoffice.platforms.sites import site_with_profiles
from moderation.api.answers import ReceiptOut, status_of, takes_file, told
from moderation.api.bodies import Identifier, ProfileBody, RevisionAsked, read_json
from moderation.api.lines import profile_record
from moderation.services.intake import receive_records
from moderation.services.photos import receive_photo
from moderation.services.records import ProfileClosed

router = Router(auth=KeyAuth(Scope.INTAKE), tags=["intake"])

JSON = ("application/json",)
IMAGES = ("application/octet-stream", "image/jpeg", "image/png", "image/webp")
RECEIPTS = {200: ReceiptOut, 201: ReceiptOut}


@router.put("profiles/{site}/{member_id}", response=RECEIPTS, openapi_extra=takes(ProfileBody))
@intake_acts
@takes_query()
def put_profile(request: HttpRequest, site: str, member_id: Path[Identifier]) -> Any:
    """Hand over a member as they are now. Idempotent by revision; an older one changes nothing.

    A member of whom we know that they are under 16 is refused (R20); what a site demands and is not
    there is told, not refused (R30-R32).
    """
    site = site_with_profiles(site)
    require_site(key_of(request), site)
    content = read_body(request, limit=settings.API_MAX_BODY_BYTES, types=JSON)
    at = clock.now()
    body = read_json(ProfileBody, content, at=at)
    record = profile_record(body, site=site, member_id=member_id)
    (receipt,) = receive_records(actor=intake_user(), records=[record], at=at)
    return Status(status_of(receipt), told(receipt))


@router.delete("profiles/{site}/{member_id}", response=ReceiptOut)
@intake_acts
@takes_query("revision")
def close_profile(
    request: HttpRequest, site: str, member_id: Path[Identifier], revision: Query[RevisionAsked | None] = None
) -> Any:
    """Close an account: everything of it disappears here at once (R70). Cannot be undone.

    With `revision`, a later revision may open it again; without, never.
    """
    site = site_with_profiles(site)
    require_site(key_of(request), site)
    record = ProfileClosed(site=site, member_id=member_id, revision=revision)
    (receipt,) = receive_records(actor=intake_user(), records=[record], at=clock.now())
    return told(receipt)


@router.put("profiles/{site}/{member_id}/photo", response=ReceiptOut, openapi_extra=takes_file(IMAGES))
@intake_acts
@takes_query("revision")
def put_photo(
    request: HttpRequest, site: str, member_id: Path[Identifier], revision: Query[RevisionAsked | None] = None
) -> Any:
    """Hand over a member's photo: JPEG, PNG or WebP of at most 5 MB, after the profile itself.

    It is made anew without what cameras write into it. The same photo again changes nothing, nor
    does one with an older `revision`.
    """
    site = site_with_profiles(site)
    require_site(key_of(request), site)
    content = read_body(request, limit=settings.API_MAX_PHOTO_BYTES, types=IMAGES)
    receipt = receive_photo(
        actor=intake_user(),
        site=site,
        member_id=member_id,
        content=content,
        revision=revision,
        at=clock.now(),
    )
    return told(receipt)
