"""What every refusal has in common: a message for the person, and the field it is about."""

from django.utils.functional import Promise


class DomainError(Exception):
    """A service refused; nothing was changed.

    `message` tells the person what to do and holds no personal value. `field` names the input
    it is about, empty when it is about the whole. `code` is stable, for programs.
    """

    code = "refused"

    def __init__(self, message: str | Promise, *, field: str = "", code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.code = code or type(self).code

    def __str__(self) -> str:
        return str(self.message)
