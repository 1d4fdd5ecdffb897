"""Help requests and offers, to look up."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.decorators import display

from backoffice.staff.permissions import Permission
from backoffice.ui.filters import MemberFilter, SiteFilter
from moderation.admin.dangers import DangerInHistory
from moderation.admin.links import links_of_member
from moderation.models import HelpRequest
from moderation.selectors.lookup import find_help_requests


@admin.register(HelpRequest)
class HelpRequestAdmin(DangerInHistory):
    """Requests and offers as their platform last told us."""

    view_permission = Permission.SEE_RECORDS
    list_display = ("title", "kind", "site", "place", "member_id", "received_at")
    list_filter = (
        ("kind", ChoicesDropdownFilter),
        SiteFilter,
        MemberFilter,
        ("received_at", RangeDateTimeFilter),
    )
    list_filter_submit = True
    search_fields = ("title",)
    search_help_text = _("Words from the title or text, request number or member number")
    sortable_by = ("received_at",)
    fieldsets = (
        (None, {"fields": ("kind", "title", "text", "keywords", "place")}),
        (
            _("At the platform"),
            {
                "fields": (
                    ("site", "request_id"),
                    ("member_id", "revision"),
                    ("posted_at", "received_at"),
                    "elsewhere",
                )
            },
        ),
    )
    readonly_fields = ("elsewhere",)

    def find(self, queryset: QuerySet[HelpRequest], typed: str) -> QuerySet[HelpRequest]:
        return find_help_requests(queryset, typed)

    @display(description=_("of this member"))
    def elsewhere(self, help_request: HelpRequest) -> Any:
        """Where the rest about this member stands."""
        return links_of_member(help_request.site, help_request.member_id)
