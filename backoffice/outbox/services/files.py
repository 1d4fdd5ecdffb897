"""Files that must go: the row is the truth, the sweeper finds what a killed process left."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from django.core.files.storage import default_storage
from django.db import transaction

from backoffice.outbox.models import FileRemoval

logger = structlog.get_logger(__name__)

TRIED_AGAIN_AFTER = timedelta(minutes=10)


def remove_after_commit(paths: Sequence[str], *, at: datetime) -> None:
    """Let files go with the running transaction: removed right after it commits, or by the sweeper."""
    if not paths:
        return
    FileRemoval.objects.bulk_create(
        [FileRemoval(path=path, due_at=at) for path in paths],
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["due_at"],
    )
    transaction.on_commit(lambda: remove_due_files(at=at), robust=True)


def remove_due_files(*, at: datetime, limit: int = 500) -> int:
    """Remove the files whose moment has come. Cannot be undone. Returns how many were due.

    A file that is gone already counts as removed. The row goes after the file: killed in between,
    it is done again. One that the disk will not let go is tried again later.
    """
    kept: list[int] = []
    with transaction.atomic():
        due = list(
            FileRemoval.objects.filter(due_at__lte=at)
            .order_by("due_at")
            .select_for_update(skip_locked=True)[:limit]
        )
        for removal in due:
            try:
                default_storage.delete(removal.path)
            except OSError as problem:
                logger.error("file.not_removed", removal=removal.pk, problem=type(problem).__name__)  # noqa: TRY400 - its words hold a path
                kept.append(removal.pk)
        ours = FileRemoval.objects.filter(pk__in=[removal.pk for removal in due])
        ours.exclude(pk__in=kept).delete()
        ours.update(due_at=at + TRIED_AGAIN_AFTER)
    return len(due)
