"""What is done at the desk, through its addresses."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from backoffice.staff.models import User
from moderation.choices import DecisionState, Outcome, Queue, ReviewState
from moderation.models import Decision, Draft, Lease, Note, Review, Signal, Skip
from moderation.services.leases import claim_review
from tests.desk.conftest import Desk
from tests.factories import ProfileFactory, ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(at: datetime) -> object:
    with time_machine.travel(at, tick=False) as traveller:
        yield traveller


def held(desk: Desk, at: datetime, **fields: object) -> Review:
    review = ReviewFactory(**fields)
    claim_review(actor=desk.user, review_id=review.pk, at=at)
    return Review.objects.get(pk=review.pk)


class TestNext:
    def test_gives_an_item_with_its_lease(self, desk: Desk) -> None:
        review = ReviewFactory()
        item = desk.next()["item"]
        assert item["id"] == str(review.pk)
        assert 'data-epoch="1"' in item["html"]
        assert item["url"] == f"/reviews/{review.pk}/"

    def test_says_when_the_queue_is_done(self, desk: Desk) -> None:
        item = desk.next()["item"]
        assert item["id"] == ""
        assert item["url"] == "/queues/help-requests/desk/"

    def test_sends_a_browser_without_the_script_to_the_page(self, desk: Desk) -> None:
        review = ReviewFactory()
        response = desk.browser.post("/queues/help-requests/next/")
        assert response.status_code == 303
        assert response["Location"] == f"/reviews/{review.pk}/"

    def test_knows_no_other_queues(self, desk: Desk) -> None:
        assert desk.post("/queues/elsewhere/next/").status_code == 404


class TestAhead:
    def test_takes_another_one_in_hand(self, desk: Desk) -> None:
        ReviewFactory.create_batch(7)
        current = desk.next()["item"]["id"]
        ahead = desk.post("/queues/help-requests/ahead/", ahead=current).json()["item"]["id"]
        assert ahead != current
        assert Lease.objects.filter(holder=desk.user).count() == 2

    def test_leaves_the_last_ones_to_others(self, desk: Desk) -> None:
        ReviewFactory.create_batch(3)
        current = desk.next()["item"]["id"]
        assert desk.post("/queues/help-requests/ahead/", ahead=current).json()["item"] is None
        assert Lease.objects.count() == 1

    def test_is_shown_without_being_sent_again(self, desk: Desk) -> None:
        ReviewFactory.create_batch(7)
        current = Review.objects.get(pk=desk.next()["item"]["id"])
        ahead = desk.post("/queues/help-requests/ahead/", ahead=str(current.pk)).json()["item"]["id"]
        answer = desk.do(
            "decide", current, outcome="approve", ahead=ahead, ahead_epoch=1, ahead_version=1
        ).json()
        assert answer["item"] is None
        assert answer["seconds"] == 600

    def test_is_sent_again_when_it_changed_meanwhile(self, desk: Desk) -> None:
        ReviewFactory.create_batch(7)
        current = Review.objects.get(pk=desk.next()["item"]["id"])
        ahead = desk.post("/queues/help-requests/ahead/", ahead=str(current.pk)).json()["item"]["id"]
        moved = Review.objects.get(pk=ahead)
        moved.version = 2
        moved.store(reason="moved", at=moved.opened_at, fields=["version"])
        answer = desk.do(
            "decide", current, outcome="approve", ahead=ahead, ahead_epoch=1, ahead_version=1
        ).json()
        assert answer["item"]["id"] == ahead

    def test_is_replaced_when_a_colleague_has_it(
        self, desk: Desk, other_moderator: User, at: datetime
    ) -> None:
        current, other, third = held(desk, at), ReviewFactory(points=9), ReviewFactory()
        claim_review(actor=other_moderator, review_id=other.pk, at=at)
        answer = desk.do(
            "decide", current, outcome="approve", ahead=str(other.pk), ahead_epoch=1, ahead_version=1
        ).json()
        assert answer["item"]["id"] == str(third.pk)


class TestDecide:
    def test_approves_and_gives_the_next(self, desk: Desk, at: datetime) -> None:
        review, following = held(desk, at), ReviewFactory()
        answer = desk.do("decide", review, outcome="approve").json()
        assert answer["item"]["id"] == str(following.pk)
        assert Decision.objects.get().outcome == Outcome.APPROVE
        assert str(Decision.objects.get().pk) in answer["done"]

    def test_names_the_field_when_a_reason_is_missing(self, desk: Desk, at: datetime) -> None:
        review = held(desk, at)
        response = desk.do("decide", review, outcome="hide")
        assert response.status_code == 422
        assert response.json()["field"] == "reason"
        assert not Decision.objects.exists()

    def test_gives_a_browser_its_page_back_with_what_was_typed(self, desk: Desk, at: datetime) -> None:
        review = held(desk, at)
        response = desk.browser.post(
            f"/reviews/{review.pk}/decide/",
            {"epoch": 1, "version": 1, "outcome": "hide", "reason": "", "message": "Beste lid"},
        )
        assert response.status_code == 422
        assert b"Beste lid" in response.content

    @pytest.mark.parametrize(
        "broken", [{"epoch": "x"}, {"version": ""}, {"outcome": "burn"}, {"reason": "x" * 2001}]
    )
    def test_refuses_what_does_not_fit(self, desk: Desk, at: datetime, broken: dict[str, str]) -> None:
        review = held(desk, at)
        response = desk.do("decide", review, **{"outcome": "approve", **broken})
        assert response.status_code == 422
        assert response.json()["field"] == next(iter(broken))
        assert not Decision.objects.exists()

    def test_shows_what_changed_when_the_member_was_faster(self, desk: Desk, at: datetime) -> None:
        review = held(desk, at)
        subject = review.help_request
        assert subject
        subject.title, subject.version = "Wie brengt mijn vader?", 2
        subject.store(reason="received", at=at, fields=["title", "version"])
        Review.objects.get(pk=review.pk)
        moved = Review.objects.get(pk=review.pk)
        moved.version = 2
        moved.store(reason="moved", at=at, fields=["version"])
        response = desk.do("decide", review, outcome="approve")
        assert response.status_code == 409
        assert response.json()["code"] == "subject_moved"
        assert "<del>moeder naar het ziekenhuis brengen</del>" in response.json()["item"]["html"]
        assert not Decision.objects.exists()

    def test_says_who_was_first(self, desk: Desk, other_moderator: User, at: datetime) -> None:
        review = held(desk, at)
        Lease.objects.update(holder=other_moderator, epoch=2)
        response = desk.do("decide", review, outcome="approve")
        assert response.status_code == 409
        assert str(other_moderator) in response.json()["message"]

    def test_is_closed_to_who_only_looks(self, setup_acts: User, at: datetime, desk: Desk) -> None:
        from backoffice.staff.permissions import Role
        from tests.factories import StaffFactory

        looker = Desk(StaffFactory(role=Role.PRIVACY_OFFICER))
        review = held(desk, at)
        assert looker.do("decide", review, outcome="approve").status_code == 403
        assert not Decision.objects.exists()

    def test_asks_how_we_know_the_age(self, desk: Desk, at: datetime) -> None:
        review = held(desk, at, profile=ProfileFactory(birth_date=None), queue=Queue.AGE_UNKNOWN)
        assert desk.do("decide", review, outcome="approve").json()["field"] == "age_basis"
        assert desk.do("decide", review, outcome="approve", age_basis="gebeld").status_code == 200


class TestUndo:
    def test_brings_the_item_back(self, desk: Desk, at: datetime) -> None:
        review = held(desk, at)
        desk.do("decide", review, outcome="approve")
        decision = Decision.objects.get()
        answer = desk.post(f"/decisions/{decision.pk}/undo/").json()
        assert answer["item"]["id"] == str(review.pk)
        assert "data-mine" in answer["item"]["html"]
        assert Decision.objects.get().state == DecisionState.UNDONE

    def test_is_refused_in_words_when_it_is_too_late(
        self, desk: Desk, at: datetime, _now: time_machine.Traveller
    ) -> None:
        review = held(desk, at)
        desk.do("decide", review, outcome="approve")
        _now.shift(timedelta(seconds=61))
        response = desk.post(f"/decisions/{Decision.objects.get().pk}/undo/")
        assert response.status_code == 403
        assert response.json()["code"] == "too_late"


class TestOtherVerbs:
    def test_skip_leaves_it_to_a_colleague(self, desk: Desk, at: datetime) -> None:
        review = held(desk, at)
        assert desk.do("skip", review, reason="unsure").json()["item"]["id"] == ""
        assert Skip.objects.get().user == desk.user

    def test_skip_for_something_else_needs_words(self, desk: Desk, at: datetime) -> None:
        response = desk.do("skip", held(desk, at), reason="other")
        assert (response.status_code, response.json()["field"]) == (422, "note")

    def test_escalate_moves_it_to_the_coordinators(self, desk: Desk, at: datetime) -> None:
        review = held(desk, at)
        assert desk.do("escalate", review, reason="Twijfel").status_code == 200
        assert Review.objects.get().queue == Queue.URGENT

    def test_note_stands_beside_the_item(self, desk: Desk, at: datetime) -> None:
        answer = desk.do("note", held(desk, at), text="Belde vorige week ook.").json()
        assert "Belde vorige week ook." in answer["item"]["html"]
        assert Note.objects.count() == 1

    def test_a_note_that_is_written_is_no_draft_any_more(self, desk: Desk, at: datetime) -> None:
        review = held(desk, at)
        desk.do("renew", review, panel="note", note="Belde vorige")
        assert (
            "desk-draft" not in desk.do("note", review, text="Belde vorige week ook.").json()["item"]["html"]
        )
        desk.do("renew", review, panel="hide", reason="Reclame")
        assert "desk-draft" in desk.do("note", review, text="Nog iets.").json()["item"]["html"]

    @pytest.mark.parametrize(
        ("verb", "given"), [("skip", {"reason": "unsure"}), ("escalate", {"reason": "?"})]
    )
    def test_what_was_handed_on_leaves_no_draft(
        self, desk: Desk, at: datetime, verb: str, given: dict[str, str]
    ) -> None:
        review = held(desk, at)
        desk.do("renew", review, panel=verb, reason="Half")
        assert desk.do(verb, review, **given).status_code == 200
        assert not Draft.objects.exists()

    def test_dismiss_strikes_a_signal(self, desk: Desk, at: datetime) -> None:
        review = held(desk, at)
        signal = Signal.objects.create(
            review=review, version=1, code="link", field="text", start=0, end=7, points=20
        )
        answer = desk.post(f"/signals/{signal.pk}/dismiss/").json()
        assert 'class="is-dismissed"' in answer["item"]["html"]

    def test_release_puts_it_back(self, desk: Desk, at: datetime) -> None:
        review = held(desk, at)
        assert desk.do("release", review).json()["url"] == "/queues/help-requests/"
        assert not Lease.objects.filter(expires_at__gt=at).exists()

    def test_renew_puts_the_end_off_and_keeps_the_draft(
        self, desk: Desk, at: datetime, _now: time_machine.Traveller
    ) -> None:
        review = held(desk, at)
        _now.shift(timedelta(minutes=5))
        answer = desk.do("renew", review, panel="hide", reason="Reclame, denk ik").json()
        assert (answer["seconds"], answer["version"]) == (600, 1)
        assert Draft.objects.get().body == {"panel": "hide", "reason": "Reclame, denk ik"}
        assert "Reclame, denk ik" in desk.get(f"/reviews/{review.pk}/").json()["item"]["html"]

    @pytest.mark.parametrize(
        "path",
        ["reviews/{}/decide", "reviews/{}/take", "reviews/{}/renew", "reviews/{}/skip", "decisions/{}/undo"],
    )
    def test_all_say_404_of_what_is_gone(self, desk: Desk, path: str) -> None:
        assert desk.post(f"/{path.format(uuid4())}/", epoch=1).status_code == 404

    def test_none_answers_a_get(self, desk: Desk, at: datetime) -> None:
        review = held(desk, at)
        for verb in ("decide", "take", "renew", "skip", "escalate", "note", "release"):
            assert desk.get(f"/reviews/{review.pk}/{verb}/").status_code == 405
        assert desk.get("/queues/help-requests/next/").status_code == 405

    def test_none_works_without_the_token(self, desk: Desk, at: datetime) -> None:
        review = held(desk, at)
        desk.client.handler.enforce_csrf_checks = True
        assert desk.do("decide", review, outcome="approve").status_code == 403
        assert Review.objects.get().state == ReviewState.PENDING

    def test_a_script_of_somebody_who_signed_out_hears_401(self, desk: Desk, at: datetime) -> None:
        review = held(desk, at)
        desk.client.logout()
        assert desk.do("decide", review, outcome="approve").status_code == 401
