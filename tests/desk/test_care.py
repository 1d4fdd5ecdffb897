"""What is hard to read begins covered at the desk; everybody sets for themselves how they are spared."""

from datetime import datetime
from typing import Any

import pytest
import time_machine

from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from moderation.choices import Queue
from moderation.models import Decision, HeavyLook, Lease, Review, SecondLook, Signal
from moderation.selectors.care import care_of
from moderation.services.care import change_care
from moderation.services.leases import claim_review
from tests.desk.conftest import Desk
from tests.factories import HelpRequestFactory, ProfileFactory, ReviewFactory, StaffFactory

pytestmark = pytest.mark.django_db
TITLE, TEXT = "Het hoeft niet meer", "Ik wil niet meer leven."


@pytest.fixture(autouse=True)
def _now(at: datetime) -> Any:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def review() -> Review:
    request = HelpRequestFactory(title=TITLE, text=TEXT, keywords=["afscheid"])
    review: Review = ReviewFactory(help_request=request, heavy=["crisis"])
    Signal.objects.create(
        review=review, version=1, code="suicidal", field="text", start=3, end=22, points=60, severity=3
    )
    return review


def decided_before(review: Review, by: User, at: datetime) -> Decision:
    """Let somebody have approved the text of a review before it was as it is."""
    earlier = ReviewFactory(help_request=review.help_request, state="decided", closed_at=at)
    same = {name: getattr(review, name) for name in ("site", "member_id", "subject_kind", "revision")}
    decision = Decision(
        review=earlier,
        version=1,
        lease_epoch=1,
        outcome="approve",
        decided_by=by,
        decided_at=at,
        undo_until=at,
        **same,
    )
    decision.store(reason="decided", at=at)
    return decision


class TestAHeavyItem:
    def test_begins_covered_with_its_kind(self, desk: Desk, review: Review) -> None:
        page = desk.browser.get(f"/reviews/{review.pk}/").content.decode()
        item = desk.next()["item"]
        for shown in (page, item["html"], item["title"]):
            assert not [word for word in (TITLE, TEXT, "niet meer leven", "afscheid") if word in shown]
            assert "elfbeschadiging en crisis" in shown
        assert 'value="approve"' not in item["html"], "there is nothing to decide before it was read"
        assert HeavyLook.objects.count() == 0

    def test_is_read_by_who_asks(self, desk: Desk, review: Review, at: datetime) -> None:
        claim_review(actor=desk.user, review_id=review.pk, at=at)
        item = desk.post(f"/reviews/{review.pk}/uncover/").json()["item"]
        assert TITLE in item["html"]
        assert 'value="approve"' in item["html"]
        assert item["title"] == TITLE
        assert TITLE in desk.browser.get(f"/reviews/{review.pk}/").content.decode()
        assert HeavyLook.objects.count() == 1

    @pytest.mark.parametrize("queue", [Queue.HELP_REQUESTS, Queue.SECOND_LOOKS])
    def test_is_judged_by_nobody_who_did_not_read_it(
        self, desk: Desk, review: Review, other_moderator: User, at: datetime, queue: Queue
    ) -> None:
        if queue == Queue.SECOND_LOOKS:
            first = decided_before(review, other_moderator, at)
            review.queue = queue
            review.store(reason="test", at=at)
            SecondLook(decision=first, review=review, drawn_at=at).store(reason="test", at=at)
        claim_review(actor=desk.user, review_id=review.pk, at=at)
        given = {"outcome": "approve"}
        refused = desk.do("decide", review, **given)
        assert (refused.status_code, refused.json()["code"]) == (403, "covered")
        review.refresh_from_db()
        assert review.state == "pending"
        desk.post(f"/reviews/{review.pk}/uncover/")
        assert desk.do("decide", review, **given).status_code == 200

    def test_shows_no_word_of_itself_in_a_letter_or_beside_it(
        self, desk: Desk, review: Review, other_moderator: User, at: datetime
    ) -> None:
        given = {"outcome": "hide", "policies": ["1.1"], "message": "Bel ons."}
        claim_review(actor=desk.user, review_id=review.pk, at=at)
        letter = desk.post(f"/reviews/{review.pk}/letter/", **given)
        assert (letter.status_code, letter.json()["code"]) == (403, "covered")
        assert TITLE not in letter.content.decode()
        decided_before(review, other_moderator, at)
        elsewhere = "Vaarwel allemaal"
        same = {"site": review.site, "member_id": review.member_id}
        ReviewFactory(help_request=HelpRequestFactory(title=elsewhere, **same), heavy=["crisis"])
        shown = desk.browser.get(f"/reviews/{review.pk}/").content.decode()
        assert not [word for word in (TITLE, elsewhere) if word in shown]
        assert "deze tekst" in shown

    def test_is_uncovered_by_no_get_and_by_nobody_who_may_not(
        self, desk: Desk, setup_acts: User, review: Review
    ) -> None:
        assert desk.get(f"/reviews/{review.pk}/uncover/").status_code == 405
        auditor = Desk(StaffFactory(role=Role.AUDITOR))
        assert auditor.post(f"/reviews/{review.pk}/uncover/").status_code == 403
        assert not HeavyLook.objects.exists()

    def test_stands_in_lists_by_its_kind(self, desk: Desk, review: Review, at: datetime) -> None:
        claim_review(actor=desk.user, review_id=review.pk, at=at)
        for path in ("/queues/help-requests/", "/"):
            shown = desk.browser.get(path).content.decode()
            assert TITLE not in shown
            assert "Zelfbeschadiging en crisis" in shown


class TestMySettings:
    def test_are_saved_and_shown(self, desk: Desk) -> None:
        given = {"photos": "grey", "declined": ["sexual", "hate"], "heavy_a_day": "4"}
        assert desk.browser.post("/my-settings/", given).status_code == 303
        care = care_of(desk.user)
        assert (care.photos, care.declined, care.heavy_a_day) == ("grey", ["sexual", "hate"], 4)
        page = desk.browser.get("/my-settings/").content.decode()
        assert page.count(" checked") == 3

    def test_say_what_is_wrong_and_change_nothing(self, desk: Desk) -> None:
        answer = desk.browser.post("/my-settings/", {"photos": "grey", "heavy_a_day": "0"})
        assert answer.status_code == 422
        assert care_of(desk.user).photos == "covered"

    def test_are_about_photos_alone_for_who_decides_nothing(self, setup_acts: User) -> None:
        peter = Desk(StaffFactory(role=Role.PRIVACY_OFFICER))
        assert "declined" not in peter.browser.get("/my-settings/").content.decode()
        assert peter.browser.post("/my-settings/", {"photos": "plain"}).status_code == 303
        assert care_of(peter.user).photos == "plain"

    def test_let_photos_begin_as_one_wants(self, desk: Desk) -> None:
        path = f"/reviews/{ReviewFactory(profile=ProfileFactory(photo='photos/aa/x.jpg')).pk}/"
        assert 'data-photos="covered"' in desk.browser.get(path).content.decode()
        desk.browser.post("/my-settings/", {"photos": "plain", "heavy_a_day": "10"})
        assert 'data-photos="plain"' in desk.browser.get(path).content.decode()


class TestHome:
    def test_tells_coordinators_what_nobody_is_handed(
        self, desk: Desk, coordinator: User, review: Review, at: datetime
    ) -> None:
        for user in (desk.user, coordinator):
            Desk(user).browser.post(
                "/my-settings/", {"photos": "covered", "declined": ["crisis"], "heavy_a_day": "10"}
            )
        assert f"/reviews/{review.pk}/" in Desk(coordinator).browser.get("/").content.decode()
        assert f"/reviews/{review.pk}/" not in desk.browser.get("/").content.decode()


class TestAPause:
    @pytest.fixture(autouse=True)
    def _after_two(self, desk: Desk, at: datetime) -> None:
        change_care(actor=desk.user, photos="covered", declined=(), heavy_a_day=2, at=at)

    def reads_and_decides(self, desk: Desk, at: datetime) -> dict[str, Any]:
        review = ReviewFactory(heavy=["hate"])
        claim_review(actor=desk.user, review_id=review.pk, at=at)
        desk.post(f"/reviews/{review.pk}/uncover/")
        return dict(desk.do("decide", review, outcome="approve").json()["item"])

    def test_is_asked_for_between_items_and_can_be_passed(self, desk: Desk, at: datetime) -> None:
        waits = ReviewFactory(queue="help-requests", points=0)
        assert self.reads_and_decides(desk, at)["id"] == str(waits.pk)
        pause = self.reads_and_decides(desk, at)
        assert pause["id"] == ""
        assert "Je hebt vandaag 2 zware berichten gezien" in pause["html"]
        assert "2 zware berichten gezien" in desk.browser.get("/queues/help-requests/desk/").content.decode()
        assert desk.next(go_on="1")["item"]["id"] == str(waits.pk)
        assert self.reads_and_decides(desk, at)["id"] == str(waits.pk)
        assert self.reads_and_decides(desk, at)["id"] == "", "asked again after two more"

    def test_never_stands_before_something_urgent_in_hand(self, desk: Desk, at: datetime) -> None:
        urgent = ReviewFactory(queue="urgent", heavy=["crisis"])
        claim_review(actor=desk.user, review_id=urgent.pk, at=at)
        self.reads_and_decides(desk, at)
        self.reads_and_decides(desk, at)
        assert desk.next("urgent")["item"]["id"] == str(urgent.pk)

    def test_can_be_the_end_of_the_day(self, desk: Desk, at: datetime) -> None:
        claim_review(actor=desk.user, review_id=ReviewFactory().pk, at=at)
        assert desk.post("/stop/").json()["url"] == "/"
        assert not Lease.objects.filter(expires_at__gt=at).exists()

    def test_rests_on_a_number_that_only_oneself_sees(
        self, desk: Desk, coordinator: User, at: datetime
    ) -> None:
        self.reads_and_decides(desk, at)
        mine = desk.browser.get("/").content.decode()
        hers = Desk(coordinator).browser.get("/").content.decode()
        assert "door mij gelezen" in mine
        assert "door iedereen samen" not in mine
        assert "door iedereen samen" in hers
        assert "door mij gelezen" not in hers
