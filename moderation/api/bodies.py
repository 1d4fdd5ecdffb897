"""What a platform sends, checked strictly: unknown fields, other types and unseen characters are refused."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Literal, TypeVar

from email_validator import EmailNotValidError, validate_email
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
)
from pydantic import StringConstraints as Text

from backoffice import clock
from backoffice.platforms.api.bodies import require_one_reading
from backoffice.platforms.plain_text import plain_line, plain_text

LONGEST_TEXT = 10_000
LARGEST_REVISION = 2**63 - 1
ID_PATTERN = r"^[A-Za-z0-9_:@+~=][A-Za-z0-9_.:@+~=-]*$"
FIRST_BIRTH_DATE = date(1900, 1, 1)
FIRST_MEMBER_SINCE = date(2000, 1, 1)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _line(longest: int) -> Any:
    return (Text(max_length=longest), AfterValidator(lambda value: plain_line(value, longest=longest)))


def _email(value: str) -> str:
    if not value:
        return value
    try:
        return validate_email(value, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        raise ValueError("This is not an e-mail address.") from None


def _today(info: ValidationInfo) -> date:
    """Return the day in Amsterdam on which the record came: the door says (`context={"at": ...}`)."""
    assert info.context is not None
    return clock.local_day(info.context["at"])


# pydantic would take a number, in quotes or not, for seconds since 1970.
def _a_day(value: Any) -> Any:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("Write a day as YYYY-MM-DD.")
    return value


def _a_moment(value: Any) -> Any:
    if not isinstance(value, str) or not _DAY.match(value):
        raise ValueError("Write a moment as YYYY-MM-DDThh:mm:ss with its time zone (ISO 8601).")
    return value


def _whole(value: Any) -> Any:
    """Refuse what int() takes for a number and nobody writes so: 1_0, +1, 1.0."""
    if isinstance(value, str) and not (value.isascii() and value.isdigit()):
        raise ValueError("This is not a whole number.")
    return value


def _birth_date(value: date, info: ValidationInfo) -> date:
    if not FIRST_BIRTH_DATE <= value <= _today(info):
        raise ValueError("A birth date lies between 1900-01-01 and today.")
    return value


def _member_since(value: date, info: ValidationInfo) -> date:
    if not FIRST_MEMBER_SINCE <= value <= _today(info) + timedelta(days=1):
        raise ValueError("This day lies between 2000-01-01 and tomorrow.")
    return value


def _posted_at(value: datetime, info: ValidationInfo) -> datetime:
    first = clock.start_of_day(FIRST_MEMBER_SINCE)
    if not first <= value < clock.start_of_day(_today(info) + timedelta(days=2)):
        raise ValueError("This moment lies between the year 2000 and tomorrow.")
    return value.astimezone(UTC)


Revision = Annotated[int, Field(ge=0, le=LARGEST_REVISION)]
RevisionAsked = Annotated[Revision, BeforeValidator(_whole)]
"""A revision in an address."""

Day = Annotated[date, Field(strict=False), BeforeValidator(_a_day)]
Moment = Annotated[AwareDatetime, Field(strict=False), BeforeValidator(_a_moment)]
Identifier = Annotated[str, Text(min_length=1, max_length=80, pattern=ID_PATTERN)]
Line16 = Annotated[str, *_line(16)]
Line40 = Annotated[str, *_line(40)]
Line120 = Annotated[str, *_line(120)]
LongText = Annotated[
    str,
    Text(max_length=LONGEST_TEXT),
    AfterValidator(lambda value: plain_text(value, longest=LONGEST_TEXT)),
]
Email = Annotated[str, *_line(254), AfterValidator(_email)]


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("This is empty.")
    return value


Keyword = Annotated[str, *_line(60), AfterValidator(_not_blank)]
Keywords = Annotated[list[Keyword], Field(max_length=30)]


class Strict(BaseModel):
    """Takes exactly what it names, in exactly those types."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


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
    title: Annotated[str, *_line(200), AfterValidator(_not_blank)]
    text: Annotated[LongText, AfterValidator(_not_blank)]
    keywords: Keywords | None = None
    place: Line120 | None = None
    posted_at: Annotated[Moment, AfterValidator(_posted_at)] | None = None


Body = TypeVar("Body", bound=BaseModel)


def read_json(kind: type[Body], content: bytes, *, at: datetime) -> Body:
    """Return what a platform sent as JSON. Raises pydantic.ValidationError, Refused."""
    body = kind.model_validate_json(content, context={"at": at})
    require_one_reading(content)
    return body
