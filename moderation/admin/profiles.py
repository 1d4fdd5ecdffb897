"""Profiles, to look up."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import BooleanRadioFilter, RangeDateTimeFilter
from unfold.decorators import display

from backoffice import clock
from backoffice.staff.permissions import Permission
from backoffice.ui.badges import badge
from backoffice.ui.filters import MemberFilter, SiteFilter
from moderation.admin.dangers import DangerInHistory
from moderation.admin.links import links_of_member
from moderation.choices import AgeState
from moderation.models import Profile
from moderation.selectors.lookup import find_profiles

AGE_LOOKS = {AgeState.OLD_ENOUGH: "good", AgeState.UNKNOWN: "urgent", AgeState.UNDER_16: "late"}


@admin.register(Profile)
class ProfileAdmin(DangerInHistory):
    """Members as their platform last told us."""

    view_permission = Permission.SEE_RECORDS
    list_display = ("full_name", "site", "member_id", "place", "age", "visible", "received_at")
    list_filter = (
        SiteFilter,
        MemberFilter,
        ("visible", BooleanRadioFilter),
        ("via_facebook", BooleanRadioFilter),
        ("received_at", RangeDateTimeFilter),
    )
    list_filter_submit = True
    search_fields = ("last_name",)
    search_help_text = _("Name, e-mail address or member number")
    sortable_by = ("received_at",)
    fieldsets = (
        (
            None,
            {"fields": (("salutation", "first_name"), ("infix", "last_name"), "about", "keywords", "place")},
        ),
        (_("Age"), {"fields": (("birth_date", "age"), "age_confirmed_basis")}),
        (_("How to reach"), {"fields": (("email", "phone"), "postcode")}),
        (
            _("At the platform"),
            {
                "fields": (
                    ("site", "member_id"),
                    ("member_since", "revision"),
                    ("visible", "via_facebook", "wants_mail"),
                    ("first_received_at", "received_at"),
                    "elsewhere",
                )
            },
        ),
    )
    readonly_fields = ("age", "elsewhere")

    def find(self, queryset: QuerySet[Profile], typed: str) -> QuerySet[Profile]:
        return find_profiles(queryset, typed)

    @display(description=_("name"))
    def full_name(self, profile: Profile) -> str:
        """Name, or that there is none."""
        return str(profile)

    @display(description=_("age"))
    def age(self, profile: Profile) -> SafeString:
        """What is known of the age today (R21: unknown is shown as unknown)."""
        state = profile.age_state(on=clock.today())
        return badge(state.label, look=AGE_LOOKS[state])

    @display(description=_("of this member"))
    def elsewhere(self, profile: Profile) -> Any:
        """Where the rest about this member stands."""
        return links_of_member(profile.site, profile.member_id)
