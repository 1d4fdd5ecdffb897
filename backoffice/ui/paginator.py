"""Pages of a long list, without counting all of it."""

from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import QuerySet

BOUND = 5_000
"""So many rows are counted; past it the list says "more than". Keep it a multiple of the page sizes."""


class BoundedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts at most `BOUND` rows: a list of a million costs as much as one of five thousand.

    Rows past the bound are reached by searching and filtering.
    """

    template_name = "ui/pagination.html"

    @cached_property
    def count(self) -> int:
        return min(self._seen, BOUND)

    @property
    def has_more(self) -> bool:
        """Whether there are rows past the bound."""
        return self._seen > BOUND

    @cached_property
    def _seen(self) -> int:
        rows = self.object_list
        if not isinstance(rows, QuerySet):
            return len(rows)
        return int(rows.order_by()[: BOUND + 1].count())
