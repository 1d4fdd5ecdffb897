"""Administrators give platforms their keys and take them back; the key itself is shown once."""

import re
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from backoffice.audit.models import Event
from backoffice.platforms.meter import count_use
from backoffice.platforms.models import ApiKey, Scope
from backoffice.platforms.services.keys import create_api_key, digest_of, revoke_api_key
from backoffice.staff.models import User

pytestmark = pytest.mark.django_db

LIST = "/platforms/apikey/"
GIVEN: dict[str, Any] = {"name": "Zwolle", "site": "zwolle.wehelpen.nl", "scopes": ["intake", "decisions"]}


def make(actor: User, at: datetime, **given: Any) -> ApiKey:
    key, _secret = create_api_key(actor=actor, **{**GIVEN, **given}, at=at)
    return key


class TestList:
    def test_says_what_each_opens_and_when_it_was_used(
        self, at_the_administrator: Client, administrator: User, at: datetime
    ) -> None:
        used, unused = make(administrator, at), make(administrator, at, name="Kampen", scopes=["intake"])
        count_use(key_id=used.pk, at=at)
        page = at_the_administrator.get(LIST).text
        for words in (used.prefix, unused.prefix, str(Scope.DECISIONS.label), "17 november 2026 12:00"):
            assert words in page
        assert used.digest not in page

    def test_filters_by_state(self, at_the_administrator: Client, administrator: User, at: datetime) -> None:
        kept, gone = make(administrator, at), make(administrator, at)
        revoke_api_key(actor=administrator, key_id=gone.pk, at=at)
        for state, found in (("yes", kept), ("no", gone)):
            answer = at_the_administrator.get(LIST, {"in_use": state})
            assert list(answer.context["cl"].result_list) == [found]

    def test_costs_the_same_for_one_key_as_for_many(
        self,
        at_the_administrator: Client,
        administrator: User,
        at: datetime,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for number in range(20):
            count_use(key_id=make(administrator, at, name=f"sleutel {number}").pk, at=at)
        with django_assert_num_queries(8):
            at_the_administrator.get(LIST)


class TestCreate:
    def test_shows_the_key_once_and_nowhere_else(
        self, at_the_administrator: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        answer = at_the_administrator.post(f"{LIST}create/", GIVEN)
        assert answer.status_code == 200
        secret = re.findall(r"whb_[\w-]{43}", answer.text)
        assert len(secret) == 1
        key = ApiKey.objects.get(digest=digest_of(secret[0]))
        assert (key.name, key.site, key.scopes) == ("Zwolle", "zwolle.wehelpen.nl", ["decisions", "intake"])
        assert "no-store" in answer["Cache-Control"]
        assert not list(get_messages(answer.wsgi_request))
        assert secret[0] not in str([session.get_decoded() for session in Session.objects.all()])
        assert secret[0] not in str(answer.cookies) + caplog.text
        assert secret[0] not in at_the_administrator.get(f"{LIST}{key.pk}/change/").text

    def test_goes_on_to_the_key(self, at_the_administrator: Client) -> None:
        answer = at_the_administrator.post(f"{LIST}create/", GIVEN)
        onward = reverse("admin:platforms_apikey_change", args=[ApiKey.objects.get().pk])
        assert f'data-onward="{onward}"' in answer.text

    def test_records_one_event_of_who_did_it(self, at_the_administrator: Client, administrator: User) -> None:
        at_the_administrator.post(f"{LIST}create/", GIVEN)
        event = Event.objects.get()
        assert (event.kind, event.actor) == ("api_key.created", administrator)
        assert ApiKey.objects.get().history.get().history_user_id == administrator.pk

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"name": " "}, "name"),
            ({"name": "x" * 61}, "name"),
            ({"name": "a\x00b"}, "name"),
            ({"site": "elders.nl"}, "site"),
            ({"scopes": []}, "scopes"),
            ({"scopes": ["alles"]}, "scopes"),
        ],
    )
    def test_names_the_field_that_is_wrong_and_keeps_the_rest(
        self, at_the_administrator: Client, given: dict[str, Any], field: str
    ) -> None:
        answer = at_the_administrator.post(f"{LIST}create/", {**GIVEN, **given})
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [field]
        assert f'id="id_{field}_error"' in answer.text
        assert not ApiKey.objects.exists()

    def test_refuses_a_third_of_one_name(
        self, at_the_administrator: Client, administrator: User, at: datetime
    ) -> None:
        for _ in range(2):
            make(administrator, at)
        answer = at_the_administrator.post(f"{LIST}create/", GIVEN)
        assert list(answer.context["form"].errors) == ["name"]
        assert ApiKey.objects.count() == 2


class TestRevoke:
    def test_stops_the_key_and_says_so(
        self, at_the_administrator: Client, administrator: User, at: datetime
    ) -> None:
        key = make(administrator, at)
        with time_machine.travel(at, tick=False):
            answer = at_the_administrator.post(f"{LIST}{key.pk}/revoke/", follow=True)
        key.refresh_from_db()
        assert key.revoked_at == at
        assert answer.redirect_chain == [(f"{LIST}{key.pk}/change/", 303)]
        assert len(answer.context["messages"]) == 1
        assert Event.objects.filter(kind="api_key.revoked", actor=administrator).count() == 1

    def test_greys_the_button_with_the_reason_and_refuses_a_second_time(
        self, at_the_administrator: Client, administrator: User, at: datetime
    ) -> None:
        key = make(administrator, at)
        revoke_api_key(actor=administrator, key_id=key.pk, at=at)
        page = at_the_administrator.get(f"{LIST}{key.pk}/change/")
        (offer,) = page.context["offers"]
        assert not offer.verdict
        assert str(offer.verdict.message) in page.text
        answer = at_the_administrator.post(f"{LIST}{key.pk}/revoke/")
        assert answer.status_code == 403
        assert str(offer.verdict.message) in answer.text
        assert Event.objects.filter(kind="api_key.revoked").count() == 1
