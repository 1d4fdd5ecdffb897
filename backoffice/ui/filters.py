"""Filters that the lists share."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import TextFilter

from backoffice.platforms.sites import canonical


class SiteFilter(TextFilter):
    """Only what belongs to one site; its name may be typed as people know it."""

    title = _("site")
    parameter_name = "site"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        """Keep the rows of the site; a name that is not one of ours finds nothing."""
        typed = (self.value() or "").strip()
        return queryset.filter(site=canonical(typed) or typed) if typed else queryset


class MemberFilter(TextFilter):
    """Only what belongs to one member, by the platform's number."""

    title = _("member number")
    parameter_name = "member_id"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        """Keep the rows of the member with exactly this number."""
        typed = (self.value() or "").strip()
        return queryset.filter(member_id=typed) if typed else queryset
