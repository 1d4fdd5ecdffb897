"""The desk's pages: what stands on them, for whom, at what cost."""

import re
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from backoffice.audit.models import Event
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from moderation.choices import Outcome
from moderation.models import Lease, Signal
from moderation.services.decisions import decide_review
from moderation.services.leases import claim_review
from tests.desk.conftest import Desk
from tests.factories import HelpRequestFactory, ProfileFactory, ReviewFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(at: datetime) -> Any:
    with time_machine.travel(at, tick=False):
        yield


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(StaffFactory(role=role))
    return client


class TestReviewPage:
    def test_takes_nothing_in_hand(self, desk: Desk) -> None:
        review = ReviewFactory()
        events = Event.objects.count()
        page = desk.browser.get(f"/reviews/{review.pk}/")
        assert page.status_code == 200
        assert not Lease.objects.exists()
        assert Event.objects.count() == events

    def test_marks_what_was_found_and_says_why(self, desk: Desk) -> None:
        request = HelpRequestFactory(text="Bel 06-12345678 gerust.")
        review = ReviewFactory(help_request=request)
        Signal.objects.create(
            review=review, version=1, code="phone_number", field="text", start=4, end=15, points=30
        )
        page = desk.browser.get(f"/reviews/{review.pk}/").content.decode()
        assert ">06-12345678</mark>" in page

    def test_shows_it_through_other_eyes_without_a_script(self, desk: Desk) -> None:
        address = f"/reviews/{ReviewFactory(profile=ProfileFactory()).pk}/"
        for eyes in ("", "public", "member", "huppla-seeker", "huppla-provider"):
            page = desk.browser.get(address, {"eyes": eyes}).content.decode()
            assert re.findall(r'data-look="([a-z-]*)">', page) == [eyes]
            assert re.findall(r'data-as="([a-z-]*)" aria-current="true"', page) == [eyes]
        assert 'data-look="">' in desk.browser.get(address, {"eyes": "everybody"}).content.decode()

    def test_escapes_what_members_write(self, desk: Desk) -> None:
        request = HelpRequestFactory(title="<script>x</script>", text="<img src=x onerror=y>")
        page = desk.browser.get(f"/reviews/{ReviewFactory(help_request=request).pk}/").content.decode()
        assert "<script>x" not in page
        assert "<img src=x" not in page

    def test_shows_what_changed_since_the_approval(self, desk: Desk, at: datetime) -> None:
        profile = ProfileFactory(about="Ik kook graag.")
        review = ReviewFactory(profile=profile)
        lease = claim_review(actor=desk.user, review_id=review.pk, at=at)
        decide_review(
            actor=desk.user, review_id=review.pk, epoch=lease.epoch, version=1, outcome=Outcome.APPROVE, at=at
        )
        profile.about, profile.version = "Ik bak graag.", 2
        profile.store(reason="received", at=at, fields=["about", "version"])
        page = desk.browser.get(f"/reviews/{ReviewFactory(profile=profile).pk}/").content.decode()
        assert "<del>kook</del><ins>bak</ins>" in page

    def test_shows_what_changed_since_the_version_that_was_read(self, desk: Desk, at: datetime) -> None:
        profile = ProfileFactory(about="Ik kook graag.")
        review = ReviewFactory(profile=profile)
        profile.about, profile.version = "Ik bak graag.", 2
        profile.store(reason="received", at=at, fields=["about", "version"])
        assert "<del>kook</del>" not in desk.browser.get(f"/reviews/{review.pk}/").content.decode()
        assert "<del>kook</del>" in desk.get(f"/reviews/{review.pk}/?seen=1").json()["item"]["html"]
        assert desk.get(f"/reviews/{review.pk}/?seen=x").status_code == 200

    def test_does_not_grow_with_what_is_there(
        self, desk: Desk, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        profile = ProfileFactory()
        review = ReviewFactory(help_request=HelpRequestFactory(member_id=profile.member_id))
        claim_review(actor=desk.user, review_id=review.pk, at=at)
        desk.browser.get(f"/reviews/{review.pk}/")
        with django_assert_num_queries(23):
            desk.browser.get(f"/reviews/{review.pk}/")
        for _ in range(5):
            ReviewFactory(help_request=HelpRequestFactory(member_id=profile.member_id))
        Signal.objects.bulk_create(
            Signal(review=review, version=1, code="link", field="text", start=n, end=n + 1, points=1)
            for n in range(5)
        )
        with django_assert_num_queries(23):
            desk.browser.get(f"/reviews/{review.pk}/")

    @pytest.mark.parametrize(
        ("role", "status"),
        [
            (Role.MODERATOR, 200),
            (Role.COORDINATOR, 200),
            (Role.PRIVACY_OFFICER, 200),
            (Role.AUDITOR, 403),
            (Role.SERVICEDESK, 403),
            (Role.ADMINISTRATOR, 403),
        ],
    )
    def test_opens_for_some(self, setup_acts: User, role: Role, status: int) -> None:
        assert signed_in(role).get(f"/reviews/{ReviewFactory().pk}/").status_code == status

    def test_sends_others_to_sign_in(self, setup_acts: User) -> None:
        response = Client().get(f"/reviews/{ReviewFactory().pk}/")
        assert response.status_code == 302
        assert response["Location"].startswith("/login/")

    def test_is_kept_by_no_browser(self, desk: Desk) -> None:
        assert "no-store" in desk.browser.get(f"/reviews/{ReviewFactory().pk}/")["Cache-Control"]


class TestState:
    def test_tells_without_renewing(self, desk: Desk, at: datetime) -> None:
        review = ReviewFactory()
        claim_review(actor=desk.user, review_id=review.pk, at=at)
        until = Lease.objects.get().expires_at
        told = desk.get(f"/reviews/{review.pk}/state/").json()
        assert (told["state"], told["version"], told["mine"]) == ("pending", 1, True)
        assert Lease.objects.get().expires_at == until

    def test_names_a_colleague(self, desk: Desk, other_moderator: User, at: datetime) -> None:
        review = ReviewFactory()
        claim_review(actor=other_moderator, review_id=review.pk, at=at)
        assert desk.get(f"/reviews/{review.pk}/state/").json()["holder"] == str(other_moderator)


class TestPhoto:
    @pytest.fixture(autouse=True)
    def _media(self, settings: Settings, tmp_path: Any) -> None:
        settings.MEDIA_ROOT = tmp_path

    def with_photo(self) -> Any:
        profile = ProfileFactory(photo="photos/aa/x.jpg")
        default_storage.save(profile.photo, ContentFile(b"\xff\xd8jpeg"))
        return profile

    def test_is_answered_to_who_may_see_it(self, desk: Desk) -> None:
        response = desk.browser.get(f"/photos/{self.with_photo().pk}/")
        assert response.getvalue() == b"\xff\xd8jpeg"
        assert response["Content-Type"] == "image/jpeg"
        assert response["Cache-Control"] == "private, no-store"

    def test_is_refused_to_others(self, setup_acts: User) -> None:
        profile = self.with_photo()
        assert signed_in(Role.AUDITOR).get(f"/photos/{profile.pk}/").status_code == 403
        assert Client().get(f"/photos/{profile.pk}/").status_code == 302

    def test_is_not_found_when_there_is_none(self, desk: Desk) -> None:
        assert desk.browser.get(f"/photos/{ProfileFactory().pk}/").status_code == 404
        gone = ProfileFactory(photo="photos/aa/gone.jpg")
        assert desk.browser.get(f"/photos/{gone.pk}/").status_code == 404


class TestSignIn:
    def test_works_and_writes_no_history(self, setup_acts: User) -> None:
        user = StaffFactory(role=Role.MODERATOR, with_password=True)
        versions = user.history.count()
        from tests.factories import PASSWORD

        response = Client().post("/login/?next=/", {"username": user.username, "password": PASSWORD})
        assert response.status_code == 302
        user.refresh_from_db()
        assert user.last_login
        assert user.history.count() == versions


class TestEmptyDesk:
    def test_takes_nothing_in_hand(self, desk: Desk) -> None:
        ReviewFactory()
        desk.browser.get("/queues/help-requests/desk/")

        assert not Lease.objects.exists()
