"""What was given up cannot be missed, is tried again with one click, and says why to who may read it only."""

from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from backoffice.audit.models import Event
from backoffice.outbox.announcements import Announcement, enqueue
from backoffice.outbox.models import Delivery, DeliveryState, WebhookEndpoint
from backoffice.outbox.problems import explain_problem
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from tests.factories import WebhookEndpointFactory
from tests.pages.conftest import as_

pytestmark = pytest.mark.django_db

LIST = "/outbox/delivery/"
REASON = "Belt mensen lastig"


@pytest.fixture
def endpoint(setup_acts: User) -> WebhookEndpoint:
    return WebhookEndpointFactory()


@pytest.fixture
def parked(endpoint: WebhookEndpoint, at: datetime) -> Delivery:
    return make(endpoint, at, state=DeliveryState.PARKED, attempts=12, last_problem="http_500")


def make(endpoint: WebhookEndpoint, at: datetime, **values: Any) -> Delivery:
    announcement = Announcement(site=endpoint.site, type="decision.final", about="1", data={"reason": REASON})
    (delivery,) = enqueue([announcement], at=at)
    Delivery.objects.filter(pk=delivery.pk).update(**values)
    delivery.refresh_from_db()
    return delivery


class TestList:
    def test_says_in_words_what_stood_in_the_way(
        self, at_the_administrator: Client, parked: Delivery
    ) -> None:
        assert explain_problem("http_500") in at_the_administrator.get(LIST).text

    @pytest.mark.parametrize("state", DeliveryState)
    def test_filters_by_state(
        self, at_the_administrator: Client, endpoint: WebhookEndpoint, at: datetime, state: DeliveryState
    ) -> None:
        make(endpoint, at)
        make(endpoint, at, state=DeliveryState.PARKED)
        make(endpoint, at, state=DeliveryState.DELIVERED, delivered_at=at)
        found = at_the_administrator.get(LIST, {"state__exact": state}).context["cl"].result_list
        assert [delivery.state for delivery in found] == [state]

    def test_finds_by_key(
        self, at_the_administrator: Client, endpoint: WebhookEndpoint, at: datetime
    ) -> None:
        wanted, _other = make(endpoint, at), make(endpoint, at)
        for typed, found in ((str(wanted.pk), [wanted]), ("iets anders", []), ("%", [])):
            answer = at_the_administrator.get(LIST, {"q": typed})
            assert list(answer.context["cl"].result_list) == found

    def test_costs_the_same_for_one_as_for_many(
        self,
        at_the_administrator: Client,
        endpoint: WebhookEndpoint,
        at: datetime,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for _ in range(20):
            make(endpoint, at, state=DeliveryState.PARKED)
        with django_assert_num_queries(9):
            at_the_administrator.get(LIST)


class TestWhatWasGivenUp:
    def test_stands_in_the_menu_and_on_the_first_page(
        self, at_the_administrator: Client, parked: Delivery
    ) -> None:
        page = at_the_administrator.get("/")
        assert '<span class="house-count is-late">1</span>' in page.text
        assert f"{LIST}?state__exact=parked" in page.text

    def test_is_no_line_when_there_is_nothing(
        self, at_the_administrator: Client, endpoint: WebhookEndpoint, at: datetime
    ) -> None:
        make(endpoint, at)
        page = at_the_administrator.get("/").text
        assert "house-count is-late" not in page
        assert "state__exact=parked" not in page

    def test_is_nothing_for_other_roles(self, other_role: Client, parked: Delivery) -> None:
        page = other_role.get("/").text
        assert LIST not in page
        assert "house-count is-late" not in page


class TestBody:
    def test_is_not_for_an_administrator(self, at_the_administrator: Client, parked: Delivery) -> None:
        page = at_the_administrator.get(f"{LIST}{parked.pk}/change/").text
        assert str(parked.pk) in page
        assert REASON not in page

    def test_is_for_who_may_see_records_as_well(self, administrator: User, parked: Delivery) -> None:
        administrator.groups.add(Group.objects.get(name=Role.MODERATOR.value))
        assert REASON in as_(administrator).get(f"{LIST}{parked.pk}/change/").text


class TestRetry:
    def test_of_one_from_its_page(
        self, at_the_administrator: Client, administrator: User, parked: Delivery
    ) -> None:
        answer = at_the_administrator.post(f"{LIST}{parked.pk}/retry/")
        parked.refresh_from_db()
        assert (answer.status_code, parked.state, parked.attempts) == (303, "waiting", 0)
        event = Event.objects.get()
        assert (event.kind, event.actor, event.subject_id) == (
            "delivery.retried",
            administrator,
            str(parked.pk),
        )

    def test_of_what_was_not_given_up_is_refused(
        self, at_the_administrator: Client, endpoint: WebhookEndpoint, at: datetime
    ) -> None:
        waiting = make(endpoint, at)
        assert at_the_administrator.post(f"{LIST}{waiting.pk}/retry/").status_code == 403
        assert not Event.objects.exists()

    def test_of_those_chosen_in_the_list(
        self, at_the_administrator: Client, endpoint: WebhookEndpoint, at: datetime
    ) -> None:
        chosen = [make(endpoint, at, state=DeliveryState.PARKED) for _ in range(2)]
        other, waiting = make(endpoint, at, state=DeliveryState.PARKED), make(endpoint, at)
        self.choose(at_the_administrator, [*chosen, waiting])
        states = {delivery.pk: delivery.state for delivery in Delivery.objects.all()}
        assert states == {
            **{delivery.pk: "waiting" for delivery in [*chosen, waiting]},
            other.pk: "parked",
        }
        assert Event.objects.filter(kind="delivery.retried").count() == 2

    def test_of_those_chosen_is_refused_to_other_roles(self, other_role: Client, parked: Delivery) -> None:
        assert self.choose(other_role, [parked]).status_code == 403
        parked.refresh_from_db()
        assert parked.state == DeliveryState.PARKED

    def test_of_those_chosen_asks_for_a_token(self, administrator: User, parked: Delivery) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(administrator)
        assert self.choose(client, [parked]).status_code == 403
        assert not Event.objects.exists()

    @staticmethod
    def choose(client: Client, deliveries: list[Delivery]) -> Any:
        keys = [str(delivery.pk) for delivery in deliveries]
        return client.post(LIST, {"action": "retry_chosen", "_selected_action": keys})


class TestExplainProblem:
    @pytest.mark.parametrize("code", ["timeout", "redirect", "http_404", "http_503", "host_not_allowed"])
    def test_has_words(self, code: str) -> None:
        assert " " in explain_problem(code)

    def test_says_the_status(self) -> None:
        assert "404" in explain_problem("http_404")

    def test_keeps_a_code_that_nobody_gave_words(self) -> None:
        assert (explain_problem("iets_nieuws"), explain_problem("")) == ("iets_nieuws", "")

    def test_knows_every_refusal_of_an_address(self) -> None:
        for code in ("bad_address", "credentials_in_address", "https_required", "host_not_allowed"):
            assert explain_problem(code) != code


def test_the_lists_are_closed_to_other_roles(other_role: Client, parked: Delivery) -> None:
    for page in (LIST, f"{LIST}{parked.pk}/change/", "/outbox/webhookendpoint/", "/platforms/apikey/"):
        assert other_role.get(page).status_code == 403


def test_who_is_not_signed_in_is_sent_to_do_so(parked: Delivery) -> None:
    for page in (LIST, f"{LIST}{parked.pk}/change/", "/outbox/webhookendpoint/", "/platforms/apikey/"):
        answer = Client().get(page)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/login/")


def test_the_dashboard_costs_an_administrator_little(
    at_the_administrator: Client, parked: Delivery, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(8):
        at_the_administrator.get("/")
