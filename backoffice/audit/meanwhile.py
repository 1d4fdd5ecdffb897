"""Two people who change the same row: whoever comes second sees what the first one did.

The version of a row is the number of its newest history row: every write that keeps history moves it.
"""

from django.utils.translation import gettext_lazy as _

from backoffice.audit.history import HistoryModel
from backoffice.errors import DomainError


class ChangedMeanwhile(DomainError):
    """Somebody stored another version of the row after it was read. Nothing was changed."""

    code = "changed_meanwhile"


def version_of(row: HistoryModel) -> int:
    """Return the version of a row; 0 when it has no history."""
    newest = row.history.order_by("-history_id").values_list("history_id", flat=True).first()
    return int(newest or 0)


def require_unchanged(row: HistoryModel, *, seen: int) -> None:
    """Raise ChangedMeanwhile unless `seen` is still the version of `row`, which the caller has locked."""
    if version_of(row) != seen:
        raise ChangedMeanwhile(
            _("Somebody else changed this in the meantime. Look at what changed, then save again.")
        )
