"""Records that carry their own address: a line of NDJSON, or the body and the address of a PUT."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from backoffice.platforms.api.bodies import require_one_reading
from backoffice.platforms.sites import site_with_profiles
from moderation.api.bodies import HelpRequestBody, Identifier, ProfileBody, Revision, Strict
from moderation.services.records import (
    HELP_REQUEST_FIELDS,
    PROFILE_FIELDS,
    HelpRequestRecord,
    HelpRequestRemoved,
    ProfileClosed,
    ProfileRecord,
    Record,
)

Site = Annotated[str, Field(min_length=1, max_length=80)]


class ProfileLine(ProfileBody):
    type: Literal["profile"]
    site: Site
    member_id: Identifier


class HelpRequestLine(HelpRequestBody):
    type: Literal["help_request"]
    site: Site
    request_id: Identifier


class ProfileClosedLine(Strict):
    type: Literal["profile_closed"]
    site: Site
    member_id: Identifier
    revision: Revision | None = None


class HelpRequestRemovedLine(Strict):
    type: Literal["help_request_removed"]
    site: Site
    request_id: Identifier
    revision: Revision | None = None


Line = ProfileLine | HelpRequestLine | ProfileClosedLine | HelpRequestRemovedLine
LINES: TypeAdapter[Line] = TypeAdapter(Annotated[Line, Field(discriminator="type")])


def read_line(line: bytes, *, at: datetime) -> Record:
    """Return the record of one line of JSON.

    Raises pydantic.ValidationError (the type of record stands first in the place of an error),
    Refused, UnknownSite, SiteWithoutProfiles.
    """
    read = LINES.validate_json(line, context={"at": at})
    require_one_reading(line)
    site = site_with_profiles(read.site)
    match read:
        case ProfileLine():
            return profile_record(read, site=site, member_id=read.member_id)
        case HelpRequestLine():
            return help_request_record(read, site=site, request_id=read.request_id)
        case ProfileClosedLine():
            return ProfileClosed(site=site, member_id=read.member_id, revision=read.revision)
        case HelpRequestRemovedLine():
            return HelpRequestRemoved(site=site, request_id=read.request_id, revision=read.revision)


def profile_record(body: ProfileBody, *, site: str, member_id: str) -> ProfileRecord:
    """Return the record of a profile; of what Facebook gave only that there was something (R39)."""
    given = _given(body, PROFILE_FIELDS)
    given["via_facebook"] = body.via_facebook not in (None, False)
    return ProfileRecord(site=site, member_id=member_id, revision=body.revision, **given)


def help_request_record(body: HelpRequestBody, *, site: str, request_id: str) -> HelpRequestRecord:
    """Return the record of a request or offer."""
    return HelpRequestRecord(
        site=site,
        request_id=request_id,
        member_id=body.member_id,
        revision=body.revision,
        **_given(body, HELP_REQUEST_FIELDS),
    )


def _given(body: ProfileBody | HelpRequestBody, names: tuple[str, ...]) -> dict[str, Any]:
    pairs = ((name, getattr(body, name)) for name in names)
    return {name: value for name, value in pairs if value is not None}
