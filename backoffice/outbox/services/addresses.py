"""Where webhooks may go: asked when a receiver is registered, and again at every sending."""

import httpx
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from backoffice.errors import DomainError

MAX_LENGTH = 500
MAX_PORT = 65535
_PORTS = {"http": 80, "https": 443}


class AddressRefused(DomainError):
    """Nothing may be sent to this address; `code` says why."""

    code = "bad_address"


def check_address(address: str) -> None:
    """Raise AddressRefused unless webhooks may be sent to `address`.

    It is read by the library that sends, so that both see the same host. Codes: `bad_address`,
    `credentials_in_address`, `https_required` (production), `host_not_allowed`
    (`settings.WEBHOOK_ALLOWED_HOSTS`: a host with any port, or `host:port`).
    """
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, TypeError) as problem:
        raise AddressRefused(_("This is not a web address."), field="url") from problem
    well_formed = url.scheme in _PORTS and url.host and not url.fragment and (url.port or 1) <= MAX_PORT
    if not well_formed or len(address) > MAX_LENGTH:
        raise AddressRefused(
            _("Give an address that begins with https:// and has a host, without #."), field="url"
        )
    if url.userinfo:
        raise AddressRefused(
            _("Leave user name and password out of the address: webhooks are signed."),
            field="url",
            code="credentials_in_address",
        )
    if settings.PRODUCTION and url.scheme != "https":
        raise AddressRefused(_("The address must begin with https://."), field="url", code="https_required")
    if not _is_allowed(url):
        raise AddressRefused(
            _("This host is not on the list of allowed receivers (WEBHOOK_ALLOWED_HOSTS)."),
            field="url",
            code="host_not_allowed",
        )


def _is_allowed(url: httpx.URL) -> bool:
    port = url.port or _PORTS[url.scheme]
    for entry in settings.WEBHOOK_ALLOWED_HOSTS:
        allowed = httpx.URL(f"host://{entry.strip()}")  # a scheme without a port of its own
        if url.raw_host == allowed.raw_host and allowed.port in {None, port}:
            return True
    return False
