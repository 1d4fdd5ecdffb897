"""Appeals: a member who does not agree with a decision, handed over by the platform."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from ninja import Path, Router, Schema, Status
from pydantic import Field

from backoffice import clock
from backoffice.platforms.api.authentication import KeyAuth, intake_acts, intake_user, key_of, require_site
from backoffice.platforms.api.bodies import read_body
from backoffice.platforms.api.fields import takes
from backoffice.platforms.api.queries import takes_query
from backoffice.platforms.models import Scope
from backoffice.platforms.sites import site_with_profiles
from moderation.api.bodies import Identifier, LongText, Strict, read_json
from moderation.models import Appeal
from moderation.services.appeals import receive_appeal

router = Router(auth=KeyAuth(Scope.INTAKE), tags=["appeals"])


class AppealBody(Strict):
    """What the member says, in their own words."""

    decision_id: Annotated[UUID, Field(strict=False)]
    text: LongText


class AppealOut(Schema):
    """An appeal that waits, or was ruled on. `ruling` is the outcome once that is final."""

    appeal_id: str
    decision_id: UUID
    received_at: datetime
    due_at: datetime
    ruling: str | None


def _told(appeal: Appeal) -> dict[str, Any]:
    ruling = appeal.ruling
    return {
        "appeal_id": appeal.external_id,
        "decision_id": appeal.decision_id,
        "received_at": appeal.received_at,
        "due_at": appeal.review.due_at,
        "ruling": ruling.outcome if ruling and ruling.final_at else None,
    }


@router.put(
    "appeals/{site}/{appeal_id}",
    response={200: AppealOut, 201: AppealOut},
    openapi_extra=takes(AppealBody),
)
@intake_acts
@takes_query()
def put_appeal(request: HttpRequest, site: str, appeal_id: Path[Identifier]) -> Any:
    """Hand over an objection to a final decision, within six months of it.

    Idempotent by `appeal_id`. Somebody who did not decide before judges it; the ruling comes as a
    decision of its own (`uphold` or `overturn`, with `rules_on`).
    """
    site = site_with_profiles(site)
    require_site(key_of(request), site)
    content = read_body(request, limit=settings.API_MAX_BODY_BYTES, types=("application/json",))
    at = clock.now()
    body = read_json(AppealBody, content, at=at)
    appeal, new = receive_appeal(
        actor=intake_user(),
        site=site,
        external_id=appeal_id,
        decision_id=body.decision_id,
        text=body.text,
        at=at,
    )
    return Status(201 if new else 200, _told(appeal))
