"""What is due leaves the house once it can, signed, and never to where it may not go."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from pytest_django import Settings
from standardwebhooks import Webhook

from backoffice import clock
from backoffice.outbox.announcements import Announcement, enqueue, erase_deliveries
from backoffice.outbox.models import Delivery, DeliveryState, WebhookEndpoint
from backoffice.outbox.services import sending
from backoffice.outbox.services.claims import CLAIM, FIRST_PAUSE, LONGEST_PAUSE, pause_after
from backoffice.outbox.services.deliveries import deliver_due
from backoffice.outbox.services.endpoints import deactivate_endpoint, register_endpoint, rotate_secret
from backoffice.outbox.services.signing import signed_headers
from backoffice.staff.models import User
from backoffice.staff.system import DELIVERY, system_user
from tests.barrier import at_once
from tests.receiver import Receiver, receiving

pytestmark = pytest.mark.django_db

SITE = "wehelpen.nl"
FREE_PORT = "http://127.0.0.1:9/"  # discard: nobody listens


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


@pytest.fixture
def secret(receiver: Receiver, administrator: User, at: datetime) -> str:
    """Register the receiver and return its secret."""
    return register_endpoint(actor=administrator, site=SITE, url=receiver.url, at=at)[1]


def announce(*, at: datetime, about: str = "1", site: str = SITE) -> None:
    enqueue([Announcement(site=site, type="decision.final", about=about, data={"n": "é"})], at=at)


def the_delivery() -> Delivery:
    return Delivery.objects.get()


class TestDeliverDue:
    def test_sends_what_is_due_and_forgets_its_body(
        self, receiver: Receiver, secret: str, at: datetime
    ) -> None:
        announce(at=at)
        assert deliver_due(at=at) == 1
        delivery = the_delivery()
        assert [request.json for request in receiver.received] == [
            {"type": "decision.final", "timestamp": at.isoformat(), "data": {"n": "é"}}
        ]
        assert receiver.received[0].path == "/hooks"
        assert receiver.received[0].headers["content-type"] == "application/json"
        assert receiver.received[0].headers["webhook-id"] == str(delivery.pk)
        assert (delivery.state, delivery.body, delivery.attempts) == (DeliveryState.DELIVERED, {}, 1)
        assert delivery.delivered_at is not None
        assert delivery.claimed_until is None
        assert deliver_due(at=at) == 0

    def test_leaves_what_is_not_due(self, receiver: Receiver, secret: str, at: datetime) -> None:
        announce(at=at)
        assert deliver_due(at=at - timedelta(seconds=1)) == 0
        assert not receiver.received

    def test_sends_to_receivers_of_that_site_only(
        self, receiver: Receiver, secret: str, at: datetime
    ) -> None:
        announce(at=at, site="huppla.nl")
        assert not Delivery.objects.exists()

    def test_sends_no_more_than_asked_for(self, receiver: Receiver, secret: str, at: datetime) -> None:
        for _ in range(15):
            announce(at=at)
        assert deliver_due(at=at, limit=12) == 12
        assert len(receiver.received) == 12

    def test_sends_what_was_never_tried_before_what_failed(
        self, receiver: Receiver, secret: str, at: datetime
    ) -> None:
        announce(at=at - timedelta(days=1), about="failed")
        Delivery.objects.update(attempts=3)
        announce(at=at, about="fresh")
        deliver_due(at=at, limit=1)
        assert Delivery.objects.get(state=DeliveryState.DELIVERED).about == "fresh"

    def test_is_refused_inside_a_transaction(self, receiver: Receiver, secret: str, at: datetime) -> None:
        announce(at=at)
        with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
            deliver_due(at=at)
        assert not receiver.received

    def test_sends_outside_any_transaction(
        self, transactional_db: None, receiver: Receiver, secret: str, at: datetime
    ) -> None:
        announce(at=at)
        inside: list[bool] = []

        def watch(messages: list[sending.Message]) -> list[sending.Result]:
            inside.append(connection.in_atomic_block)
            return [sending.Result() for _ in messages]

        with patch("backoffice.outbox.services.deliveries.send_all", watch):
            deliver_due(at=at)
        assert inside == [False]

    def test_what_was_erased_never_leaves(self, receiver: Receiver, secret: str, at: datetime) -> None:
        announce(at=at, about="gone")
        announce(at=at, about="stays")
        erase_deliveries(about=["gone"])
        deliver_due(at=at)
        assert [request.headers["webhook-id"] for request in receiver.received] == [str(the_delivery().pk)]
        assert the_delivery().about == "stays"


class TestSignature:
    def test_is_verified_by_the_library_with_either_secret_during_rotation(
        self, receiver: Receiver, secret: str, administrator: User
    ) -> None:
        now = clock.now()  # the library looks at the real clock
        endpoint = WebhookEndpoint.objects.get()
        second = rotate_secret(actor=administrator, endpoint_id=endpoint.pk, at=now)
        announce(at=now)
        deliver_due(at=now)
        request = receiver.received[0]
        assert Webhook(secret).verify(request.body, request.headers) == request.json
        assert Webhook(second).verify(request.body, request.headers) == request.json

    def test_is_no_longer_made_with_a_retired_secret(
        self, receiver: Receiver, secret: str, administrator: User
    ) -> None:
        now = clock.now()
        endpoint = WebhookEndpoint.objects.get()
        for minute in range(2):
            later = now + timedelta(minutes=minute)
            newest = rotate_secret(actor=administrator, endpoint_id=endpoint.pk, at=later)
        announce(at=now)
        deliver_due(at=now)
        request = receiver.received[0]
        Webhook(newest).verify(request.body, request.headers)
        with pytest.raises(Exception, match="No matching signature"):
            Webhook(secret).verify(request.body, request.headers)

    def test_is_the_same_in_every_time_zone(self, at: datetime) -> None:
        elsewhere = at.astimezone(timezone(timedelta(hours=5, minutes=30)))
        message = WebhookEndpoint().pk
        assert signed_headers(message=message, body=b"{}", keys=[b"k"], at=at) == signed_headers(
            message=message, body=b"{}", keys=[b"k"], at=elsewhere
        )


class TestARefusal:
    @pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503])
    def test_is_tried_again_later(self, receiver: Receiver, secret: str, at: datetime, status: int) -> None:
        receiver.answers(status)
        announce(at=at)
        deliver_due(at=at)
        delivery = the_delivery()
        assert (delivery.state, delivery.last_problem) == (DeliveryState.WAITING, f"http_{status}")
        assert delivery.body["data"] == {"n": "é"}
        assert delivery.next_attempt_at > at
        assert deliver_due(at=at) == 0

    def test_is_parked_after_the_last_attempt(
        self, receiver: Receiver, secret: str, at: datetime, settings: Settings
    ) -> None:
        settings.DELIVERY_MAX_ATTEMPTS = 3
        receiver.answers(500)
        announce(at=at)
        for hour in range(5):
            deliver_due(at=at + timedelta(hours=2 * hour))
        delivery = the_delivery()
        assert (delivery.state, delivery.attempts, len(receiver.received)) == (DeliveryState.PARKED, 3, 3)
        assert {request.headers["webhook-id"] for request in receiver.received} == {str(delivery.pk)}

    def test_with_410_parks_at_once(self, receiver: Receiver, secret: str, at: datetime) -> None:
        receiver.answers(410)
        announce(at=at)
        deliver_due(at=at)
        assert (the_delivery().state, the_delivery().last_problem) == (DeliveryState.PARKED, "http_410")

    @pytest.mark.parametrize("status", [301, 302, 307, 308])
    def test_by_redirect_is_not_followed(
        self, receiver: Receiver, secret: str, at: datetime, status: int
    ) -> None:
        receiver.answers(status, location=receiver.url + "/elders")
        announce(at=at)
        deliver_due(at=at)
        assert len(receiver.received) == 1
        assert (the_delivery().state, the_delivery().last_problem) == (DeliveryState.WAITING, "redirect")

    def test_to_connect_is_tried_again(self, administrator: User, at: datetime) -> None:
        register_endpoint(actor=administrator, site=SITE, url=FREE_PORT, at=at)
        announce(at=at)
        deliver_due(at=at)
        assert (the_delivery().state, the_delivery().last_problem) == (DeliveryState.WAITING, "connect_error")

    def test_of_one_receiver_holds_up_no_other(
        self, receiver: Receiver, secret: str, administrator: User, at: datetime
    ) -> None:
        register_endpoint(actor=administrator, site=SITE, url=FREE_PORT, at=at)
        announce(at=at)
        deliver_due(at=at)
        assert len(receiver.received) == 1


class TestABadReceiver:
    @pytest.fixture(autouse=True)
    def _in_a_hurry(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def hurried(messages: list[sending.Message]) -> list[sending.Result]:
            return sending.send_all(messages, seconds=0.3)

        monkeypatch.setattr("backoffice.outbox.services.deliveries.send_all", hurried)

    def test_that_says_nothing_times_out(self, receiver: Receiver, secret: str, at: datetime) -> None:
        receiver.says_nothing(1)
        announce(at=at)
        deliver_due(at=at)
        assert (the_delivery().state, the_delivery().last_problem) == (DeliveryState.WAITING, "timeout")

    def test_that_drips_times_out_as_a_whole(self, receiver: Receiver, secret: str, at: datetime) -> None:
        receiver.drips_headers()
        announce(at=at)
        deliver_due(at=at)
        assert the_delivery().last_problem == "timeout"

    @pytest.mark.parametrize(("status", "state"), [(200, "delivered"), (500, "waiting")])
    def test_that_never_ends_its_body_is_hung_up_on(
        self, receiver: Receiver, secret: str, at: datetime, status: int, state: str
    ) -> None:
        receiver.never_ends_its_body(status)
        announce(at=at)
        deliver_due(at=at)
        assert the_delivery().state == state

    def test_that_speaks_no_http_is_tried_again(self, receiver: Receiver, secret: str, at: datetime) -> None:
        receiver.speaks_no_http()
        announce(at=at)
        deliver_due(at=at)
        assert the_delivery().last_problem == "protocol_error"


class TestAnAddressThatMayNoLongerBeUsed:
    def test_gets_nothing_and_the_message_is_parked(
        self, receiver: Receiver, secret: str, at: datetime, settings: Settings
    ) -> None:
        announce(at=at)
        settings.WEBHOOK_ALLOWED_HOSTS = ["elders.example"]
        deliver_due(at=at)
        assert not receiver.received
        assert (the_delivery().state, the_delivery().last_problem) == (
            DeliveryState.PARKED,
            "host_not_allowed",
        )

    def test_gets_nothing_when_it_was_stopped(
        self, receiver: Receiver, secret: str, administrator: User, at: datetime
    ) -> None:
        deactivate_endpoint(actor=administrator, endpoint_id=WebhookEndpoint.objects.get().pk, at=at)
        announce(at=at)
        assert not Delivery.objects.exists()
        Delivery.objects.create(
            endpoint=WebhookEndpoint.objects.get(), type="x", about="1", created_at=at, next_attempt_at=at
        )  # written by a transaction that had not seen the stop
        deliver_due(at=at)
        assert not receiver.received
        assert the_delivery().last_problem == "endpoint_inactive"

    def test_waits_when_its_secret_cannot_be_read(
        self, receiver: Receiver, secret: str, at: datetime, settings: Settings
    ) -> None:
        settings.FIELD_KEYS = ["another"]
        announce(at=at)
        deliver_due(at=at)
        assert not receiver.received
        assert (the_delivery().state, the_delivery().last_problem) == (
            DeliveryState.WAITING,
            "secret_unreadable",
        )


class TestAClaim:
    def test_of_a_dead_sender_runs_out(self, receiver: Receiver, secret: str, at: datetime) -> None:
        announce(at=at)

        def die(_messages: list[sending.Message]) -> list[sending.Result]:
            raise KeyboardInterrupt

        with patch("backoffice.outbox.services.deliveries.send_all", die), pytest.raises(KeyboardInterrupt):
            deliver_due(at=at)
        assert deliver_due(at=at + CLAIM / 2) == 0
        assert deliver_due(at=at + CLAIM * 2) == 1
        assert (the_delivery().state, the_delivery().attempts) == (DeliveryState.DELIVERED, 2)

    def test_that_ran_out_takes_nothing_from_the_next_sender(
        self, receiver: Receiver, secret: str, at: datetime
    ) -> None:
        announce(at=at)

        def overtaken(messages: list[sending.Message]) -> list[sending.Result]:
            Delivery.objects.update(claimed_until=at + timedelta(hours=1))  # another sender has it now
            return [sending.Result("timeout") for _ in messages]

        with patch("backoffice.outbox.services.deliveries.send_all", overtaken):
            deliver_due(at=at)
        assert the_delivery().claimed_until == at + timedelta(hours=1)
        assert the_delivery().last_problem == ""

    def test_is_never_given_to_two_senders_at_once(
        self, transactional_db: None, receiver: Receiver, secret: str, at: datetime
    ) -> None:
        for _ in range(40):
            announce(at=at)
        actor = system_user(DELIVERY)
        counts = at_once(*[(actor, lambda: deliver_due(at=at, limit=100)) for _ in range(2)])
        sent = [request.headers["webhook-id"] for request in receiver.received]
        assert len(sent) == len(set(sent)) == 40
        assert sum(counts) == 40


class TestPauseAfter:
    def test_doubles_up_to_an_hour_with_some_chance_in_it(self) -> None:
        for attempts in range(1, 200):
            longest = min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
            assert 0.75 * longest <= pause_after(attempts).total_seconds() <= longest
        assert len({pause_after(5) for _ in range(10)}) > 1
