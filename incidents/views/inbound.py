"""Mail that Mandrill hands over. Signed; nobody is signed in."""

from typing import Any

from anymail.signals import AnymailInboundEvent
from anymail.webhooks.mandrill import MandrillCombinedWebhookView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from backoffice import clock
from incidents.services.inbound import keep_mail

LARGEST_BATCH = 80_000_000
"""Bytes: mail of 30 MB, in base64 and then written out as a form."""


@csrf_exempt
@require_http_methods(["HEAD", "POST"])
def mandrill_inbound(request: HttpRequest) -> HttpResponseBase:
    """Keep signed mail. 404 while no key is set, 400 for a wrong signature, 413 for too much of it.

    Answers before anything is read of the mail; Mandrill sends again what was not answered.
    """
    if not settings.MANDRILL_INBOUND_KEY:
        raise Http404
    length = request.headers.get("Content-Length", "0")
    if not length.isdigit() or int(length) > LARGEST_BATCH:
        return HttpResponse(status=413)
    # Django stops a form at 2.5 MB, which a mail with a photo exceeds: read here, it is not asked again.
    request._body = request.read(LARGEST_BATCH)  # noqa: SLF001
    view = MandrillCombinedWebhookView.as_view(
        webhook_key=settings.MANDRILL_INBOUND_KEY, webhook_url=settings.MANDRILL_INBOUND_URL
    )
    response: HttpResponseBase = view(request)
    return response


def keep_inbound(*, event: AnymailInboundEvent, **_kwargs: Any) -> None:
    """Keep one mail as it was handed over."""
    said = (event.esp_event or {}).get("msg", {}).get("raw_msg", "")
    raw = str(said).encode("utf-8", "surrogateescape") or event.message.as_bytes()
    keep_mail(raw=raw, at=clock.now())
