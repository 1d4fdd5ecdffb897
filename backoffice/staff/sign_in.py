"""What signing in writes down."""

from typing import Any

from django.db import models
from django.http import HttpRequest

from backoffice import clock
from backoffice.staff.models import User


def note_sign_in(*, request: HttpRequest, user: User, **_kwargs: Any) -> None:  # noqa: ARG001 - the signal's arguments
    """Keep when somebody last signed in. No history: nobody acts yet, and it is no change of who they are."""
    models.QuerySet(User).filter(pk=user.pk).update(last_login=clock.now())
