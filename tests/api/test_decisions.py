"""Reading decisions back."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from backoffice.platforms.models import Scope
from backoffice.platforms.services.keys import create_api_key
from backoffice.staff.models import User
from moderation.choices import Outcome
from moderation.models import Decision
from moderation.selectors.decisions import decisions_after
from moderation.services.decisions import decide_review, finalise_due, undo_decision
from moderation.services.leases import claim_review
from tests.factories import HelpRequestFactory, ReviewFactory
from tests.platforms import Platform

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(setup_acts: User, at: datetime) -> Platform:
    _key, secret = create_api_key(
        actor=setup_acts, name="lezer", site="wehelpen.nl", scopes=[Scope.DECISIONS], at=at
    )
    return Platform(secret)


def decided(moderator: User, at: datetime, *, count: int = 1, **fields: Any) -> list[Decision]:
    made = []
    for _ in range(count):
        review = ReviewFactory(help_request=HelpRequestFactory(**fields))
        lease = claim_review(actor=moderator, review_id=review.pk, at=at)
        made.append(
            decide_review(
                actor=moderator,
                review_id=review.pk,
                epoch=lease.epoch,
                version=1,
                outcome=Outcome.HIDE,
                policies=["2.2"],
                reason="Reclame",
                message="Beste lid",
                at=at,
            )
        )
    return made


def read(reader: Platform, **query: Any) -> Any:
    return reader.get("decisions", query)


class TestDecisions:
    def test_are_read_in_order_by_cursor(self, reader: Platform, moderator: User, at: datetime) -> None:
        decided(moderator, at, count=5)
        finalise_due(actor=moderator, at=at + timedelta(minutes=2))
        first = read(reader, limit=3).json()
        rest = read(reader, after=first["next"]).json()
        assert [one["sequence"] for one in first["decisions"] + rest["decisions"]] == [1, 2, 3, 4, 5]
        assert (first["more"], rest["more"]) == (True, False)
        assert read(reader, after=rest["next"]).json() == {"decisions": [], "next": 5, "more": False}

    def test_say_what_the_webhook_says(self, reader: Platform, moderator: User, at: datetime) -> None:
        (made,) = decided(moderator, at)
        finalise_due(actor=moderator, at=at + timedelta(minutes=2))
        (told,) = read(reader).json()["decisions"]
        assert told["id"] == str(made.pk)
        assert told["subject"] == {"type": "help_request", "id": made.subject_external_id}
        assert (told["outcome"], told["reason"], told["message"]) == ("hide", "Reclame", "Beste lid")

    def test_are_not_told_before_they_are_final(
        self, reader: Platform, moderator: User, at: datetime
    ) -> None:
        decided(moderator, at)
        (undone,) = decided(moderator, at)
        undo_decision(actor=moderator, decision_id=undone.pk, at=at)
        finalise_due(actor=moderator, at=at)
        assert read(reader).json()["decisions"] == []

    def test_of_another_site_are_not_told(self, reader: Platform, moderator: User, at: datetime) -> None:
        decided(moderator, at, site="huppla.nl")
        finalise_due(actor=moderator, at=at + timedelta(minutes=2))
        assert read(reader).json()["decisions"] == []

    @pytest.mark.parametrize(
        "query", [{"after": -1}, {"after": "x"}, {"after": 2**63}, {"limit": 0}, {"limit": 501}]
    )
    def test_refuse_a_cursor_that_is_none(self, reader: Platform, query: dict[str, Any]) -> None:
        response = read(reader, **query)
        assert response.status_code == 422
        assert response.json()["errors"][0]["field"] == next(iter(query))

    def test_need_their_scope(self, platform: Platform) -> None:
        assert read(platform).status_code == 403

    def test_use_their_index(self, db: None) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            plan = decisions_after(site="wehelpen.nl", after=10)[:100].explain()
        assert "moderation_decision_feed" in plan
        assert "Sort" not in plan
