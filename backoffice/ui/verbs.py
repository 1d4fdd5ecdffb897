"""Verbs: what somebody does with a row of a list, or to make one.

One declaration gives the button with the policy's verdict, the page that asks for what is needed,
and the one service call behind it (`backoffice.ui.verb_pages`). Nothing is written on GET.

    class RevokeKey(Verb[ApiKey]):
        name = "revoke"
        label = _("Revoke")
        lead = _("The key stops working at once. This cannot be undone.")
        look = "danger"

        def verdict(self, user: User, row: ApiKey) -> Verdict:
            return policy.may_revoke(user, row)

        def perform(self, *, actor: User, row: ApiKey, given: Given, at: datetime) -> Done:
            revoke_api_key(actor=actor, key_id=row.pk, at=at)
            return Done(_("The key was revoked."))
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Generic, Literal, TypeVar

from django.db.models import Model
from django.http import QueryDict
from django.utils.functional import Promise

from backoffice.staff.models import User
from backoffice.staff.policy import Verdict
from backoffice.ui.forms import HouseForm

Words = str | Promise
Given = dict[str, Any]
M = TypeVar("M", bound=Model | None)


@dataclass(frozen=True)
class ShownOnce:
    """A secret that stands on one page only: in no message, session, address or log."""

    label: Words
    text: str = field(repr=False)
    hint: Words


@dataclass(frozen=True)
class Done:
    """What a verb did, in words without any name of a person.

    Next comes the page of `row`, or of the row it was done to; the list when `to_list`, at the
    `place` with that id. A page with what is `shown` comes before it.
    """

    said: Words
    row: Model | None = None
    to_list: bool = False
    place: str = ""
    shown: ShownOnce | None = field(default=None, repr=False)


class Verb(Generic[M]):
    """One thing that can be done. `Verb[None]` makes a row; its page is `<list>/<name>/`, the others'
    `<list>/<key>/<name>/`.

    `submit` is on the button of its page where that is another word than `label`.
    One that is `in_list` has its button beside the row in the list, not on the row's page.
    `unfit` names codes of verdicts at which the verb makes no sense for the row: its button is left
    out. At any other no it is greyed, with the policy's words.
    """

    name: ClassVar[str]
    label: ClassVar[Words]
    submit: ClassVar[Words] = ""
    lead: ClassVar[Words] = ""
    look: ClassVar[Literal["", "main", "danger"]] = "main"
    makes: ClassVar[bool] = False
    in_list: ClassVar[bool] = False
    unfit: ClassVar[frozenset[str]] = frozenset()
    form_class: ClassVar[type[HouseForm]] = HouseForm
    template: ClassVar[str] = "ui/verb.html"

    def verdict(self, user: User, row: M) -> Verdict:
        """Return whether `user` may do it now; the service asks the same policy again."""
        raise NotImplementedError

    def form(self, row: M, data: QueryDict | None) -> HouseForm:
        """Return the form, with `data` when something was sent."""
        return self.form_class(data, initial=self.initial(row))

    def initial(self, row: M) -> Given:  # noqa: ARG002 - for verbs that know something
        """Return what the form begins with."""
        return {}

    def context(self, row: M) -> dict[str, Any]:  # noqa: ARG002 - the same
        """Return what the verb's own template needs besides."""
        return {}

    def perform(self, *, actor: User, row: M, given: Given, at: datetime) -> Done:
        """Make the one service call. Raises DomainError when it refuses."""
        raise NotImplementedError


@dataclass(frozen=True)
class Offer:
    """A verb as a button: where it leads, and whether this person may press it."""

    verb: Verb[Any]
    address: str
    verdict: Verdict
