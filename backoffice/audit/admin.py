"""Events, to look up."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
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
    readonly_fields = ("what", "why", "who", "about", "page")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        about: list[Any] = [("about", "subject_id")]
        if obj is not None and _may_open(request, obj):
            about.append("page")
        return [
            (None, {"fields": (("what", "at"), ("who", "why"), "data")}),
            (_("About"), {"fields": about}),
            (_("Within"), {"fields": (("request_id", "run_id"),)}),
        ]

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

    @display(description=_("who"))
    def who(self, event: Event) -> str:
        """A name without a link: not everybody who sees events may open the pages of staff."""
        return str(event.actor)

    @display(description=_("its page"))
    def page(self, event: Event) -> Any:
        """A link to what the event is about; it may have been erased since."""
        return format_html('<a class="house-chip" href="{}">{}</a>', _address(event), _("Open"))


def _may_open(request: HttpRequest, event: Event) -> bool:
    """Return whether what an event is about has a page, and this reader may open it."""
    try:
        page = admin.site.get_model_admin(apps.get_model(event.subject_type))
    except (LookupError, ValueError, NotRegistered):
        return False
    return page.has_view_permission(request)


def _address(event: Event) -> str:
    return reverse(f"admin:{event.subject_type.replace('.', '_')}_change", args=[event.subject_id])
