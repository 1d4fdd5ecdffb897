"""Looking is written down, with a purpose, and stays as it was written."""

from datetime import datetime, timedelta

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from backoffice.audit.models import Read, ReadPurpose
from backoffice.audit.reads import log_read, looks_at, purpose_of_today
from backoffice.staff.models import User

pytestmark = pytest.mark.django_db


def test_a_purpose_is_remembered_for_the_day_for_one_reader_and_one_subject(
    coordinator: User, moderator: User, administrator: User, at: datetime
) -> None:
    log_read(actor=coordinator, subject=moderator, purpose=ReadPurpose.QUESTION, at=at)
    log_read(actor=coordinator, subject=moderator, purpose=ReadPurpose.SAFETY, at=at)
    midnight = at.replace(hour=23, minute=0)  # 0:00 in Amsterdam
    for reader, subject, moment, said in (
        (coordinator, moderator, midnight - timedelta(seconds=1), ReadPurpose.SAFETY),
        (coordinator, moderator, midnight, None),
        (coordinator, administrator, at, None),
        (administrator, moderator, at, None),
    ):
        assert purpose_of_today(reader=reader, subject=subject, at=moment) == said
    assert looks_at(moderator).count() == 2


def test_the_database_refuses_to_change_or_lose_a_look(coordinator: User, at: datetime) -> None:
    log_read(actor=coordinator, subject=coordinator, purpose=ReadPurpose.CHECK, at=at)
    for sql in ("UPDATE audit_read SET purpose = 'safety'", "DELETE FROM audit_read"):
        with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
            connection.cursor().execute(sql)
    assert Read.objects.get().purpose == "check"
