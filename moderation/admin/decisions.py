"""Decisions, to look up. Taking one back or making a new one is done at the desk."""

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    ChoicesDropdownFilter,
    RangeDateTimeFilter,
    RelatedDropdownFilter,
)
from unfold.decorators import display

from backoffice.staff.permissions import Permission
from backoffice.ui.admin import HouseAdmin
from backoffice.ui.badges import badge
from backoffice.ui.filters import MemberFilter, SiteFilter
from moderation.admin.links import links_of_member
from moderation.choices import DecisionState, Outcome
from moderation.models import Decision
from moderation.selectors.lookup import find_decisions

OUTCOME_LOOKS = {
    Outcome.APPROVE: "good",
    Outcome.TIP: "good",
    Outcome.REQUEST_CHANGE: "wait",
    Outcome.HIDE: "urgent",
    Outcome.HOLD_ACCOUNT: "late",
    Outcome.CONFIRM_UNDER_16: "late",
}


@admin.register(Decision)
class DecisionAdmin(HouseAdmin):
    """What was decided, by whom, on which version."""

    view_permission = Permission.SEE_RECORDS
    list_display = (
        "result",
        "subject_kind",
        "site",
        "subject_external_id",
        "decided_by",
        "decided_at",
        "standing",
    )
    list_select_related = ("decided_by",)
    list_filter = (
        ("outcome", ChoicesDropdownFilter),
        ("state", ChoicesDropdownFilter),
        ("decided_by", RelatedDropdownFilter),
        SiteFilter,
        MemberFilter,
        ("decided_at", RangeDateTimeFilter),
    )
    list_filter_submit = True
    search_fields = ("member_id",)
    search_help_text = _("Member number, request number, name of the member or key")
    sortable_by = ("decided_at",)
    fieldsets = (
        (None, {"fields": (("result", "standing"), "reason", "message")}),
        (
            _("Who and when"),
            {"fields": (("decided_by", "decided_at"), ("undo_until", "final_at"), "sequence")},
        ),
        (
            _("About"),
            {
                "fields": (
                    ("subject_kind", "subject_external_id"),
                    ("site", "member_id"),
                    ("revision", "version"),
                    "review",
                    "elsewhere",
                )
            },
        ),
    )
    readonly_fields = ("result", "standing", "elsewhere")

    def find(self, queryset: QuerySet[Decision], typed: str) -> QuerySet[Decision]:
        return find_decisions(queryset, typed)

    @display(description=_("outcome"))
    def result(self, decision: Decision) -> SafeString:
        """What was decided."""
        return badge(decision.get_outcome_display(), look=OUTCOME_LOOKS[Outcome(decision.outcome)])

    @display(description=_("state"))
    def standing(self, decision: Decision) -> SafeString:
        """Whether it can still be taken back."""
        look = "wait" if decision.state == DecisionState.HELD else ""
        return badge(decision.get_state_display(), look=look)

    @display(description=_("of this member"))
    def elsewhere(self, decision: Decision) -> SafeString:
        """Where the rest about this member stands."""
        return links_of_member(decision.site, decision.member_id)
