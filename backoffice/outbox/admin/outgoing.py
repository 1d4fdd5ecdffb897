"""What the lists of everything that must leave the house have in common."""

from abc import abstractmethod
from collections.abc import Collection
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import display

from backoffice.outbox.models import DeliveryState, MailState
from backoffice.outbox.policy import may_manage_receivers
from backoffice.staff.models import User
from backoffice.staff.permissions import Permission
from backoffice.ui.admin import HouseAdmin
from backoffice.ui.badges import badge
from backoffice.ui.moments import short_moment
from backoffice.ui.pages import staff_of

State = DeliveryState | MailState

LOOKS: dict[str, str] = {
    DeliveryState.WAITING: "wait",
    DeliveryState.DELIVERED: "good",
    DeliveryState.PARKED: "late",
    MailState.SENT: "good",
    MailState.BOUNCED: "urgent",
}
"""By code: both wait and are given up alike."""


def state_badge(state: State) -> SafeString:
    """Return where something stands, in words with a shape."""
    return badge(state.label, look=LOOKS.get(state.value, ""))


class OutgoingAdmin(HouseAdmin):
    """A list that is found by key only, with what was given up tried again by choosing it."""

    view_permission = Permission.MANAGE_CONNECTIONS
    states: type[State]
    actions = ("retry_chosen",)  # type: ignore[assignment] # the others have none
    list_disable_select_all = True
    list_filter_submit = True
    search_fields = ("about",)
    search_help_text = _("The key of the message or of what it is about")
    sortable_by = ()

    @abstractmethod
    def explain(self, problem: str) -> str:
        """Return what stood in the way, in words."""

    @abstractmethod
    def retry(self, *, actor: User, keys: Collection[UUID]) -> int:
        """Try what was given up among these again. Return how many."""

    def find(self, queryset: QuerySet[Any], typed: str) -> QuerySet[Any]:
        meant = Q(about=typed)
        with suppress(ValueError):
            meant |= Q(pk=UUID(typed))
        return queryset.filter(meant)

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """Whether somebody may choose rows to try again."""
        return bool(may_manage_receivers(request.user))

    @admin.action(description=_("Try the chosen ones again"), permissions=["retry"])
    def retry_chosen(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Try what was given up among the chosen rows again."""
        chosen = list(queryset.values_list("pk", flat=True))
        count = self.retry(actor=staff_of(request), keys=chosen)
        said = ngettext("%(count)d message is tried again.", "%(count)d messages are tried again.", count)
        if count < len(chosen):
            left = _("The others were not given up, or their receiver is not active.")
            messages.warning(request, f"{said % {'count': count}} {left}")
        else:
            messages.success(request, said % {"count": count})

    @display(description=_("state"))
    def standing(self, row: Any) -> SafeString:
        """Where it stands."""
        return state_badge(self.states(row.state))

    @display(description=_("created"))
    def made(self, row: Any) -> str:
        """Since when it is in the outbox."""
        return short_moment(row.created_at)

    @display(description=_("last problem"))
    def problem(self, row: Any) -> str:
        """What stood in the way, in words."""
        return self.explain(row.last_problem)

    @display(description=_("next attempt"))
    def next_attempt(self, row: Any) -> str:
        """When it is tried again; nothing when it is not."""
        return short_moment(row.next_attempt_at) if row.state == self.states.WAITING else ""

    @display(description=_("its key"))
    def key(self, row: Any) -> str:
        """What the other side knows it by (`webhook-id`, `Message-ID`)."""
        return str(row.pk)
