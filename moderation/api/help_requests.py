"""Requests for help and offers: handed over whole, and taken away."""

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
from moderation.api.answers import ReceiptOut, status_of, told
from moderation.api.bodies import HelpRequestBody, Identifier, RevisionAsked, read_json
from moderation.api.lines import help_request_record
from moderation.services.intake import receive_records
from moderation.services.records import HelpRequestRemoved

router = Router(auth=KeyAuth(Scope.INTAKE), tags=["intake"])


@router.put(
    "help-requests/{site}/{request_id}",
    response={200: ReceiptOut, 201: ReceiptOut},
    openapi_extra=takes(HelpRequestBody),
)
@intake_acts
@takes_query()
def put_help_request(request: HttpRequest, site: str, request_id: Path[Identifier]) -> Any:
    """Hand over a request or an offer as it is now. It may come before its member does.

    Idempotent by revision; an older one changes nothing, nor does one of a closed account.
    """
    site = site_with_profiles(site)
    require_site(key_of(request), site)
    content = read_body(request, limit=settings.API_MAX_BODY_BYTES, types=("application/json",))
    at = clock.now()
    body = read_json(HelpRequestBody, content, at=at)
    record = help_request_record(body, site=site, request_id=request_id)
    (receipt,) = receive_records(actor=intake_user(), records=[record], at=at)
    return Status(status_of(receipt), told(receipt))


@router.delete("help-requests/{site}/{request_id}", response=ReceiptOut)
@intake_acts
@takes_query("revision")
def remove_help_request(
    request: HttpRequest,
    site: str,
    request_id: Path[Identifier],
    revision: Query[RevisionAsked | None] = None,
) -> Any:
    """Take a request or offer away: its text disappears here. Cannot be undone.

    With `revision`, a later revision may bring it back; without, never.
    """
    site = site_with_profiles(site)
    require_site(key_of(request), site)
    record = HelpRequestRemoved(site=site, request_id=request_id, revision=revision)
    (receipt,) = receive_records(actor=intake_user(), records=[record], at=clock.now())
    return told(receipt)
