"""Messages to receivers: what left the house, what waits to, and what was given up."""

import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

import httpx
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.decorators import display

from backoffice import clock
from backoffice.outbox.admin.outgoing import OutgoingAdmin
from backoffice.outbox.models import Delivery, DeliveryState
from backoffice.outbox.policy import may_read_body
from backoffice.outbox.problems import explain_problem
from backoffice.outbox.services.retries import retry_deliveries
from backoffice.outbox.verbs import RetryDelivery
from backoffice.staff.models import User


@admin.register(Delivery)
class DeliveryAdmin(OutgoingAdmin):
    """All of one receiver is tried again from that receiver's page, in one statement."""

    states = DeliveryState
    verbs = (RetryDelivery(),)
    list_display = ("type", "receiver", "standing", "attempts", "problem", "next_attempt", "made")
    list_select_related = ("endpoint",)
    list_filter = (("state", ChoicesDropdownFilter), ("endpoint", RelatedDropdownFilter))
    readonly_fields = ("standing", "problem", "next_attempt", "key", "says")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        shown: list[Any] = [
            (None, {"fields": ("endpoint", ("type", "standing"), "problem")}),
            (
                _("Attempts"),
                {"fields": (("attempts", "created_at"), ("last_attempt_at", "next_attempt"), "delivered_at")},
            ),
            (_("About"), {"fields": (("key", "about"),)}),
        ]
        if may_read_body(request.user):
            shown.append((_("What it says"), {"fields": ("says",)}))
        return shown

    def explain(self, problem: str) -> str:
        return explain_problem(problem)

    def retry(self, *, actor: User, keys: Collection[UUID]) -> int:
        return retry_deliveries(actor=actor, delivery_ids=keys, at=clock.now())

    @display(description=_("receiver"))
    def receiver(self, delivery: Delivery) -> str:
        """Where it goes, short enough for a column."""
        endpoint = delivery.endpoint
        return f"{endpoint.site} → {httpx.URL(endpoint.url).netloc.decode()}"

    @display(description=_("body"))
    def says(self, delivery: Delivery) -> Any:
        """The body; it is emptied once delivered."""
        if not delivery.body:
            return _("It was delivered: the body is no longer kept here.")
        text = json.dumps(delivery.body, ensure_ascii=False, indent=2)
        return format_html('<pre class="house-body">{}</pre>', text)
