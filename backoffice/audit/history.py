"""History that is full: who, when, why, within which request or run, for every write of a row.

Every model whose past matters derives from `HistoryModel`. What django-simple-history leaves open
(updates without a trace, a copy written on deletion, 32-bit ids, an actor that may be missing) is
closed here; that nobody edits a history row is the database's work (`guards`).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self, TypeVar

from django.db import connection, models
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

from backoffice.audit.acting import current_acting
from backoffice.audit.bulk import copy_in
from backoffice.audit.guards import require_open_gate

R = TypeVar("R", bound=models.Model)


class WritesNoHistory(TypeError):
    """A write that would leave no history. Use `store`, `store_many` or a guarded update."""


class HistoryQuerySet(models.QuerySet[R]):
    """Refuses the bulk writes that django-simple-history does not see (pitfall D8)."""

    def update(self, **_kwargs: Any) -> NoReturn:
        raise WritesNoHistory("update() writes no history: use store() or returning_update()")

    def bulk_create(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise WritesNoHistory("bulk_create() writes no history: use store_many()")

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise WritesNoHistory("bulk_update() writes no history: use store_many()")

    async def aupdate(self, **_kwargs: Any) -> NoReturn:
        raise WritesNoHistory("aupdate() writes no history")

    async def abulk_create(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise WritesNoHistory("abulk_create() writes no history")

    async def abulk_update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise WritesNoHistory("abulk_update() writes no history")


HistoryManager = models.Manager.from_queryset(HistoryQuerySet)


class HistoryRow(models.Model):
    """What every history row says besides the fields themselves.

    Named apart from them: a request for help has a `request_id` of its own.
    """

    history_request_id = models.CharField(max_length=32, blank=True, default="")
    history_run_id = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        abstract = True


class _Records(HistoricalRecords):  # type: ignore[misc] # it has no types
    """simple-history's records, leaving out what a model names in `history_excluded`."""

    def fields_included(self, model: Any) -> list[Any]:
        excluded = getattr(model, "history_excluded", ())
        return [f for f in super().fields_included(model) if f.name not in excluded]


class HistoryModel(models.Model):
    """A row whose every version is kept until the row itself is erased (with all of its history)."""

    history_excluded: ClassVar[Sequence[str]] = ()
    named_in_history: ClassVar[bool] = False
    """Whether the history of what points here says the row's name: not when that is a member's."""

    history: ClassVar[Any] = _Records(
        inherit=True,
        bases=(HistoryRow,),
        cascade_delete_history=True,
        history_id_field=models.BigAutoField(),
        history_change_reason_field=models.TextField(blank=True, default=""),
        history_user_id_field=models.BigIntegerField(),
        get_user=lambda **_: None,
    )

    objects = HistoryManager()

    class Meta:
        abstract = True

    @classmethod
    def in_words(cls, field: str, value: Any) -> str | None:  # noqa: ARG003 - for who overrides it
        """Return what is stored in `field` as a person reads it; None when it can be read as it is."""
        return None

    if TYPE_CHECKING:

        def save_without_historical_record(self, **kwargs: Any) -> None: ...

    def store(self, *, reason: str, at: datetime, fields: Iterable[str] | None = None) -> Self:
        """Save this row and one history row that says `reason` and `at`.

        `fields` limits which columns are written. Raises NoActor when nobody is acting.
        """
        current_acting()
        created = self._state.adding
        self.save_without_historical_record(update_fields=fields)
        write_history(type(self), [self.pk], created=created, reason=reason, at=at)
        return self


M = TypeVar("M", bound=HistoryModel)


def _stamp(history_instance: Any, **_kwargs: Any) -> None:
    acting = current_acting()
    history_instance.history_user_id = acting.actor_id
    history_instance.history_request_id = acting.request_id
    history_instance.history_run_id = acting.run_id
    history_instance.history_change_reason = history_instance.history_change_reason or ""


pre_create_historical_record.connect(_stamp, dispatch_uid="audit.history.stamp")


def write_history(
    model: type[HistoryModel], keys: Sequence[Any], *, created: bool, reason: str, at: datetime
) -> None:
    """Write one history row for each row with one of `keys`, as they now stand in the database.

    They are copied there, in one statement whatever the number: what the history says is what was stored.
    """
    if not keys:
        return
    acting = current_acting()
    said = (at, reason, "+" if created else "~", acting.actor_id, acting.request_id, acting.run_id)
    with connection.cursor() as cursor:
        cursor.execute(_copy_into_history(model), (*said, list(keys)))


_COPY = """
INSERT INTO {history} ({columns},
    history_date, history_change_reason, history_type, history_user_id, history_request_id, history_run_id)
SELECT {columns}, %s, %s, %s, %s, %s, %s FROM {table} WHERE {key} = ANY(%s)
"""


@cache
def _copy_into_history(model: type[HistoryModel]) -> str:
    history = model.history.model
    return _COPY.format(
        history=history._meta.db_table,
        columns=", ".join(connection.ops.quote_name(field.column) for field in history.tracked_fields),
        table=model._meta.db_table,
        key=model._meta.pk.column,
    )


def store_many(rows: Sequence[M], *, reason: str, at: datetime, fields: Sequence[str] = ()) -> None:
    """Insert `rows` (or, with `fields`, update those columns of existing ones) with their history.

    A few statements whatever the number. Raises NoActor when nobody is acting.
    """
    if not rows:
        return
    current_acting()
    plain: models.QuerySet[M] = models.QuerySet(type(rows[0]))
    if fields:
        plain.bulk_update(rows, fields, batch_size=500)
    elif rows[0].pk is None:
        plain.bulk_create(rows, batch_size=1000)  # its history needs the numbers
    else:
        copy_in(rows)
    write_history(type(rows[0]), [row.pk for row in rows], created=not fields, reason=reason, at=at)


def returning_update(
    model: type[HistoryModel], sql: str, params: Mapping[str, Any], *, reason: str, at: datetime
) -> list[tuple[Any, ...]]:
    """Run a statement that updates rows and returns of each its key first; write their history.

    For the verbs that must look and write in one statement. Returns what the statement returned,
    nothing when its condition did not hold.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        changed: list[tuple[Any, ...]] = cursor.fetchall()
    write_history(model, [row[0] for row in changed], created=False, reason=reason, at=at)
    return changed


def erase(queryset: models.QuerySet[M]) -> int:
    """Delete the rows of `queryset` and all of their history. Cannot be undone.

    Two statements whatever the number. Raises GateClosed outside `erasure_gate()`.
    Returns how many rows there were, their history not counted.
    """
    require_open_gate()
    model = queryset.model
    pks = list(queryset.values_list("pk", flat=True))
    history = model.history.model.objects.filter(**{f"{model._meta.pk.attname}__in": pks})
    rows: Any = models.QuerySet(model).filter(pk__in=pks)
    for doomed in (history, rows):
        doomed._raw_delete("default")  # noqa: SLF001 - delete() would first load what depends on each row
    return len(pks)
