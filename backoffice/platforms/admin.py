"""The keys of platforms."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import formats, timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RadioFilter
from unfold.decorators import display

from backoffice.platforms.models import ApiKey, Scope
from backoffice.platforms.verbs import CreateKey, RevokeKey
from backoffice.staff.permissions import Permission
from backoffice.ui.admin import HouseAdmin
from backoffice.ui.badges import badge
from backoffice.ui.filters import SiteFilter


class InUseFilter(RadioFilter):
    """Only the keys that work, or only those that were revoked."""

    title = _("state")
    parameter_name = "in_use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer both states."""
        return [("yes", _("in use")), ("no", _("revoked"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ApiKey]) -> QuerySet[ApiKey]:
        """Keep the keys in that state."""
        if self.value() not in {"yes", "no"}:
            return queryset
        return queryset.filter(revoked_at__isnull=self.value() == "yes")


@admin.register(ApiKey)
class ApiKeyAdmin(HouseAdmin):
    """Which platform may reach us, with what, and when it last did."""

    view_permission = Permission.MANAGE_CONNECTIONS
    verbs = (CreateKey(), RevokeKey())
    list_display = ("name", "site", "opens", "begins_with", "last_used", "standing")
    list_select_related = ("use",)
    list_filter = (InUseFilter, SiteFilter)
    list_filter_submit = True
    search_fields = ("name", "site", "prefix")
    search_help_text = _("Name, site or how the key begins")
    sortable_by = ("name", "site")
    fieldsets = (
        (None, {"fields": (("name", "site"), "opens", ("begins_with", "standing"))}),
        (_("Time"), {"fields": (("created_at", "revoked_at"), "last_used")}),
    )
    readonly_fields = ("opens", "begins_with", "last_used", "standing")

    @display(description=_("opens"))
    def opens(self, key: ApiKey) -> str:
        """What the key may be used for."""
        return ", ".join(str(Scope(scope).label) for scope in key.scopes)

    @display(description=_("begins with"))
    def begins_with(self, key: ApiKey) -> str:
        """Enough of the key to know it by."""
        return f"{key.prefix}…"

    @display(description=_("last used"))
    def last_used(self, key: ApiKey) -> Any:
        """When a platform last showed the key."""
        use = getattr(key, "use", None)
        if use is None:
            return _("never")
        return formats.date_format(timezone.localtime(use.last_used_at), "DATETIME_FORMAT")

    @display(description=_("state"))
    def standing(self, key: ApiKey) -> SafeString:
        """Whether it works."""
        return badge(_("in use"), look="good") if key.revoked_at is None else badge(_("revoked"))
