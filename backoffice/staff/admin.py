"""Members of staff: who works here, and with which roles."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import BooleanRadioFilter, DropdownFilter
from unfold.decorators import display

from backoffice.staff.models import User
from backoffice.staff.permissions import Permission, Role
from backoffice.staff.services.people import roles_of
from backoffice.staff.verbs import ChangeRoles, DeactivateStaff, InviteStaff, ReactivateStaff, ResetAccess
from backoffice.ui.admin import HouseAdmin
from backoffice.ui.badges import badge
from backoffice.ui.moments import short_moment

admin.site.unregister(Group)  # groups are the roles of the code, kept in step by `sync_roles`


class RoleFilter(DropdownFilter):
    """Only who has one role."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer every role."""
        return [(role.value, role.label) for role in Role]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        """Keep the people with that role."""
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


@admin.register(User)
class UserAdmin(HouseAdmin):
    """Who works here. The system users that jobs act as are not people: they are left out."""

    view_permission = Permission.MANAGE_STAFF
    verbs = (InviteStaff(), ChangeRoles(), ResetAccess(), DeactivateStaff(), ReactivateStaff())
    list_display = ("called", "signs_in_as", "roles", "last_seen", "standing")
    list_filter = (RoleFilter, ("is_active", BooleanRadioFilter))
    list_filter_submit = True
    ordering = ("-is_active", "display_name", "username")
    search_fields = ("username", "display_name")
    search_help_text = _("Name or user name")
    sortable_by = ()
    fieldsets = (
        (None, {"fields": (("called", "signs_in_as"), "roles", "standing")}),
        (_("Time"), {"fields": (("date_joined", "last_seen"),)}),
    )
    readonly_fields = ("called", "signs_in_as", "roles", "last_seen", "standing")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).filter(is_system=False).prefetch_related("groups")

    @display(description=_("name"))
    def called(self, person: User) -> str:
        """What colleagues call them."""
        return str(person)

    @display(description=_("user name"))
    def signs_in_as(self, person: User) -> str:
        """What they sign in with."""
        return person.username

    @display(description=_("roles"))
    def roles(self, person: User) -> Any:
        """Their roles in words, in the order of the house."""
        if person.is_superuser:
            return badge(_("all rights"), look="urgent")
        held = roles_of(person)
        if not held:
            return badge(_("none"))
        return format_html_join(", ", "{}", ((role.label,) for role in Role if role in held))

    @display(description=_("last signed in"))
    def last_seen(self, person: User) -> Any:
        """When they last signed in."""
        if person.last_login is None:
            return _("never")
        return short_moment(person.last_login)

    @display(description=_("state"))
    def standing(self, person: User) -> SafeString:
        """Whether they can sign in."""
        if not person.is_active:
            return badge(_("switched off"))
        return (
            badge(_("active"), look="good")
            if person.has_usable_password()
            else badge(_("invited"), look="wait")
        )
