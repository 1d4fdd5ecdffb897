"""Handing an appeal over, and hearing how it ended."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from backoffice.platforms.models import Scope
from backoffice.platforms.services.keys import create_api_key
from backoffice.staff.models import User
from backoffice.staff.system import DELIVERY, system_user
from moderation.choices import Outcome
from moderation.models import Appeal
from moderation.services.decisions import finalise_due
from tests.desk.conftest import Desk
from tests.moderation.test_appeals import decided, rule
from tests.platforms import Platform

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(at: datetime) -> object:
    with time_machine.travel(at + timedelta(days=1), tick=False) as traveller:
        yield traveller


@pytest.fixture
def platform(setup_acts: User, at: datetime) -> Platform:
    _key, secret = create_api_key(
        actor=setup_acts, name="platform", site="wehelpen.nl", scopes=[Scope.INTAKE], at=at
    )
    return Platform(secret)


def put(platform: Platform, number: str = "b-1", site: str = "wehelpen.nl", **body: Any) -> Any:
    return platform.client.put(
        f"/api/v1/appeals/{site}/{number}", body, content_type="application/json", headers=platform.headers
    )


class TestPutAppeal:
    def test_is_taken_once(self, platform: Platform, moderator: User, at: datetime) -> None:
        decision = decided(moderator, at)
        body = {"decision_id": str(decision.pk), "text": "Dat nummer mag iedereen weten."}
        first = put(platform, **body)
        assert first.status_code == 201
        assert first.json()["ruling"] is None
        again = put(platform, **body)
        assert (again.status_code, again.json()) == (200, first.json())

    def test_tells_the_ruling_once_it_is_final(
        self, platform: Platform, moderator: User, other_moderator: User, at: datetime
    ) -> None:
        body = {"decision_id": str(decided(moderator, at).pk), "text": "Nee"}
        put(platform, **body)
        later = at + timedelta(days=1)
        rule(Appeal.objects.get(), other_moderator, later, Outcome.OVERTURN)
        assert put(platform, **body).json()["ruling"] is None
        finalise_due(actor=system_user(DELIVERY), at=later + timedelta(minutes=2))
        assert put(platform, **body).json()["ruling"] == "overturn"

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"decision_id": "x"}, "decision_id"),
            ({"text": ""}, "text"),
            ({"text": "een\u0000twee"}, "text"),
            ({"extra": 1}, "extra"),
        ],
    )
    def test_names_the_field_that_is_wrong(
        self, platform: Platform, moderator: User, at: datetime, changed: dict[str, Any], field: str
    ) -> None:
        body = {"decision_id": str(decided(moderator, at).pk), "text": "Nee", **changed}
        answer = put(platform, **body)
        assert answer.status_code == 422
        assert field in answer.content.decode()
        assert not Appeal.objects.exists()

    def test_of_another_site_is_refused(self, platform: Platform, moderator: User, at: datetime) -> None:
        body = {"decision_id": str(decided(moderator, at).pk), "text": "Nee"}
        assert put(platform, site="huppla.nl", **body).status_code == 403
        assert put(platform, decision_id=str(uuid4()), text="Nee").status_code == 422


class TestTheDesk:
    def test_shows_the_objection_and_what_was_decided(
        self, moderator: User, other_moderator: User, platform: Platform, at: datetime
    ) -> None:
        decision = decided(moderator, at)
        put(platform, decision_id=str(decision.pk), text="Dat nummer mag iedereen weten.")
        item = Desk(other_moderator).next("appeals")["item"]["html"]
        assert "Dat nummer mag iedereen weten." in item
        assert "Er staat een nummer in" in item
        assert 'data-panel="uphold"' in item
        assert 'data-panel="overturn"' in item
        assert 'value="approve"' not in item
        assert 'name="policies"' not in item
