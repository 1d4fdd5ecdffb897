"""The versions of one row, as a person reads them: newest first, field by field."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Field, ForeignKey
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.audit.history import HistoryModel
from backoffice.audit.words import reason_words
from backoffice.staff.models import User

PER_PAGE = 25
HIDDEN = gettext_lazy("(not for your role)")

Names = dict[tuple[Any, Any], str]
"""What a model's row is called, by model and key."""


@dataclass(frozen=True)
class FieldChange:
    """One field that differs from the version before, in words. Both empty: only that it changed."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Version:
    """One history row: who, when (aware), why, within which request or run, and what changed."""

    number: int
    at: datetime
    actor: str
    reason: str
    request_id: str
    run_id: str
    created: bool
    changes: list[FieldChange]


def history_page(instance: HistoryModel, *, number: str, hidden: frozenset[str] = frozenset()) -> Page[Any]:
    """Return one page of `Version`s of `instance`, newest first.

    Rows with the same moment keep the order in which they were written (`history_id`): the
    library's own `prev_record` would skip them. Fields in `hidden` say that they changed, not how.
    Three queries, whatever the number of versions.
    """
    rows = instance.history.order_by("history_date", "history_id")
    paginator = Paginator(rows.reverse(), PER_PAGE)
    page = paginator.get_page(number)
    start = page.start_index() - 1
    newest_first = list(rows.reverse()[start : start + PER_PAGE + 1])
    shown = newest_first[:PER_PAGE]
    before = [*newest_first[1:], None][: len(shown)]
    names = _names(shown, before)
    total = paginator.count
    page.object_list = [
        _version(row, older, number=total - start - index, names=names, hidden=hidden)
        for index, (row, older) in enumerate(zip(shown, before, strict=True))
    ]
    return page


def versions_since(instance: HistoryModel, *, seen: int) -> list[Version]:
    """Return what was written after version `seen` (`backoffice.audit.meanwhile`), newest first.

    At most a page of it. The numbers of these versions are not counted: they are 0.
    """
    rows = instance.history.filter(history_id__gte=seen).order_by("-history_id")[: PER_PAGE + 1]
    found = list(rows)
    pairs = list(pairwise(found))
    names = _names([row for row, _older in pairs], [older for _row, older in pairs])
    return [_version(row, older, number=0, names=names, hidden=frozenset()) for row, older in pairs]


def _version(row: Any, older: Any, *, number: int, names: Names, hidden: frozenset[str]) -> Version:
    return Version(
        number=number,
        at=row.history_date,
        actor=names.get((User, row.history_user_id), _("unknown")),
        reason=reason_words(row.history_change_reason or ""),
        request_id=row.history_request_id,
        run_id=row.history_run_id,
        created=older is None,
        changes=_changes(row, older, names, hidden),
    )


def _is_named(field: Any) -> bool:
    return isinstance(field, ForeignKey) and getattr(field.related_model, "named_in_history", False)


def _names(shown: list[Any], before: list[Any]) -> Names:
    """Return the names of who wrote these rows, and of what they point to that may be named."""
    wanted: dict[Any, set[Any]] = {User: {row.history_user_id for row in shown}}
    for row in [*shown, *before]:
        for field in row.tracked_fields if row is not None else ():
            if _is_named(field):
                wanted.setdefault(field.related_model, set()).add(getattr(row, field.attname))
    return {
        (model, one.pk): str(one)
        for model, keys in wanted.items()
        for one in model.objects.filter(pk__in=keys - {None})
    }


def _changes(row: Any, older: Any, names: Names, hidden: frozenset[str]) -> list[FieldChange]:
    changes = []
    for field in row.tracked_fields:
        if field.primary_key or not isinstance(field.verbose_name, Promise):
            continue  # what has no name on the screen is kept for the machine
        new = getattr(row, field.attname)
        old = getattr(older, field.attname) if older is not None else None
        if old == new or (older is None and new in (None, "", [], {})):
            continue
        label = _capitalised(field.verbose_name)
        if field.name in hidden:
            changes.append(FieldChange(label, "", str(HIDDEN)))
            continue
        model = row.instance_type
        changes.append(FieldChange(label, _words(model, field, old, names), _words(model, field, new, names)))
    return changes


def _capitalised(label: str | Promise) -> str:
    text = str(label)
    return text[:1].upper() + text[1:]


def _words(model: type[HistoryModel], field: "Field[Any, Any]", value: Any, names: Names) -> str:
    """Return a stored value as it stands on the screen; nothing is the empty text."""
    if value is None:
        return ""
    said = model.in_words(field.name, value)
    if said is not None:
        return said
    if _is_named(field):
        return names.get((field.related_model, value), str(value))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return _plain(value)


def _plain(value: Any) -> str:
    match value:
        case bool():
            return _("yes") if value else _("no")
        case datetime():
            return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
        case date():
            return formats.date_format(value, "DATE_FORMAT")
        case list():
            return ", ".join(str(item) for item in value)
    return str(value)
