"""Who may call: a key in use, for this site, for this, and not too often."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from backoffice.platforms.models import ApiKey, KeyUse, Scope
from backoffice.platforms.services.keys import create_api_key, revoke_api_key
from backoffice.staff.models import User
from moderation.models import Profile
from tests.everything import everything
from tests.platforms import FULL_PROFILE, Platform, lines_of

pytestmark = pytest.mark.django_db

MEMBER = "profiles/wehelpen.nl/m-1"


def calls(platform: Platform) -> list[Any]:
    """One call of every operation that a platform may want to make."""
    return [
        platform.profile(**FULL_PROFILE),
        platform.photo(b"x"),
        platform.help_request(),
        platform.records([{"type": "profile", "site": "wehelpen.nl", "member_id": "m-1", "revision": 1}]),
        platform.delete(MEMBER),
        platform.delete("help-requests/wehelpen.nl/r-1"),
        platform.get("decisions"),
    ]


@pytest.fixture
def key(platform: Platform) -> ApiKey:
    return ApiKey.objects.get()


class TestWithoutAKeyInUse:
    @pytest.mark.parametrize(
        "header",
        [
            "", "Bearer", "Bearer ", "Bearer  ", "Basic dTpw", "whb_", "Bearer whb_", "Bearer whb_wrong",
            "Bearer wrong", "Bearer " + "whb_" + "a" * 43, "Bearer whb_" + "a" * 100_000, "Bearer whb_\u00e9",
            "Bearer null", "Bearer whb_%00", "Bearer whb_' OR 1=1 --",
        ],
    )  # fmt: skip
    def test_nothing_opens_and_nothing_changes(self, platform: Platform, header: str) -> None:
        before = everything()
        platform.headers = {"Authorization": header} if header else {}
        for answer in calls(platform):
            assert answer.status_code == 401
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")
            assert "whb_a" not in answer.content.decode()
        assert everything() == before
        assert not KeyUse.objects.exists()

    def test_a_revoked_one_stops_at_once(
        self, platform: Platform, key: ApiKey, administrator: User, at: datetime
    ) -> None:
        assert platform.profile(**FULL_PROFILE).status_code == 201
        revoke_api_key(actor=administrator, key_id=key.pk, at=at)
        assert {answer.status_code for answer in calls(platform)} == {401}

    def test_a_session_of_staff_is_none(self, administrator: User) -> None:
        client = Client()
        client.force_login(administrator)
        assert client.get("/api/v1/decisions").status_code == 401

    def test_it_is_asked_for_before_anything_is_read(self, platform: Platform) -> None:
        platform.headers = {}
        assert platform.put(MEMBER, b"{", content_type="text/plain").status_code == 401
        assert platform.delete("profiles/nergens.nl/..?revision=x").status_code == 401


class TestAKey:
    def test_may_be_written_in_any_case_of_its_scheme(self, platform: Platform) -> None:
        secret = platform.headers["Authorization"].removeprefix("Bearer ")
        for scheme in ("bearer", "BEARER"):
            platform.headers = {"Authorization": f"{scheme} {secret}"}
            assert platform.profile(**FULL_PROFILE).status_code in {200, 201}

    def test_opens_its_scope_only(self, setup_acts: User, platform: Platform, at: datetime) -> None:
        _key, secret = create_api_key(
            actor=setup_acts, name="lezer", site="wehelpen.nl", scopes=[Scope.DECISIONS], at=at
        )
        before = everything()
        *intake, reading = calls(Platform(secret))
        assert {answer.status_code for answer in intake} == {403}
        assert reading.status_code == 200
        assert everything() == before
        *_intake, reading = calls(platform)
        assert reading.status_code == 403

    def test_opens_its_site_only_local_versions_included(self, platform: Platform) -> None:
        for site in ("zwolle.wehelpen.nl", "huppla.nl"):
            before = everything()
            platform.site = site
            answers = [
                platform.profile(**FULL_PROFILE),
                platform.photo(b"x"),
                platform.help_request(),
                platform.delete(f"profiles/{site}/m-1"),
                platform.delete(f"help-requests/{site}/r-1"),
            ]
            assert {answer.status_code for answer in answers} == {403}
            line = {"type": "profile", "site": site, "member_id": "m-1", "revision": 1}
            assert lines_of(platform.records([line]))[0]["status"] == 403
            assert everything() == before

    def test_of_a_local_version_keeps_its_members_apart(
        self, setup_acts: User, platform: Platform, at: datetime
    ) -> None:
        _key, secret = create_api_key(
            actor=setup_acts, name="zwolle", site="Zwolle.WeHelpen.nl", scopes=[Scope.INTAKE], at=at
        )
        platform.profile(**FULL_PROFILE)
        assert Platform(secret, site="zwolle.wehelpen.nl").profile(**FULL_PROFILE).status_code == 201
        assert Profile.objects.filter(member_id="m-1").count() == 2

    def test_is_counted_also_when_it_is_refused(self, platform: Platform, key: ApiKey) -> None:
        platform.profile(**FULL_PROFILE)
        platform.put(MEMBER, b"{")
        platform.get("decisions")
        assert KeyUse.objects.get(key=key).window_count == 3


class TestTooOften:
    def test_is_told_when_to_come_back(self, platform: Platform, settings: Settings) -> None:
        settings.API_REQUESTS_PER_MINUTE = 2
        with time_machine.travel(datetime(2026, 11, 17, 11, 0, 40, tzinfo=UTC), tick=False) as clock:
            for _each in range(2):
                assert platform.profile(**FULL_PROFILE).status_code in {200, 201}
            before = everything()
            answer = platform.profile(**FULL_PROFILE, revision=2)
            assert answer.status_code == 429
            wait = int(answer.headers["Retry-After"])
            assert 20 <= wait <= 21
            assert everything() == before
            clock.shift(wait)
            assert platform.profile(**FULL_PROFILE, revision=2).json()["result"] == "updated"

    def test_is_one_keys_matter(
        self, setup_acts: User, platform: Platform, settings: Settings, at: datetime
    ) -> None:
        _key, secret = create_api_key(
            actor=setup_acts, name="tweede", site="wehelpen.nl", scopes=[Scope.INTAKE], at=at
        )
        settings.API_REQUESTS_PER_MINUTE = 1
        assert [platform.profile().status_code for _each in range(2)] == [201, 429]
        assert Platform(secret).profile().status_code == 200
