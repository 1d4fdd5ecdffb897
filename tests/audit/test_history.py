"""History is full: every write of a history model has an actor, a reason, a moment; or is refused."""

from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from backoffice.audit.acting import NoActor, acting_as
from backoffice.audit.guards import GateClosed, erasure_gate, guarded_tables
from backoffice.audit.history import WritesNoHistory, erase, store_many
from backoffice.staff.models import User
from moderation.models import Profile
from tests.factories import ProfileFactory

pytestmark = pytest.mark.django_db


class TestStore:
    def test_writes_who_when_and_why(self, moderator: User, at: datetime) -> None:
        profile = ProfileFactory()
        profile.place = "Kampen"
        with acting_as(moderator, request_id="a" * 32):
            profile.store(reason="moved", at=at, fields=["place"])
        row = profile.history.latest("history_id")
        assert (row.history_user_id, row.history_date, row.history_change_reason, row.history_request_id) == (
            moderator.pk,
            at,
            "moved",
            "a" * 32,
        )

    def test_refuses_a_write_without_an_actor(self, db: None) -> None:
        with pytest.raises(NoActor):
            ProfileFactory()


class TestStoreMany:
    def test_writes_one_history_row_for_each(self, setup_acts: User, at: datetime) -> None:
        rows = ProfileFactory.build_batch(3)
        store_many(rows, reason="import", at=at)
        assert Profile.history.count() == 3
        store_many(rows, reason="again", at=at, fields=["place"])
        assert Profile.history.filter(history_change_reason="again", history_type="~").count() == 3


class TestWritesThatLeaveNoTrace:
    @pytest.mark.parametrize("verb", ["update", "bulk_create", "bulk_update"])
    def test_are_refused(self, setup_acts: User, verb: str) -> None:
        ProfileFactory()
        arguments = {"place": "x"} if verb == "update" else {}
        with pytest.raises(WritesNoHistory):
            getattr(Profile.objects.all(), verb)(**arguments)
        with pytest.raises(WritesNoHistory):
            getattr(Profile.objects, verb)(**arguments)


class TestGuards:
    def test_every_history_table_is_guarded(self, db: None) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'keep_rows'")
            assert {row[0] for row in cursor.fetchall()} == set(guarded_tables())

    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE moderation_historicalprofile SET place = 'x'",
            "DELETE FROM moderation_historicalprofile",
            "TRUNCATE moderation_historicalprofile",
        ],
    )
    def test_history_cannot_be_touched(self, setup_acts: User, sql: str) -> None:
        ProfileFactory()
        refused = pytest.raises(DatabaseError, match="refused")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

    def test_a_gate_lets_erasure_through_but_no_update(self, setup_acts: User) -> None:
        ProfileFactory()
        refused = pytest.raises(DatabaseError, match="refused")
        with erasure_gate(), refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE moderation_historicalprofile SET place = 'x'")
        with erasure_gate():
            assert erase(Profile.objects.all()) == 1
        assert Profile.history.count() == 0

    def test_a_gate_left_behind_opens_nothing(self, setup_acts: User) -> None:
        ProfileFactory()
        with erasure_gate():
            pass
        with pytest.raises(GateClosed):
            erase(Profile.objects.all())
