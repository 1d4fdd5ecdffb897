"""What a platform may tell us, as plain values that were validated at the door; and what we answer.

`site` is canonical everywhere here (`backoffice.platforms.sites`).
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from backoffice.errors import DomainError


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRecord:
    """A member, whole: what is left out here is emptied with us.

    Without `wants_mail` they declined notifications and newsletters (R47); letters about the
    agreement come all the same (R46).
    """

    site: str
    member_id: str
    revision: int
    salutation: str = ""
    first_name: str = ""
    infix: str = ""
    last_name: str = ""
    birth_date: date | None = None
    postcode: str = ""
    place: str = ""
    email: str = ""
    phone: str = ""
    about: str = ""
    keywords: list[str] = field(default_factory=list)
    member_since: date | None = None
    via_facebook: bool = False
    visible: bool = True
    wants_mail: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpRequestRecord:
    """A request for help or an offer, whole. It may come before its member does."""

    site: str
    request_id: str
    revision: int
    member_id: str
    kind: str
    title: str
    text: str
    keywords: list[str] = field(default_factory=list)
    place: str = ""
    posted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileClosed:
    """An account was closed. Without `revision`: for good."""

    site: str
    member_id: str
    revision: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpRequestRemoved:
    """A request or offer was taken away. Without `revision`: for good."""

    site: str
    request_id: str
    revision: int | None = None


Record: TypeAlias = ProfileRecord | HelpRequestRecord | ProfileClosed | HelpRequestRemoved

PROFILE_FIELDS = (
    "salutation",
    "first_name",
    "infix",
    "last_name",
    "birth_date",
    "postcode",
    "place",
    "email",
    "phone",
    "about",
    "keywords",
    "member_since",
    "via_facebook",
    "visible",
    "wants_mail",
)
HELP_REQUEST_FIELDS = ("kind", "title", "text", "keywords", "place", "posted_at")


class Result(StrEnum):
    """What became of a record."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    IGNORED = "ignored"
    REMOVED = "removed"
    REFUSED = "refused"


@dataclass(slots=True, kw_only=True)
class Receipt:
    """What became of one record.

    `revision` is the one that counts now (None: removed for good). `review_id` is the review that
    waits because of it. `missing` names the fields that the site demands and that are not there.
    `refusal` says why, when the result is `refused`; nothing was changed then.
    """

    result: Result
    revision: int | None
    review_id: UUID | None = None
    missing: list[str] = field(default_factory=list)
    refusal: DomainError | None = None
