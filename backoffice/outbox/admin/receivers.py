"""Receivers of webhooks: who hears what was decided."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import BooleanRadioFilter
from unfold.decorators import display

from backoffice.outbox.admin.outgoing import state_badge
from backoffice.outbox.models import DeliveryState, WebhookEndpoint
from backoffice.outbox.selectors import with_deliveries
from backoffice.outbox.verbs import (
    DeactivateReceiver,
    RegisterAgain,
    RegisterReceiver,
    RetireSecret,
    RetryParked,
    RotateSecret,
)
from backoffice.staff.permissions import Permission
from backoffice.ui.admin import HouseAdmin
from backoffice.ui.badges import badge
from backoffice.ui.filters import SiteFilter
from backoffice.ui.moments import short_moment


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
        return format_html(
            "{} {}", state_badge(DeliveryState(endpoint.last_state)), short_moment(endpoint.last_at)
        )

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
                (short_moment(secret.created_at), badge(_("in use"), look="good"))
                if secret.retired_at is None
                else (short_moment(secret.created_at), badge(_("retired")))
                for secret in endpoint.secrets.all()
            ),
        )


def _deliveries_of(endpoint: WebhookEndpoint, **filters: str) -> str:
    query = {"endpoint__id__exact": str(endpoint.pk)}
    query |= {f"{name}__exact": value for name, value in filters.items()}
    return f"{reverse('admin:outbox_delivery_changelist')}?{urlencode(query)}"
