"""What a platform sends, checked strictly: unknown fields, other types and unseen characters are refused."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo

from backoffice import clock
from backoffice.platforms.api.fields import (
    Day,
    Email,
    Identifier,
    Line16,
    Line40,
    Line120,
    LongText,
    Moment,
    Strict,
    line,
    not_blank,
    read_json,
    today_of,
)

LARGEST_REVISION = 2**63 - 1
FIRST_BIRTH_DATE = date(1900, 1, 1)
FIRST_MEMBER_SINCE = date(2000, 1, 1)


def _whole(value: Any) -> Any:
    """Refuse what int() takes for a number and nobody writes so: 1_0, +1, 1.0."""
    if isinstance(value, str) and not (value.isascii() and value.isdigit()):
        raise ValueError("This is not a whole number.")
    return value


def _birth_date(value: date, info: ValidationInfo) -> date:
    if not FIRST_BIRTH_DATE <= value <= today_of(info):
        raise ValueError("A birth date lies between 1900-01-01 and today.")
    return value


def _member_since(value: date, info: ValidationInfo) -> date:
    if not FIRST_MEMBER_SINCE <= value <= today_of(info) + timedelta(days=1):
        raise ValueError("This day lies between 2000-01-01 and tomorrow.")
    return value


def _posted_at(value: datetime, info: ValidationInfo) -> datetime:
    first = clock.start_of_day(FIRST_MEMBER_SINCE)
    if not first <= value < clock.start_of_day(today_of(info) + timedelta(days=2)):
        raise ValueError("This moment lies between the year 2000 and tomorrow.")
    return value.astimezone(UTC)


Revision = Annotated[int, Field(ge=0, le=LARGEST_REVISION)]
RevisionAsked = Annotated[Revision, BeforeValidator(_whole)]
"""A revision in an address."""

Keyword = Annotated[str, *line(60), AfterValidator(not_blank)]
Keywords = Annotated[list[Keyword], Field(max_length=30)]


class ProfileBody(Strict):
    """A member, whole. What is left out (or null) is emptied; what a site demands is told in the answer."""

    revision: Revision
    salutation: Line40 | None = None
    first_name: Line120 | None = None
    infix: Line40 | None = None
    last_name: Line120 | None = None
    birth_date: Annotated[Day, AfterValidator(_birth_date)] | None = None
    postcode: Line16 | None = None
    place: Line120 | None = None
    email: Email | None = None
    phone: Line40 | None = None
    about: LongText | None = None
    keywords: Keywords | None = None
    member_since: Annotated[Day, AfterValidator(_member_since)] | None = None
    via_facebook: bool | dict[str, Any] | None = Field(
        None,
        description="True, or what Facebook gave: nothing of that is kept (R39).",
    )
    visible: bool = True
    wants_mail: bool = Field(
        True, description="False when they declined mail: they still get letters about a decision (R46, R47)."
    )


class HelpRequestBody(Strict):
    """A request for help or an offer, whole. What is left out (or null) is emptied."""

    revision: Revision
    member_id: Identifier
    kind: Literal["request", "offer"]
    title: Annotated[str, *line(200), AfterValidator(not_blank)]
    text: Annotated[LongText, AfterValidator(not_blank)]
    keywords: Keywords | None = None
    place: Line120 | None = None
    posted_at: Annotated[Moment, AfterValidator(_posted_at)] | None = None


__all__ = [
    "HelpRequestBody",
    "Identifier",
    "LongText",
    "ProfileBody",
    "Revision",
    "RevisionAsked",
    "Strict",
    "read_json",
]
