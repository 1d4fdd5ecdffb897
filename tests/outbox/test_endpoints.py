"""Receivers are registered, stopped and given secrets by those who may, and only at allowed hosts."""

from datetime import datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from backoffice.audit.models import Event
from backoffice.outbox.announcements import Announcement, enqueue
from backoffice.outbox.models import Delivery, DeliveryState, WebhookEndpoint, WebhookSecret
from backoffice.outbox.services.addresses import AddressRefused, check_address
from backoffice.outbox.services.endpoints import (
    AlreadyRegistered,
    EndpointNotActive,
    LastSecret,
    UnknownSite,
    deactivate_endpoint,
    register_endpoint,
    retire_secret,
    rotate_secret,
)
from backoffice.outbox.services.signing import keys_of
from backoffice.staff.models import User
from backoffice.staff.policy import NotAllowed
from backoffice.staff.system import DELIVERY, SETUP, system_user

pytestmark = pytest.mark.django_db

URL = "http://127.0.0.1:9000/hooks"
SITE = "wehelpen.nl"


@pytest.fixture
def endpoint(administrator: User, at: datetime) -> WebhookEndpoint:
    return register_endpoint(actor=administrator, site=SITE, url=URL, at=at)[0]


def in_use(endpoint: WebhookEndpoint) -> list[WebhookSecret]:
    return list(endpoint.secrets.filter(retired_at__isnull=True))


class TestCheckAddress:
    @pytest.mark.parametrize(
        ("url", "code"),
        [
            ("", "bad_address"),
            ("geen adres", "bad_address"),
            ("ftp://127.0.0.1/x", "bad_address"),
            ("javascript:alert(1)", "bad_address"),
            ("http:///pad", "bad_address"),
            ("http://127.0.0.1:99999/", "bad_address"),
            ("http://127.0.0.1/a\nb", "bad_address"),
            ("http://127.0.0.1/\x00", "bad_address"),
            ("http://127.0.0.1/#f", "bad_address"),
            ("http://127.0.0.1/" + "x" * 500, "bad_address"),
            ("http://iemand:geheim@127.0.0.1/", "credentials_in_address"),
            ("http://127.0.0.1@ergens.example/", "credentials_in_address"),
            ("http://ergens.example/", "host_not_allowed"),
            ("http://127.0.0.1.ergens.example/", "host_not_allowed"),
            ("http://2130706433/", "host_not_allowed"),
            ("http://0.0.0.0/", "host_not_allowed"),
            ("http://[::1]/", "host_not_allowed"),
        ],
    )
    def test_refuses(self, url: str, code: str) -> None:
        with pytest.raises(AddressRefused) as refusal:
            check_address(url)
        assert (refusal.value.code, refusal.value.field) == (code, "url")

    def test_takes_a_listed_host_with_any_port_and_in_any_case(self) -> None:
        check_address("http://127.0.0.1:9000/hooks?site=1")
        check_address("HTTP://LocalHost/hooks")

    def test_takes_a_listed_port_only(self, settings: Settings) -> None:
        settings.WEBHOOK_ALLOWED_HOSTS = ["haak.example:443", "[::1]:8443"]
        check_address("https://haak.example/")
        check_address("https://haak.example:443/")
        check_address("https://[::1]:8443/")
        for url in ("http://haak.example/", "https://haak.example:444/", "https://[::1]/"):
            with pytest.raises(AddressRefused):
                check_address(url)

    def test_asks_https_in_production(self, settings: Settings) -> None:
        settings.PRODUCTION = True
        check_address("https://localhost/")
        with pytest.raises(AddressRefused) as refusal:
            check_address("http://localhost/")
        assert refusal.value.code == "https_required"


class TestRegisterEndpoint:
    def test_makes_a_receiver_with_a_secret(self, administrator: User, at: datetime) -> None:
        endpoint, secret = register_endpoint(actor=administrator, site="WeHelpen.nl", url=URL, at=at)
        assert (endpoint.site, endpoint.url, endpoint.active) == (SITE, URL, True)
        assert secret.startswith("whsec_")
        stored = bytes(in_use(endpoint)[0].ciphertext)
        assert secret.removeprefix("whsec_").encode() not in stored
        assert len(keys_of(in_use(endpoint))[0]) == 32

    def test_records_one_event(self, administrator: User, endpoint: WebhookEndpoint) -> None:
        event = Event.objects.get()
        assert (event.kind, event.actor, event.subject_id, event.data) == (
            "webhook_endpoint.registered",
            administrator,
            str(endpoint.pk),
            {"site": SITE, "again": False},
        )

    def test_refuses_without_permission(self, moderator: User, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            register_endpoint(actor=moderator, site=SITE, url=URL, at=at)
        assert not WebhookEndpoint.objects.exists()

    def test_lets_the_set_up_job_and_no_other(self, setup_acts: User, at: datetime) -> None:
        register_endpoint(actor=system_user(SETUP), site=SITE, url=URL, at=at)
        with pytest.raises(NotAllowed):
            register_endpoint(actor=system_user(DELIVERY), site=SITE, url=URL + "/2", at=at)

    def test_refuses_a_site_that_is_not_ours(self, administrator: User, at: datetime) -> None:
        with pytest.raises(UnknownSite):
            register_endpoint(actor=administrator, site="elders.nl", url=URL, at=at)

    def test_refuses_a_second_time(
        self, administrator: User, endpoint: WebhookEndpoint, at: datetime
    ) -> None:
        with pytest.raises(AlreadyRegistered):
            register_endpoint(actor=administrator, site=SITE, url=URL, at=at)

    def test_brings_a_stopped_receiver_back_with_a_new_secret_only(
        self, administrator: User, endpoint: WebhookEndpoint, at: datetime
    ) -> None:
        old = in_use(endpoint)[0]
        deactivate_endpoint(actor=administrator, endpoint_id=endpoint.pk, at=at)
        again, _secret = register_endpoint(actor=administrator, site=SITE, url=URL, at=at)
        assert again.pk == endpoint.pk
        assert again.active
        assert [secret.pk for secret in in_use(again)] != [old.pk]
        assert len(in_use(again)) == 1


class TestRotateSecret:
    def test_keeps_two_in_use_and_retires_the_oldest(
        self, administrator: User, endpoint: WebhookEndpoint, at: datetime
    ) -> None:
        first = in_use(endpoint)[0]
        rotate_secret(actor=administrator, endpoint_id=endpoint.pk, at=at + timedelta(days=1))
        assert len(in_use(endpoint)) == 2
        rotate_secret(actor=administrator, endpoint_id=endpoint.pk, at=at + timedelta(days=2))
        assert len(in_use(endpoint)) == 2
        first.refresh_from_db()
        assert first.retired_at == at + timedelta(days=2)
        assert bytes(first.ciphertext) == b""
        assert Event.objects.filter(kind="webhook_secret.rotated")[0].data["retired"] == [first.pk]

    def test_refuses_without_permission(
        self, coordinator: User, endpoint: WebhookEndpoint, at: datetime
    ) -> None:
        with pytest.raises(NotAllowed):
            rotate_secret(actor=coordinator, endpoint_id=endpoint.pk, at=at)

    def test_refuses_for_a_stopped_receiver(
        self, administrator: User, endpoint: WebhookEndpoint, at: datetime
    ) -> None:
        deactivate_endpoint(actor=administrator, endpoint_id=endpoint.pk, at=at)
        with pytest.raises(EndpointNotActive):
            rotate_secret(actor=administrator, endpoint_id=endpoint.pk, at=at)

    def test_refuses_a_receiver_that_is_not_there(self, administrator: User, at: datetime) -> None:
        with pytest.raises(WebhookEndpoint.DoesNotExist):
            rotate_secret(actor=administrator, endpoint_id=uuid4(), at=at)


class TestRetireSecret:
    def test_stops_the_use_of_one(self, administrator: User, endpoint: WebhookEndpoint, at: datetime) -> None:
        first = in_use(endpoint)[0]
        rotate_secret(actor=administrator, endpoint_id=endpoint.pk, at=at)
        retire_secret(actor=administrator, secret_id=first.pk, at=at)
        retire_secret(actor=administrator, secret_id=first.pk, at=at)
        assert first.pk not in [secret.pk for secret in in_use(endpoint)]
        assert Event.objects.filter(kind="webhook_secret.retired").count() == 1

    def test_refuses_the_last(self, administrator: User, endpoint: WebhookEndpoint, at: datetime) -> None:
        with pytest.raises(LastSecret):
            retire_secret(actor=administrator, secret_id=in_use(endpoint)[0].pk, at=at)


class TestDeactivateEndpoint:
    def test_parks_what_waits_for_it(
        self, administrator: User, endpoint: WebhookEndpoint, at: datetime
    ) -> None:
        enqueue([Announcement(site=SITE, type="decision.final", about="1", data={})], at=at)
        deactivate_endpoint(actor=administrator, endpoint_id=endpoint.pk, at=at)
        delivery = Delivery.objects.get()
        assert (delivery.state, delivery.last_problem) == (DeliveryState.PARKED, "endpoint_inactive")
        event = Event.objects.get(kind="webhook_endpoint.deactivated")
        assert event.data == {"parked": 1}

    def test_refuses_without_permission(
        self, moderator: User, endpoint: WebhookEndpoint, at: datetime
    ) -> None:
        with pytest.raises(NotAllowed):
            deactivate_endpoint(actor=moderator, endpoint_id=endpoint.pk, at=at)


class TestCreateWebhookCommand:
    def test_prints_the_secret(self, setup_acts: User) -> None:
        out = StringIO()
        call_command("create_webhook", URL, "--site", SITE, stdout=out)
        assert out.getvalue().startswith("whsec_")
        assert WebhookEndpoint.objects.get().url == URL

    def test_says_what_is_wrong(self, setup_acts: User) -> None:
        with pytest.raises(CommandError, match="WEBHOOK_ALLOWED_HOSTS"):
            call_command("create_webhook", "https://elders.example/", "--site", SITE)
