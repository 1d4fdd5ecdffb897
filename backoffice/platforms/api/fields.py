"""Fields of what a platform sends, checked strictly: other types and unseen characters are refused."""

import re
from datetime import date, datetime
from typing import Annotated, Any, TypeVar

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
ID_PATTERN = r"^[A-Za-z0-9_:@+~=][A-Za-z0-9_.:@+~=-]*$"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def line(longest: int) -> Any:
    """Return what makes a `str` one line of at most `longest` characters: `Annotated[str, *line(80)]`."""
    return (Text(max_length=longest), AfterValidator(lambda value: plain_line(value, longest=longest)))


def _email(value: str) -> str:
    if not value:
        return value
    try:
        return validate_email(value, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        raise ValueError("This is not an e-mail address.") from None


def today_of(info: ValidationInfo) -> date:
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


def not_blank(value: str) -> str:
    """Return a text that holds more than spaces. Raises ValueError."""
    if not value.strip():
        raise ValueError("This is empty.")
    return value


Day = Annotated[date, Field(strict=False), BeforeValidator(_a_day)]
Moment = Annotated[AwareDatetime, Field(strict=False), BeforeValidator(_a_moment)]
Identifier = Annotated[str, Text(min_length=1, max_length=80, pattern=ID_PATTERN)]
Line16 = Annotated[str, *line(16)]
Line40 = Annotated[str, *line(40)]
Line120 = Annotated[str, *line(120)]
Line200 = Annotated[str, *line(200)]
LongText = Annotated[
    str,
    Text(max_length=LONGEST_TEXT),
    AfterValidator(lambda value: plain_text(value, longest=LONGEST_TEXT)),
]
Email = Annotated[str, *line(254), AfterValidator(_email)]


class Strict(BaseModel):
    """Takes exactly what it names, in exactly those types."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


Body = TypeVar("Body", bound=BaseModel)


def read_json(kind: type[Body], content: bytes, *, at: datetime) -> Body:
    """Return what a platform sent as JSON. Raises pydantic.ValidationError, Refused."""
    body = kind.model_validate_json(content, context={"at": at})
    require_one_reading(content)
    return body


def takes(body: type[BaseModel], *, content_type: str = "application/json") -> dict[str, Any]:
    """Return the OpenAPI description of a request body that the operation reads itself."""
    return {
        "requestBody": {"required": True, "content": {content_type: {"schema": body.model_json_schema()}}}
    }
