"""Who is calling: a key for one site, in `Authorization: Bearer`."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer

from backoffice import clock
from backoffice.audit.acting import acting_as, new_id
from backoffice.platforms.api.problems import refused
from backoffice.platforms.meter import count_use
from backoffice.platforms.models import ApiKey, Scope
from backoffice.platforms.services.keys import KEY_PREFIX, digest_of
from backoffice.staff.models import User
from backoffice.staff.system import INTAKE, system_user

P = ParamSpec("P")
R = TypeVar("R")


class KeyAuth(HttpBearer):
    """Opens an operation to keys that hold `scope`; every use is counted.

    401 without a key in use, 403 without the scope, 429 (with `Retry-After`) over the rate.
    """

    openapi_bearerFormat = "whb_..."  # noqa: N815 - ninja's name for it

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey:  # noqa: ARG002 - ninja's signature
        """Return the key of the request. Raises Refused."""
        key = (
            ApiKey.objects.filter(digest=digest_of(token), revoked_at=None).first()
            if _plausible(token)
            else None
        )
        if key is None:
            raise _unknown()
        at = clock.now()
        if count_use(key_id=key.pk, at=at) > settings.API_REQUESTS_PER_MINUTE:
            until_next = (at.replace(second=0, microsecond=0) + timedelta(minutes=1) - at).total_seconds()
            raise refused(
                429,
                f"At most {settings.API_REQUESTS_PER_MINUTE} requests a minute are taken.",
                code="rate",
                headers={"Retry-After": str(int(until_next) + 1)},
            )
        if self.scope not in key.scopes:
            raise refused(403, f"This key does not open the scope {self.scope.value}.", code="scope")
        return key

    def __call__(self, request: HttpRequest) -> ApiKey:
        """Return the key of the request. Raises Refused, also when there is none."""
        return super().__call__(request) or _raise_unknown()


def _plausible(token: str) -> bool:
    return token.startswith(KEY_PREFIX) and token.isascii() and len(token) < 100  # noqa: PLR2004


def _unknown() -> Exception:
    return refused(
        401,
        "Send a key that is in use: Authorization: Bearer whb_...",
        code="key",
        headers={"WWW-Authenticate": 'Bearer realm="backoffice"'},
    )


def _raise_unknown() -> ApiKey:
    raise _unknown()


def key_of(request: HttpRequest) -> ApiKey:
    """Return the key that `KeyAuth` let in."""
    key = request.auth  # type: ignore[attr-defined]
    assert isinstance(key, ApiKey)
    return key


def require_site(key: ApiKey, site: str) -> None:
    """Raise Refused (403) unless `key` is for the canonical name `site`."""
    if key.site != site:
        raise refused(403, "This key is for another site.", code="site")


def intake_acts(
    operation: Callable[Concatenate[HttpRequest, P], R],
) -> Callable[Concatenate[HttpRequest, P], R]:
    """Let the intake's system user act while an operation runs, under a request id of its own."""

    @wraps(operation)
    def acted(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with acting_as(intake_user(), request_id=new_id()):
            return operation(request, *args, **kwargs)

    return acted


def intake_user() -> User:
    """Return the system user that takes in what platforms send."""
    return system_user(INTAKE)
