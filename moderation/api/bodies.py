"""What a platform sends, checked strictly: unknown fields, other types and unseen characters are refused."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Literal

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationInfo
from pydantic import StringConstraints as Text

from backoffice import clock
from backoffice.platforms.plain_text import plain_line, plain_text

LONGEST_TEXT = 10_000
LARGEST_REVISION = 2**63 - 1
ID_PATTERN = r"^[A-Za-z0-9_:@+~=][A-Za-z0-9_.:@+~=-]*$"
FIRST_BIRTH_DATE = date(1900, 1, 1)
FIRST_MEMBER_SINCE = date(2000, 1, 1)


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
Keyword = Annotated[str, Text(min_length=1), *_line(60)]
Keywords = Annotated[list[Keyword], Field(max_length=30)]


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("This field is required.")
    return value


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
    birth_date: Annotated[date, AfterValidator(_birth_date)] | None = None
    postcode: Line16 | None = None
    place: Line120 | None = None
    email: Email | None = None
    phone: Line40 | None = None
    about: LongText | None = None
    keywords: Keywords | None = None
    member_since: Annotated[date, AfterValidator(_member_since)] | None = None
    via_facebook: bool | dict[str, Any] | None = Field(
        None,
        description="True, or what Facebook gave: nothing of that is kept (R39).",
    )
    visible: bool = True


class HelpRequestBody(Strict):
    """A request for help or an offer, whole. What is left out (or null) is emptied."""

    revision: Revision
    member_id: Identifier
    kind: Literal["request", "offer"]
    title: Annotated[str, *_line(200), AfterValidator(_not_blank)]
    text: Annotated[LongText, AfterValidator(_not_blank)]
    keywords: Keywords | None = None
    place: Line120 | None = None
    posted_at: Annotated[AwareDatetime, AfterValidator(_posted_at)] | None = None
