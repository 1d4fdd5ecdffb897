"""Events, to look up."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateTimeFilter, RelatedDropdownFilter, TextFilter
from unfold.decorators import display

from backoffice.audit.models import Event
from backoffice.staff.permissions import Permission
from backoffice.ui.admin import HouseAdmin


class KindFilter(TextFilter):
    """Only one kind of event, by its code."""

    title = _("what")
    parameter_name = "kind"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        """Keep events of this kind, or of every kind that begins so (`decision.`)."""
        typed = (self.value() or "").strip()
        return queryset.filter(kind__startswith=typed) if typed else queryset


@admin.register(Event)
class EventAdmin(HouseAdmin):
    """What was done: ids and codes only."""

    view_permission = Permission.SEE_EVENTS
    list_display = ("at", "kind", "actor", "subject_type", "subject_id", "reason")
    list_display_links = ("at",)
    list_select_related = ("actor",)
    list_filter = (KindFilter, ("actor", RelatedDropdownFilter), ("at", RangeDateTimeFilter))
    list_filter_submit = True
    search_fields = ("subject_id",)
    search_help_text = _("The key of what the event is about")
    sortable_by = ()
    fieldsets = (
        (None, {"fields": (("kind", "at"), ("actor", "reason"), "data")}),
        (_("About"), {"fields": (("subject_type", "subject_id"), "page")}),
        (_("Within"), {"fields": (("request_id", "run_id"),)}),
    )
    readonly_fields = ("page",)

    def find(self, queryset: QuerySet[Event], typed: str) -> QuerySet[Event]:
        types = [model._meta.label_lower for model in apps.get_models()]  # so that the index is used
        return queryset.filter(subject_type__in=types, subject_id=typed)

    @display(description=_("its page"))
    def page(self, event: Event) -> Any:
        """A link to what the event is about, when it has a page; it may have been erased since."""
        try:
            address = reverse(f"admin:{event.subject_type.replace('.', '_')}_change", args=[event.subject_id])
        except NoReverseMatch:
            return ""
        return format_html('<a class="house-chip" href="{}">{}</a>', address, _("Open"))
