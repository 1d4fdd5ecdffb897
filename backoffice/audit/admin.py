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
from backoffice.audit.words import kind_words, reason_words
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
    list_display = ("at", "what", "actor", "about", "subject_id", "why")
    list_display_links = ("at",)
    list_select_related = ("actor",)
    list_filter = (KindFilter, ("actor", RelatedDropdownFilter), ("at", RangeDateTimeFilter))
    list_filter_submit = True
    search_fields = ("subject_id",)
    search_help_text = _("The key of what the event is about")
    sortable_by = ()
    fieldsets = (
        (None, {"fields": (("what", "at"), ("actor", "why"), "data")}),
        (_("About"), {"fields": (("about", "subject_id"), "page")}),
        (_("Within"), {"fields": (("request_id", "run_id"),)}),
    )
    readonly_fields = ("what", "why", "about", "page")

    def find(self, queryset: QuerySet[Event], typed: str) -> QuerySet[Event]:
        types = [model._meta.label_lower for model in apps.get_models()]  # so that the index is used
        return queryset.filter(subject_type__in=types, subject_id=typed)

    @display(description=_("what"))
    def what(self, event: Event) -> Any:
        """What was done, with the code that the filter takes."""
        return format_html('{} <code class="house-code">{}</code>', kind_words(event.kind), event.kind)

    @display(description=_("why"))
    def why(self, event: Event) -> str:
        return reason_words(event.reason)

    @display(description=_("about"))
    def about(self, event: Event) -> str:
        """What kind of thing the event is about; the code of one that the house no longer knows."""
        try:
            return str(apps.get_model(event.subject_type)._meta.verbose_name)
        except (LookupError, ValueError):
            return event.subject_type

    @display(description=_("its page"))
    def page(self, event: Event) -> Any:
        """A link to what the event is about, when it has a page; it may have been erased since."""
        try:
            address = reverse(f"admin:{event.subject_type.replace('.', '_')}_change", args=[event.subject_id])
        except NoReverseMatch:
            return ""
        return format_html('<a class="house-chip" href="{}">{}</a>', address, _("Open"))
