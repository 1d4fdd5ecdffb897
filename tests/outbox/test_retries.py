"""What was given up is tried again, one, some or all of a receiver, by who may."""

from datetime import datetime
from uuid import uuid4

import pytest

from backoffice.audit.models import Event
from backoffice.outbox.announcements import Announcement, enqueue
from backoffice.outbox.models import Delivery, DeliveryState, WebhookEndpoint
from backoffice.outbox.services.deliveries import deliver_due
from backoffice.outbox.services.endpoints import deactivate_endpoint, register_endpoint
from backoffice.outbox.services.retries import NotParked, retry_deliveries, retry_delivery, retry_parked
from backoffice.staff.models import User
from backoffice.staff.policy import NotAllowed
from tests.receiver import receiving

pytestmark = pytest.mark.django_db(transaction=True)

SITE = "wehelpen.nl"


@pytest.fixture
def endpoint(administrator: User, at: datetime) -> WebhookEndpoint:
    return register_endpoint(actor=administrator, site=SITE, url="http://127.0.0.1:9/", at=at)[0]


def wait(endpoint: WebhookEndpoint, at: datetime) -> Delivery:
    (delivery,) = enqueue(
        [Announcement(site=endpoint.site, type="decision.final", about="1", data={"n": 1})], at=at
    )
    return delivery


def park(endpoint: WebhookEndpoint, at: datetime) -> Delivery:
    delivery = wait(endpoint, at)
    delivery.state, delivery.attempts, delivery.last_problem = DeliveryState.PARKED, 12, "http_410"
    delivery.save()
    return delivery


class TestRetryDelivery:
    def test_sends_it_again_and_records_one_event(self, administrator: User, at: datetime) -> None:
        with receiving() as receiver:
            made, _ = register_endpoint(actor=administrator, site=SITE, url=receiver.url, at=at)
            parked = park(made, at)
            retry_delivery(actor=administrator, delivery_id=parked.pk, at=at)
            deliver_due(at=at)
        parked.refresh_from_db()
        assert parked.state == DeliveryState.DELIVERED
        event = Event.objects.get(kind="delivery.retried")
        assert (event.actor, event.subject_id) == (administrator, str(parked.pk))
        assert event.data == {"endpoint_id": str(made.pk), "problem": "http_410"}

    def test_refuses_without_permission(
        self, endpoint: WebhookEndpoint, moderator: User, at: datetime
    ) -> None:
        with pytest.raises(NotAllowed):
            retry_delivery(actor=moderator, delivery_id=park(endpoint, at).pk, at=at)

    def test_refuses_what_was_not_given_up(
        self, endpoint: WebhookEndpoint, administrator: User, at: datetime
    ) -> None:
        with pytest.raises(NotParked):
            retry_delivery(actor=administrator, delivery_id=wait(endpoint, at).pk, at=at)

    def test_refuses_while_the_receiver_is_stopped(
        self, endpoint: WebhookEndpoint, administrator: User, at: datetime
    ) -> None:
        parked = park(endpoint, at)
        deactivate_endpoint(actor=administrator, endpoint_id=endpoint.pk, at=at)
        with pytest.raises(NotAllowed):
            retry_delivery(actor=administrator, delivery_id=parked.pk, at=at)


class TestRetryDeliveries:
    def test_takes_those_that_were_given_up_with_an_event_for_each(
        self, endpoint: WebhookEndpoint, administrator: User, at: datetime
    ) -> None:
        parked, waiting = [park(endpoint, at), park(endpoint, at)], wait(endpoint, at)
        keys = [*(delivery.pk for delivery in parked), waiting.pk, uuid4()]
        assert retry_deliveries(actor=administrator, delivery_ids=keys, at=at) == 2
        assert not Delivery.objects.filter(state=DeliveryState.PARKED).exists()
        told = Event.objects.filter(kind="delivery.retried").values_list("subject_id", flat=True)
        assert set(told) == {str(delivery.pk) for delivery in parked}

    def test_leaves_those_of_a_stopped_receiver(
        self, endpoint: WebhookEndpoint, administrator: User, at: datetime
    ) -> None:
        parked = park(endpoint, at)
        deactivate_endpoint(actor=administrator, endpoint_id=endpoint.pk, at=at)
        assert retry_deliveries(actor=administrator, delivery_ids=[parked.pk], at=at) == 0

    def test_refuses_without_permission(
        self, endpoint: WebhookEndpoint, moderator: User, at: datetime
    ) -> None:
        with pytest.raises(NotAllowed):
            retry_deliveries(actor=moderator, delivery_ids=[park(endpoint, at).pk], at=at)


class TestRetryParked:
    def test_takes_all_of_one_receiver_in_one_event(
        self, endpoint: WebhookEndpoint, administrator: User, at: datetime
    ) -> None:
        other, _ = register_endpoint(actor=administrator, site="huppla.nl", url="http://127.0.0.1:9/", at=at)
        park(endpoint, at), park(endpoint, at)
        elsewhere = park(other, at)
        assert retry_parked(actor=administrator, endpoint_id=endpoint.pk, at=at) == 2
        assert list(Delivery.objects.filter(state=DeliveryState.PARKED)) == [elsewhere]
        (event,) = Event.objects.filter(kind="webhook_endpoint.deliveries_retried")
        assert (event.subject_id, event.data) == (str(endpoint.pk), {"count": 2})

    def test_refuses_when_nothing_was_given_up(
        self, endpoint: WebhookEndpoint, administrator: User, at: datetime
    ) -> None:
        wait(endpoint, at)
        with pytest.raises(NotParked):
            retry_parked(actor=administrator, endpoint_id=endpoint.pk, at=at)

    def test_refuses_without_permission(
        self, endpoint: WebhookEndpoint, coordinator: User, at: datetime
    ) -> None:
        park(endpoint, at)
        with pytest.raises(NotAllowed):
            retry_parked(actor=coordinator, endpoint_id=endpoint.pk, at=at)
