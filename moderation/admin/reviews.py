"""Reviews, to look up. They are done at the desk."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    BooleanRadioFilter,
    ChoicesDropdownFilter,
    RadioFilter,
    RangeDateTimeFilter,
)
from unfold.decorators import display

from backoffice import clock
from backoffice.staff.permissions import Permission
from backoffice.ui.badges import badge
from backoffice.ui.filters import MemberFilter, SiteFilter
from moderation.admin.dangers import DangerInHistory
from moderation.admin.links import links_of_member
from moderation.choices import ReviewState
from moderation.models import Review
from moderation.selectors.lookup import find_reviews


class LateFilter(RadioFilter):
    """Only what should have been decided by now."""

    title = _("overdue")
    parameter_name = "late"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the one choice besides all."""
        return [("yes", _("Overdue only"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Review]) -> QuerySet[Review]:
        """Keep pending reviews past their due moment."""
        if self.value() != "yes":
            return queryset
        return queryset.filter(state=ReviewState.PENDING, due_at__lte=clock.now())


@admin.register(Review)
class ReviewAdmin(DangerInHistory):
    """Every look that was, is, or must be taken."""

    view_permission = Permission.SEE_RECORDS
    list_display = ("about", "queue", "standing", "site", "member_id", "opened_at", "due", "closed_at")
    list_select_related = ("profile", "help_request")
    list_filter = (
        ("queue", ChoicesDropdownFilter),
        ("state", ChoicesDropdownFilter),
        LateFilter,
        SiteFilter,
        MemberFilter,
        ("escalated", BooleanRadioFilter),
        ("opened_at", RangeDateTimeFilter),
    )
    list_filter_submit = True
    search_fields = ("member_id",)
    search_help_text = _("Name, words from the text, member number or key")
    sortable_by = ("opened_at", "closed_at")
    fieldsets = (
        (None, {"fields": ("about", ("queue", "standing"), "at_the_desk")}),
        (_("Time"), {"fields": (("opened_at", "due"), "closed_at")}),
        (_("Why it stands where it stands"), {"fields": ("points", ("escalated", "escalation_reason"))}),
        (
            _("At the platform"),
            {"fields": (("site", "member_id"), ("revision", "version"), "void_reason", "elsewhere")},
        ),
    )
    readonly_fields = ("about", "standing", "due", "at_the_desk", "elsewhere")

    def find(self, queryset: QuerySet[Review], typed: str) -> QuerySet[Review]:
        return find_reviews(queryset, typed)

    @display(description=_("about"))
    def about(self, review: Review) -> str:
        """The subject in words; what was removed, or is hard to read, is only its kind."""
        return review.listed_as

    @display(description=_("state"))
    def standing(self, review: Review) -> SafeString:
        """Where it stands; overdue cannot be missed."""
        if review.state == ReviewState.PENDING and review.due_at <= clock.now():
            return badge(_("overdue"), look="late")
        looks = {ReviewState.PENDING: "wait", ReviewState.DECIDED: "good"}
        return badge(review.get_state_display(), look=looks.get(ReviewState(review.state), ""))

    @display(description=_("due"))
    def due(self, review: Review) -> date:
        """The last day in time: `due_at` is its end, which reads as the next day."""
        return review.due_on

    @display(description=_("at the desk"))
    def at_the_desk(self, review: Review) -> SafeString | str:
        """A link to the desk, for who may work there."""
        try:
            address = reverse("moderation:review", args=[review.pk])
        except NoReverseMatch:
            return ""
        if review.state != ReviewState.PENDING:
            return ""
        return format_html('<a class="house-chip" href="{}">{}</a>', address, _("Open at the desk"))

    @display(description=_("of this member"))
    def elsewhere(self, review: Review) -> SafeString:
        """Where the rest about this member stands."""
        return links_of_member(review.site, review.member_id)
