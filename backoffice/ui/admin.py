"""What all admin pages have in common: looking things up, and a history that says who, when and why.

Domain models are read-only here. A change is a verb (`backoffice.ui.verbs`): a page of its own that
asks for what it needs and calls one service.
"""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from backoffice.audit.history import HistoryModel
from backoffice.staff.permissions import Permission
from backoffice.staff.policy import may
from backoffice.ui.history import history_page
from backoffice.ui.paginator import BoundedPaginator
from backoffice.ui.verb_pages import offers, verb_urls
from backoffice.ui.verbs import Verb


class HouseAdmin(ModelAdmin):
    """A read-only list and page of one model, for whoever holds `view_permission`.

    Writes no LogEntry rows: they would hold names. Counts no further than the paginator's bound.
    """

    view_permission: ClassVar[Permission]
    verbs: ClassVar[Sequence[Verb[Any]]] = ()

    actions = None
    show_full_result_count = False
    paginator = BoundedPaginator
    list_per_page = 50
    list_max_show_all = 50
    list_fullwidth = True
    compressed_fields = True
    list_before_template = "ui/list_top.html"  # type: ignore[assignment]
    change_form_outer_before_template = "ui/object_top.html"  # type: ignore[assignment]
    empty_value_display = "-"

    def get_urls(self) -> list[URLPattern]:
        return [*verb_urls(self), *super().get_urls()]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(may(request.user, self.view_permission))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def find(self, queryset: QuerySet[Any], typed: str) -> QuerySet[Any]:
        """Keep the rows that were meant by what somebody typed. Override where icontains is too slow."""
        fields = [f"{field}__icontains" for field in self.search_fields]
        return queryset.filter(reduce(or_, (Q(**{field: typed}) for field in fields)))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        typed = search_term.strip().replace("\x00", "")
        return (self.find(queryset, typed) if typed else queryset), False

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Write nothing: history rows and events say it, without names."""

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Write nothing: history rows and events say it, without names."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Write nothing: history rows and events say it, without names."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        context = {"offers": offers(self, request, None), **(extra_context or {})}
        return super().changelist_view(request, context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if row := context.get("original"):
            context["offers"] = offers(self, request, row)
        return super().render_change_form(request, context, *args, **kwargs)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {"has_history": issubclass(self.model, HistoryModel), "tab": "details"}
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show every version of the object: who, when, why, and each field from old to new."""
        instance = self.get_object(request, unquote(object_id))
        if instance is None or not isinstance(instance, HistoryModel):
            raise Http404
        if not self.has_view_permission(request, instance):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": str(instance),
            "subtitle": _("History"),
            "opts": self.opts,
            "original": instance,
            "has_history": True,
            "tab": "history",
            "page": history_page(
                instance, number=request.GET.get("p", "1"), hidden=self.history_hidden(request)
            ),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "ui/history.html", context)

    def history_hidden(self, request: HttpRequest) -> frozenset[str]:
        """Name the fields whose values this person may not see in the history."""
        return frozenset()
