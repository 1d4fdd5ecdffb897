"""The contact form and the report button of a platform: questions, complaints and notices."""

import hashlib
from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Header, Router, Schema, Status
from pydantic import AfterValidator, BaseModel, Field, ValidationInfo, field_validator
from pydantic import StringConstraints as Text

from backoffice import clock
from backoffice.platforms.api.authentication import KeyAuth, intake_acts, intake_user, key_of, require_site
from backoffice.platforms.api.bodies import read_body
from backoffice.platforms.api.fields import (
    Day,
    Email,
    Identifier,
    Line40,
    Line120,
    Line200,
    LongText,
    Strict,
    line,
    not_blank,
    read_json,
    takes,
)
from backoffice.platforms.api.queries import takes_query
from backoffice.platforms.models import Scope
from backoffice.platforms.sites import UnknownSite, canonical
from incidents.choices import NoticeTarget
from incidents.models import Ticket
from incidents.services.inbound_platform import Handed, NoticeFacts, receive_contact, receive_notice
from incidents.services.ticket_dossiers import Complaint
from incidents.services.ticket_opening import Contact, Said

router = Router(auth=KeyAuth(Scope.INTAKE), tags=["servicedesk"])

NOT_FILLED_IN = "Niet ingevuld op het formulier."
"""Why a dossier does not know what a form left out (R42)."""

Site = Annotated[str, *line(80)]
Filled = Annotated[LongText, AfterValidator(not_blank)]
Key = Annotated[Identifier, Header(alias="Idempotency-Key")]
Address = Annotated[str, Text(max_length=500, pattern=r"^https?://[^\s<>\"]+$")]


class ContactBody(Strict):
    """What somebody filled in. Of a complaint, what is left out is kept as unknown, and asked for."""

    site: Site
    kind: Literal["question", "complaint"]
    name: Line120 | None = None
    email: Annotated[Email, AfterValidator(not_blank)]
    phone: Line40 | None = None
    member_id: Identifier | None = None
    subject: Line200 | None = None
    text: Filled
    happened_on: Day | None = None
    location: Line200 | None = None
    about: Line120 | None = None


class NoticeBody(Strict):
    """A notice (DSA article 16(2)). Name and address may be left out about the abuse of children only."""

    site: Site
    about: Literal["member", "help_request", "message", "page"]
    about_id: Identifier | None = None
    url: Address | None = Field(None, validate_default=True)
    explanation: Filled
    about_child_abuse: bool = False
    name: Line120 | None = Field(None, validate_default=True)
    email: Email | None = Field(None, validate_default=True)
    member_id: Identifier | None = None
    in_good_faith: Literal[True]

    @field_validator("url")
    @classmethod
    def _says_where(cls, value: str | None, info: ValidationInfo) -> str | None:
        if not value and not info.data.get("about_id"):
            raise ValueError("Say exactly where it stands: about_id, url, or both.")
        return value

    @field_validator("name", "email")
    @classmethod
    def _says_who(cls, value: str | None, info: ValidationInfo) -> str | None:
        if not (value or "").strip() and not info.data.get("about_child_abuse"):
            raise ValueError("This is required, unless the notice is about the sexual abuse of children.")
        return value


class TicketOut(Schema):
    """What became of it. `ticket` is the number that its sender sees; `due_at` is null once it is handled."""

    ticket: str
    received_at: datetime
    due_at: datetime | None
    receipt_sent: bool


Body = TypeVar("Body", bound=BaseModel)


def _told(ticket: Ticket) -> dict[str, Any]:
    return {
        "ticket": ticket.reference,
        "received_at": ticket.received_at,
        "due_at": ticket.due_at,
        "receipt_sent": ticket.receipts.exists(),
    }


def _read(request: HttpRequest, kind: type[Body], *, at: datetime) -> tuple[Body, str]:
    content = read_body(request, limit=settings.API_MAX_BODY_BYTES, types=("application/json",))
    body = read_json(kind, content, at=at)
    return body, hashlib.sha256(body.model_dump_json().encode()).hexdigest()


def _site(request: HttpRequest, site: str) -> str:
    """Return the canonical site, which the key must be for. Visitors without an account may write too."""
    name = canonical(site)
    if name is None:
        raise UnknownSite(_("This is not a site of WeHelpen."), field="site")
    require_site(key_of(request), name)
    return name


@router.post("contacts", response={200: TicketOut, 201: TicketOut}, openapi_extra=takes(ContactBody))
@intake_acts
@takes_query()
def post_contact(request: HttpRequest, idempotency_key: Key) -> Any:
    """Hand over a question or a complaint. Its sender gets a receipt by mail; a complaint makes a dossier.

    Idempotent by `Idempotency-Key`: the same again changes nothing, with other content it is refused.
    """
    at = clock.now()
    body, digest = _read(request, ContactBody, at=at)
    complaint = Complaint(
        happened_on=body.happened_on,
        location=body.location or "",
        about=body.about or "",
        why_unknown=NOT_FILLED_IN,
    )
    ticket, new = receive_contact(
        actor=intake_user(),
        handed=Handed(
            site=_site(request, body.site),
            key=idempotency_key,
            digest=digest,
            contact=Contact(
                name=body.name or "",
                email=body.email,
                phone=body.phone or "",
                member_id=body.member_id or "",
            ),
            said=Said(subject=body.subject or "", body=body.text.strip()),
        ),
        complaint=complaint if body.kind == "complaint" else None,
        at=at,
    )
    return Status(201 if new else 200, _told(ticket))


@router.post("notices", response={200: TicketOut, 201: TicketOut}, openapi_extra=takes(NoticeBody))
@intake_acts
@takes_query()
def post_notice(request: HttpRequest, idempotency_key: Key) -> Any:
    """Hand over a notice of illegal content. Its sender gets a receipt at once, and the outcome later.

    Idempotent by `Idempotency-Key`, as a contact is.
    """
    at = clock.now()
    body, digest = _read(request, NoticeBody, at=at)
    ticket, new = receive_notice(
        actor=intake_user(),
        handed=Handed(
            site=_site(request, body.site),
            key=idempotency_key,
            digest=digest,
            contact=Contact(name=body.name or "", email=body.email or "", member_id=body.member_id or ""),
            said=Said(body=body.explanation.strip()),
        ),
        facts=NoticeFacts(
            target=NoticeTarget(body.about),
            target_id=body.about_id or "",
            url=body.url or "",
            about_child_abuse=body.about_child_abuse,
            in_good_faith=body.in_good_faith,
        ),
        at=at,
    )
    return Status(201 if new else 200, _told(ticket))
