"""Administrators keep the receivers of webhooks: secrets are shown once, what was given up can be retried."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from backoffice.audit.models import Event
from backoffice.outbox.announcements import Announcement, enqueue
from backoffice.outbox.models import Delivery, DeliveryState, WebhookEndpoint, WebhookSecret
from backoffice.outbox.services.endpoints import deactivate_endpoint, register_endpoint, rotate_secret
from backoffice.staff.models import User

pytestmark = pytest.mark.django_db

LIST = "/outbox/webhookendpoint/"
URL = "http://127.0.0.1:9000/hooks"
SECRET = re.compile(r"whsec_[A-Za-z0-9+/]{43}=")


@pytest.fixture
def endpoint(administrator: User, at: datetime) -> WebhookEndpoint:
    return register_endpoint(actor=administrator, site="wehelpen.nl", url=URL, at=at)[0]


def park(endpoint: WebhookEndpoint, at: datetime, *, number: int = 1) -> list[Delivery]:
    """Give up so many messages for a receiver."""
    for each in range(number):
        enqueue([Announcement(site=endpoint.site, type="decision.final", about=str(each), data={})], at=at)
    Delivery.objects.filter(endpoint=endpoint).update(
        state=DeliveryState.PARKED, attempts=12, last_problem="http_500"
    )
    return list(Delivery.objects.filter(endpoint=endpoint))


def in_use(endpoint: WebhookEndpoint) -> list[WebhookSecret]:
    return list(endpoint.secrets.filter(retired_at__isnull=True))


class TestList:
    def test_says_how_the_newest_message_fares_and_what_was_given_up(
        self, at_the_administrator: Client, endpoint: WebhookEndpoint, at: datetime
    ) -> None:
        park(endpoint, at, number=3)
        enqueue(
            [Announcement(site=endpoint.site, type="decision.final", about="x", data={})],
            at=at + timedelta(hours=1),
        )
        (row,) = at_the_administrator.get(LIST).context["cl"].result_list
        assert (row.last_state, row.last_at, row.parked) == ("waiting", at + timedelta(hours=1), 3)

    def test_costs_the_same_for_one_receiver_as_for_many(
        self,
        at_the_administrator: Client,
        administrator: User,
        at: datetime,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for number in range(20):
            made, _ = register_endpoint(actor=administrator, site="wehelpen.nl", url=f"{URL}/{number}", at=at)
            park(made, at, number=2)
        with django_assert_num_queries(8):
            at_the_administrator.get(LIST)


class TestRegister:
    def test_shows_the_secret_once(self, at_the_administrator: Client) -> None:
        answer = at_the_administrator.post(f"{LIST}register/", {"site": "wehelpen.nl", "url": URL})
        assert len(SECRET.findall(answer.text)) == 1
        endpoint = WebhookEndpoint.objects.get()
        assert not SECRET.search(at_the_administrator.get(f"{LIST}{endpoint.pk}/change/").text)
        assert [event.kind for event in Event.objects.all()] == ["webhook_endpoint.registered"]

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"site": "elders.nl"}, "site"),
            ({"url": "https://elders.example/"}, "url"),
            ({"url": "geen adres"}, "url"),
            ({"url": ""}, "url"),
        ],
    )
    def test_names_the_field_that_is_wrong(
        self, at_the_administrator: Client, given: dict[str, Any], field: str
    ) -> None:
        answer = at_the_administrator.post(f"{LIST}register/", {"site": "wehelpen.nl", "url": URL, **given})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
        assert not WebhookEndpoint.objects.exists()

    def test_refuses_an_address_that_is_there(
        self, at_the_administrator: Client, endpoint: WebhookEndpoint
    ) -> None:
        answer = at_the_administrator.post(f"{LIST}register/", {"site": "wehelpen.nl", "url": URL})
        assert list(answer.context["form"].errors) == ["url"]

    def test_brings_a_stopped_one_back_from_its_own_page(
        self, at_the_administrator: Client, administrator: User, endpoint: WebhookEndpoint, at: datetime
    ) -> None:
        deactivate_endpoint(actor=administrator, endpoint_id=endpoint.pk, at=at)
        answer = at_the_administrator.post(f"{LIST}{endpoint.pk}/register-again/")
        assert SECRET.search(answer.text)
        endpoint.refresh_from_db()
        assert endpoint.active


class TestSecrets:
    def test_a_new_one_is_shown_once_and_the_old_one_stays(
        self, at_the_administrator: Client, endpoint: WebhookEndpoint
    ) -> None:
        (first,) = in_use(endpoint)
        answer = at_the_administrator.post(f"{LIST}{endpoint.pk}/rotate/", {"newest": first.pk})
        assert len(SECRET.findall(answer.text)) == 1
        assert first in in_use(endpoint)
        assert len(in_use(endpoint)) == 2
        assert Event.objects.filter(kind="webhook_secret.rotated").count() == 1

    def test_pressing_twice_retires_nothing_that_is_in_use(
        self, at_the_administrator: Client, endpoint: WebhookEndpoint
    ) -> None:
        (first,) = in_use(endpoint)
        page = at_the_administrator.get(f"{LIST}{endpoint.pk}/rotate/")
        newest = page.context["form"]["newest"].value()
        for status in (200, 422):
            answer = at_the_administrator.post(f"{LIST}{endpoint.pk}/rotate/", {"newest": newest})
            assert answer.status_code == status
        assert first in in_use(endpoint)
        assert not SECRET.search(answer.text)

    def test_one_of_two_is_retired_by_choice(
        self, at_the_administrator: Client, administrator: User, endpoint: WebhookEndpoint, at: datetime
    ) -> None:
        (first,) = in_use(endpoint)
        rotate_secret(actor=administrator, endpoint_id=endpoint.pk, at=at + timedelta(days=1))
        answer = at_the_administrator.post(f"{LIST}{endpoint.pk}/retire/", {"secret": first.pk})
        assert answer.status_code == 303
        assert first not in in_use(endpoint)
        assert Event.objects.filter(kind="webhook_secret.retired").count() == 1

    def test_of_another_receiver_is_no_choice(
        self, at_the_administrator: Client, administrator: User, endpoint: WebhookEndpoint, at: datetime
    ) -> None:
        rotate_secret(actor=administrator, endpoint_id=endpoint.pk, at=at)
        other, _ = register_endpoint(actor=administrator, site="huppla.nl", url=URL, at=at)
        answer = at_the_administrator.post(f"{LIST}{endpoint.pk}/retire/", {"secret": in_use(other)[0].pk})
        assert list(answer.context["form"].errors) == ["secret"]
        assert len(in_use(other)) == 1

    def test_the_last_one_stays(self, at_the_administrator: Client, endpoint: WebhookEndpoint) -> None:
        (only,) = in_use(endpoint)
        answer = at_the_administrator.post(f"{LIST}{endpoint.pk}/retire/", {"secret": only.pk})
        assert answer.status_code == 403
        assert in_use(endpoint) == [only]


class TestDeactivate:
    def test_stops_it_and_gives_up_what_waits(
        self, at_the_administrator: Client, endpoint: WebhookEndpoint, at: datetime
    ) -> None:
        enqueue([Announcement(site=endpoint.site, type="decision.final", about="1", data={})], at=at)
        at_the_administrator.post(f"{LIST}{endpoint.pk}/deactivate/")
        endpoint.refresh_from_db()
        assert not endpoint.active
        assert Delivery.objects.get().state == DeliveryState.PARKED
        assert Event.objects.filter(kind="webhook_endpoint.deactivated").count() == 1

    def test_offers_only_what_makes_sense_afterwards(
        self, at_the_administrator: Client, endpoint: WebhookEndpoint
    ) -> None:
        page = f"{LIST}{endpoint.pk}/change/"
        before = {o.verb.name: bool(o.verdict) for o in at_the_administrator.get(page).context["offers"]}
        at_the_administrator.post(f"{LIST}{endpoint.pk}/deactivate/")
        after = {o.verb.name: bool(o.verdict) for o in at_the_administrator.get(page).context["offers"]}
        assert before == {"rotate": True, "retire": False, "deactivate": True}
        assert after == {"register-again": True, "rotate": False, "retire": False, "retry": False}


class TestRetryParked:
    def test_tries_everything_again_in_one_event(
        self, at_the_administrator: Client, endpoint: WebhookEndpoint, at: datetime
    ) -> None:
        park(endpoint, at, number=3)
        at_the_administrator.post(f"{LIST}{endpoint.pk}/retry/")
        assert set(Delivery.objects.values_list("state", "attempts")) == {("waiting", 0)}
        (event,) = Event.objects.filter(kind="webhook_endpoint.deliveries_retried")
        assert event.data == {"count": 3}

    def test_is_refused_when_nothing_was_given_up(
        self, at_the_administrator: Client, endpoint: WebhookEndpoint
    ) -> None:
        assert at_the_administrator.post(f"{LIST}{endpoint.pk}/retry/").status_code == 403
