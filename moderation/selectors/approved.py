"""How things were when somebody approved them last."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from moderation.choices import APPROVING, DecisionState
from moderation.models import Decision, HelpRequest, Profile


def approved_before(subjects: Sequence[Profile | HelpRequest]) -> dict[UUID, Any]:
    """Return each subject's history row of the version that was approved last, by the subject's key.

    What was never approved is left out. Two queries for each kind of subject.
    """
    return {
        key: row
        for name, model in (("profile", Profile), ("help_request", HelpRequest))
        for key, row in _rows(name, model, [one.pk for one in subjects if isinstance(one, model)]).items()
    }


def _rows(name: str, model: type[Profile | HelpRequest], keys: list[UUID]) -> dict[UUID, Any]:
    about = f"review__{name}"
    approved = Decision.objects.filter(**{f"{about}__in": keys}, outcome__in=APPROVING)
    last = approved.exclude(state=DecisionState.UNDONE).order_by(about, "-decided_at").distinct(about)
    wanted = Q()
    for key, version in last.values_list(about, "version") if keys else ():
        wanted |= Q(id=key, version=version)
    rows = model.history.filter(wanted).order_by("history_date", "history_id") if wanted else ()
    return {row.id: row for row in rows}


def photo_is_new(subject: Profile | HelpRequest, approved: Mapping[UUID, Any]) -> bool:
    """Return whether it is a profile with a photo that stood on no version that was approved last."""
    if not (isinstance(subject, Profile) and subject.photo):
        return False
    before = approved.get(subject.pk)
    return before is None or before.photo_sha256 != subject.photo_sha256
