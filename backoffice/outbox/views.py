"""News of letters, as mail services bring it. Signed; nobody is signed in."""

from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType
from anymail.webhooks.mandrill import MandrillCombinedWebhookView
from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from backoffice import clock
from backoffice.audit.acting import acting_as, new_id
from backoffice.outbox.services.mail import note_bounce, uuid_of
from backoffice.staff.system import DELIVERY, system_user

BAD_NEWS = {EventType.BOUNCED, EventType.REJECTED, EventType.COMPLAINED}

_mandrill = MandrillCombinedWebhookView.as_view()


@csrf_exempt
def mandrill(request: HttpRequest) -> HttpResponseBase:
    """Take in signed events of Mandrill. 404 while no key is set, 400 for a wrong signature."""
    if not settings.ANYMAIL["MANDRILL_WEBHOOK_KEY"]:
        raise Http404
    response: HttpResponseBase = _mandrill(request)
    return response


def take_in_tracking(*, event: AnymailTrackingEvent, **_kwargs: Any) -> None:
    """Keep that a letter came back. Other news, and news that was told before, changes nothing."""
    mail_id = uuid_of((event.metadata or {}).get("mail"))
    if event.event_type not in BAD_NEWS or mail_id is None:
        return
    actor = system_user(DELIVERY)
    with acting_as(actor, request_id=new_id()):
        note_bounce(
            actor=actor, mail_id=mail_id, code=str(event.reject_reason or event.event_type), at=clock.now()
        )
