"""Access codes: with one, somebody chooses a password that nobody else knows."""

from datetime import UTC, datetime

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backoffice.audit.acting import acting_as
from backoffice.audit.events import record
from backoffice.errors import DomainError
from backoffice.staff import events
from backoffice.staff.models import User


class WrongCode(DomainError):
    """The user name and the code do not belong together, or the code was used or is too old."""

    code = "wrong_code"


class WeakPassword(DomainError):
    """The password does not keep the rules of `AUTH_PASSWORD_VALIDATORS`."""

    code = "weak_password"


class _Codes(PasswordResetTokenGenerator):
    """Django's, with the moment as an argument. Kept nowhere: signed over the account as it is.

    A code is void once the password was set or stopped, once somebody signed in with the account,
    and after `settings.PASSWORD_RESET_TIMEOUT` seconds.
    """

    key_salt = "backoffice.staff.access"

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self._at = at

    def _now(self) -> datetime:
        return self._at.astimezone(UTC).replace(tzinfo=None)


def code_for(person: User, *, at: datetime) -> str:
    """Return an access code for an account that has no password."""
    return _Codes(at).make_token(person)


@transaction.atomic
def choose_password(*, username: str, code: str, password: str, at: datetime) -> User:
    """Set the password of the account that an access code was made for; the code is then used up.

    The person is who acts: nobody is signed in yet. Says the same whatever was wrong about name and
    code. Raises WrongCode (field `code`), WeakPassword (field `password`).
    """
    person = (
        User.objects.filter(
            username=User.normalize_username(username.strip()), is_active=True, is_system=False
        )
        .select_for_update(no_key=True)
        .first()
    )
    if person is None or not _Codes(at).check_token(person, code.strip()):
        raise WrongCode(
            _("This name and code do not belong together, or the code is too old. Ask for a new one."),
            field="code",
        )
    try:
        validate_password(password, person)
    except ValidationError as problem:
        raise WeakPassword(" ".join(problem.messages), field="password") from problem
    person.set_password(password)
    with acting_as(person):
        person.store(reason="password_chosen", at=at, fields=["password"])
        record(events.PasswordChosen(), actor=person, subject=person, at=at)
    return person
