"""What was done because of danger, in the history of whom and what it is about."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse

from backoffice.ui.admin import HouseAdmin
from moderation.models import HelpRequest, Profile, Review
from moderation.selectors.danger import steps_about


class DangerInHistory(HouseAdmin):
    """Lists above the versions of a row what was done for its member."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        more: dict[str, Any] = {}
        if isinstance(row, Profile | HelpRequest | Review) and self.has_view_permission(request, row):
            steps = steps_about(site=row.site, member_id=row.member_id)
            more = {"steps": [(step, None) for step in steps]}
            more["beside"] = "moderation/admin/dangers.html" if steps else ""
        return super().history_view(request, object_id, {**more, **(extra_context or {})})
