"""Receivers of webhooks, and what was sent to them."""

import json
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import httpx
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.contrib.filters.admin import BooleanRadioFilter, ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.decorators import display

from backoffice import clock
from backoffice.outbox.models import Delivery, DeliveryState, WebhookEndpoint
from backoffice.outbox.policy import may_manage_receivers, may_read_body
from backoffice.outbox.problems import explain_problem
from backoffice.outbox.selectors import with_deliveries
from backoffice.outbox.services.retries import retry_deliveries
from backoffice.outbox.verbs import (
    DeactivateReceiver,
    RegisterAgain,
    RegisterReceiver,
    RetireSecret,
    RetryDelivery,
    RetryParked,
    RotateSecret,
)
from backoffice.staff.permissions import Permission
from backoffice.ui.admin import HouseAdmin
from backoffice.ui.badges import badge
from backoffice.ui.filters import SiteFilter
from backoffice.ui.pages import staff_of

LOOKS = {DeliveryState.WAITING: "wait", DeliveryState.DELIVERED: "good", DeliveryState.PARKED: "late"}


def _state_badge(state: str) -> SafeString:
    known = DeliveryState(state)
    return badge(known.label, look=LOOKS[known])


def _moment(at: datetime | None) -> str:
    """Return a moment short enough for a column."""
    return formats.date_format(timezone.localtime(at), "j M Y H:i") if at else ""


def _receiver(endpoint: WebhookEndpoint) -> str:
    """Return a receiver short enough for a column: its site, and where it is."""
    return f"{endpoint.site} → {httpx.URL(endpoint.url).netloc.decode()}"


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(HouseAdmin):
    """Who hears what was decided, and whether it arrives."""

    view_permission = Permission.MANAGE_CONNECTIONS
    verbs = (
        RegisterReceiver(),
        RetryParked(),
        RegisterAgain(),
        RotateSecret(),
        RetireSecret(),
        DeactivateReceiver(),
    )
    list_display = ("site", "url", "standing", "last", "given_up")
    list_filter = (("active", BooleanRadioFilter), SiteFilter)
    list_filter_submit = True
    search_fields = ("site", "url")
    search_help_text = _("Site or address")
    sortable_by = ("site",)
    fieldsets = (
        (None, {"fields": ("address", ("site", "standing"), "created_at")}),
        (_("Messages"), {"fields": (("last", "given_up"), "messages")}),
        (_("Signing secrets"), {"fields": ("secrets_made",)}),
    )
    readonly_fields = ("address", "standing", "last", "given_up", "messages", "secrets_made")

    def get_queryset(self, request: HttpRequest) -> QuerySet[WebhookEndpoint]:
        return with_deliveries(super().get_queryset(request))

    @display(description=_("address"))
    def address(self, endpoint: WebhookEndpoint) -> str:
        """Where messages go, as text: it is no page to open."""
        return endpoint.url

    @display(description=_("state"))
    def standing(self, endpoint: WebhookEndpoint) -> SafeString:
        """Whether anything is sent there."""
        return badge(_("active"), look="good") if endpoint.active else badge(_("stopped"))

    @display(description=_("last message"))
    def last(self, endpoint: Any) -> Any:
        """How the newest message fares."""
        if endpoint.last_state is None:
            return _("none yet")
        return format_html("{} {}", _state_badge(endpoint.last_state), _moment(endpoint.last_at))

    @display(description=_("given up"))
    def given_up(self, endpoint: Any) -> SafeString | str:
        """How many messages wait for a person, with the way to them."""
        if not endpoint.parked:
            return "0"
        address = _deliveries_of(endpoint, state=DeliveryState.PARKED)
        return format_html('<a href="{}">{}</a>', address, badge(str(endpoint.parked), look="late"))

    @display(description=_("all of them"))
    def messages(self, endpoint: WebhookEndpoint) -> SafeString:
        """The way to what was sent there."""
        return format_html(
            '<a class="house-chip" href="{}">{}</a>', _deliveries_of(endpoint), _("Deliveries")
        )

    @display(description=_("made"))
    def secrets_made(self, endpoint: WebhookEndpoint) -> SafeString:
        """When each secret was made, and whether it is in use. What it is was shown when it was made."""
        return format_html_join(
            "",
            "<p>{} {}</p>",
            (
                (_moment(secret.created_at), badge(_("in use"), look="good"))
                if secret.retired_at is None
                else (_moment(secret.created_at), badge(_("retired")))
                for secret in endpoint.secrets.all()
            ),
        )


def _deliveries_of(endpoint: WebhookEndpoint, **filters: str) -> str:
    query = {"endpoint__id__exact": str(endpoint.pk)}
    query |= {f"{name}__exact": value for name, value in filters.items()}
    return f"{reverse('admin:outbox_delivery_changelist')}?{urlencode(query)}"


def _is_key(typed: str) -> bool:
    try:
        UUID(typed)
    except ValueError:
        return False
    return True


@admin.register(Delivery)
class DeliveryAdmin(HouseAdmin):
    """What left the house, what waits to, and what was given up."""

    view_permission = Permission.MANAGE_CONNECTIONS
    verbs = (RetryDelivery(),)
    actions = ("retry_chosen",)  # type: ignore[assignment] # the others have none
    list_disable_select_all = True  # a receiver's page tries everything again in one statement
    list_display = ("type", "receiver", "standing", "attempts", "problem", "next_attempt", "made")
    list_select_related = ("endpoint",)
    list_filter = (("state", ChoicesDropdownFilter), ("endpoint", RelatedDropdownFilter))
    list_filter_submit = True
    search_fields = ("about",)
    search_help_text = _("The key of the message or of what it is about")
    sortable_by = ()
    readonly_fields = ("standing", "problem", "next_attempt", "key", "says")

    def find(self, queryset: QuerySet[Delivery], typed: str) -> QuerySet[Delivery]:
        return queryset.filter(about=typed) | queryset.filter(pk=typed) if _is_key(typed) else queryset.none()

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

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """Whether somebody may choose rows to try again."""
        return bool(may_manage_receivers(request.user))

    @admin.action(description=_("Try the chosen ones again"), permissions=["retry"])
    def retry_chosen(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        """Try what was given up among the chosen rows again."""
        chosen = list(queryset.values_list("pk", flat=True))
        count = retry_deliveries(actor=staff_of(request), delivery_ids=chosen, at=clock.now())
        said = ngettext("%(count)d message is tried again.", "%(count)d messages are tried again.", count)
        if count < len(chosen):
            left = _("The others were not given up, or their receiver is not active.")
            messages.warning(request, f"{said % {'count': count}} {left}")
        else:
            messages.success(request, said % {"count": count})

    @display(description=_("state"))
    def standing(self, delivery: Delivery) -> SafeString:
        """Where it stands."""
        return _state_badge(delivery.state)

    @display(description=_("receiver"))
    def receiver(self, delivery: Delivery) -> str:
        """Where it goes."""
        return _receiver(delivery.endpoint)

    @display(description=_("created"))
    def made(self, delivery: Delivery) -> str:
        """Since when it is in the outbox."""
        return _moment(delivery.created_at)

    @display(description=_("last problem"))
    def problem(self, delivery: Delivery) -> str:
        """What stood in the way, in words."""
        return explain_problem(delivery.last_problem)

    @display(description=_("next attempt"))
    def next_attempt(self, delivery: Delivery) -> str:
        """When it is tried again; nothing when it is not."""
        return _moment(delivery.next_attempt_at) if delivery.state == DeliveryState.WAITING else ""

    @display(description=_("key of the message (webhook-id)"))
    def key(self, delivery: Delivery) -> str:
        """What the receiver knows the message by."""
        return str(delivery.pk)

    @display(description=_("body"))
    def says(self, delivery: Delivery) -> Any:
        """The body; it is emptied once delivered."""
        if not delivery.body:
            return _("It was delivered: the body is no longer kept here.")
        text = json.dumps(delivery.body, ensure_ascii=False, indent=2)
        return format_html('<pre class="house-body">{}</pre>', text)
