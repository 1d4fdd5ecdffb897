"""What may stand behind the question mark of an address."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest

from backoffice.platforms.api.problems import FieldProblem, Refused, known_name, problem

P = ParamSpec("P")
R = TypeVar("R")


def takes_query(
    *names: str,
) -> Callable[[Callable[Concatenate[HttpRequest, P], R]], Callable[Concatenate[HttpRequest, P], R]]:
    """Let an operation take these parameters, each once at most; anything else is refused (422).

    A `revison` that nobody reads would close an account for good.
    """

    def wrap(operation: Callable[Concatenate[HttpRequest, P], R]) -> Callable[Concatenate[HttpRequest, P], R]:
        @wraps(operation)
        def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
            for name, values in request.GET.lists():
                if name not in names:
                    raise _refused(known_name(name), "extra_forbidden", "This parameter is not known.")
                if len(values) > 1:
                    raise _refused(name, "repeated", "This parameter is there twice.")
            return operation(request, *args, **kwargs)

        return asked

    return wrap


def _refused(field: str, code: str, message: str) -> Refused:
    error = FieldProblem(field=field, code=code, message=message)
    return Refused(problem(422, "Some parameters are not valid.", errors=[error], code="fields"))
