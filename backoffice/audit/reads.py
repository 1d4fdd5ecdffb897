"""Looking is written down: who, what, when and why.

A page asks for the purpose and posts it; only then it shows. Nothing is written on a GET.
"""

from datetime import datetime

from django.db import models

from backoffice import clock
from backoffice.audit.acting import current_acting, domain_action
from backoffice.audit.models import Read, ReadPurpose
from backoffice.staff.models import User


@domain_action
def log_read(*, actor: User, subject: models.Model, purpose: ReadPurpose, at: datetime) -> Read:
    """Write down that `actor` looks at `subject`. Whether they may, the caller has asked."""
    return Read.objects.create(
        at=at,
        day=clock.local_day(at),
        reader=actor,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        purpose=ReadPurpose(purpose),
        request_id=current_acting().request_id,
    )


def purpose_of_today(*, reader: User, subject: models.Model, at: datetime) -> ReadPurpose | None:
    """Return why `reader` looked at `subject` today, the last time they said so; None when they did not."""
    said = (
        looks_at(subject)
        .filter(reader=reader, day=clock.local_day(at))
        .values_list("purpose", flat=True)
        .first()
    )
    return ReadPurpose(said) if said else None


def looks_at(subject: models.Model) -> models.QuerySet[Read]:
    """Return every look at `subject`, newest first."""
    return Read.objects.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))
