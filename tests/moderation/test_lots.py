"""Approving in one go: each by itself, refused by itself, taken back together."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from backoffice.audit.models import Event
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from backoffice.staff.policy import NotAllowed
from moderation.choices import DecisionState, Outcome, Queue, ReviewState
from moderation.models import Decision, Lease, Review, Signal
from moderation.services import lots
from moderation.services.decisions import decide_review, undo_decision
from moderation.services.leases import claim_review
from moderation.services.lots import Choice, Lot, LotUnfit, NothingToTakeBack, approve_lot, undo_lot
from moderation.services.ties import declare_tie
from tests.barrier import at_once
from tests.factories import ProfileFactory, ReviewFactory, StaffFactory

pytestmark = pytest.mark.django_db
LOT = UUID(int=7)


def approve(reviews: list[Review], actor: User, at: datetime, *, lot: UUID = LOT, **seen: Any) -> Lot:
    choices = [Choice(review.pk, review.version, **seen) for review in reviews]
    return approve_lot(actor=actor, lot=lot, choices=choices, at=at)


def codes(done: Lot) -> list[str]:
    return [refusal.code for _key, refusal in done.refused]


def approved(profile: Any, actor: User, at: datetime) -> None:
    """Let a profile have been approved as it is."""
    review = ReviewFactory(profile=profile)
    lease = claim_review(actor=actor, review_id=review.pk, at=at)
    decide_review(
        actor=actor,
        review_id=review.pk,
        epoch=lease.epoch,
        version=profile.version,
        outcome=Outcome.APPROVE,
        at=at,
    )


class TestApproveLot:
    def test_is_one_decision_and_one_event_for_each(self, moderator: User, at: datetime) -> None:
        reviews = [*ReviewFactory.create_batch(2), ReviewFactory(profile=ProfileFactory())]
        done = approve(reviews, moderator, at)
        assert [decision.review_id for decision in done.decisions] == [review.pk for review in reviews]
        for decision in Decision.objects.all():
            assert (decision.lot, decision.outcome, decision.decided_by) == (LOT, "approve", moderator)
        assert set(Review.objects.values_list("state", flat=True)) == {ReviewState.DECIDED}
        assert Event.objects.filter(kind="decision.made").count() == 3
        assert not Lease.objects.filter(expires_at__gt=at).exists()

    def test_counts_an_item_that_was_sent_twice_once(self, moderator: User, at: datetime) -> None:
        review = ReviewFactory()
        assert len(approve([review, review], moderator, at).decisions) == 1

    def test_minds_no_signal_that_was_said_to_be_wrong(self, moderator: User, at: datetime) -> None:
        review = ReviewFactory(reasons=[{"code": "link", "points": 10}])
        Signal.objects.create(
            review=review, version=1, code="link", points=10, dismissed_by=moderator, dismissed_at=at
        )
        assert approve([review], moderator, at).refused == []

    @pytest.mark.parametrize("count", [0, lots.MOST + 1])
    def test_refuses_nothing_and_too_much(self, moderator: User, at: datetime, count: int) -> None:
        choices = [Choice(uuid4(), 1) for _ in range(count)]
        with pytest.raises(LotUnfit) as refusal:
            approve_lot(actor=moderator, lot=LOT, choices=choices, at=at)
        assert refusal.value.field == "review"

    def test_refuses_who_may_not_decide(self, setup_acts: User, at: datetime) -> None:
        review = ReviewFactory()
        with pytest.raises(NotAllowed):
            approve([review], StaffFactory(role=Role.AUDITOR), at)
        assert not Decision.objects.exists()


def with_signal(review: Review, _actor: User, _at: datetime) -> None:
    Signal.objects.create(review=review, version=1, code="link", points=10)


def with_fields(**fields: Any) -> Callable[[Review, User, datetime], None]:
    def change(review: Review, _actor: User, at: datetime) -> None:
        for name, value in fields.items():
            setattr(review, name, value)
        review.store(reason="test", at=at)

    return change


def because_of(code: str) -> Callable[[Review, User, datetime], None]:
    return with_fields(reasons=[{"code": code, "points": 5}])


def with_tie(review: Review, actor: User, at: datetime) -> None:
    declare_tie(actor=actor, site=review.site, member_id=review.member_id, at=at)


def decided_before(review: Review, actor: User, at: datetime) -> None:
    with_fields(not_for=actor)(review, actor, at)


def in_other_hands(review: Review, _actor: User, at: datetime) -> None:
    claim_review(actor=StaffFactory(role=Role.MODERATOR), review_id=review.pk, at=at)


def decided(review: Review, _actor: User, at: datetime) -> None:
    approve([review], StaffFactory(role=Role.MODERATOR), at, lot=uuid4())


def of_a_child(review: Review, _actor: User, _at: datetime) -> None:
    ProfileFactory(site=review.site, member_id=review.member_id, birth_date=date(2015, 1, 1))


def gone(review: Review, _actor: User, _at: datetime) -> None:
    review.pk = uuid4()  # as after an account was closed


class TestARefusal:
    @pytest.mark.parametrize(
        ("happened", "code"),
        [
            (with_signal, "signal"),
            (with_fields(queue=Queue.URGENT), "by_itself"),
            (with_fields(queue=Queue.APPEALS), "not_here"),
            (with_fields(escalated=True, escalation_reason="Kijk"), "escalated"),
            (with_fields(heavy=["hate"]), "by_itself"),
            (because_of("danger"), "by_itself"),
            (because_of("was_urgent"), "by_itself"),
            (because_of("missing_field"), "by_itself"),
            (of_a_child, "by_itself"),
            (with_tie, "tie"),
            (decided_before, "decided_before"),
            (with_fields(version=2), "subject_moved"),
            (in_other_hands, "held_by_other"),
            (decided, "review_closed"),
            (gone, "review_closed"),
        ],
    )
    def test_is_of_that_item_alone(
        self, moderator: User, at: datetime, happened: Callable[..., None], code: str
    ) -> None:
        refused, fine = ReviewFactory(), ReviewFactory()
        happened(refused, moderator, at)
        choices = [Choice(refused.pk, 1), Choice(fine.pk, 1)]
        done = approve_lot(actor=moderator, lot=LOT, choices=choices, at=at)
        assert codes(done) == [code]
        assert [decision.review_id for decision in done.decisions] == [fine.pk]
        assert not Lease.objects.filter(review_id=refused.pk, holder=moderator).exists()

    @pytest.mark.parametrize("born", [None, date(2015, 1, 1)])
    def test_is_for_who_may_be_too_young(self, moderator: User, at: datetime, born: Any) -> None:
        review = ReviewFactory(profile=ProfileFactory(birth_date=born), queue=Queue.NEW_PROFILES)
        assert len(approve([review], moderator, at).refused) == 1

    def test_is_for_a_photo_that_was_not_looked_at(self, moderator: User, at: datetime) -> None:
        review = ReviewFactory(profile=ProfileFactory(photo="photos/aa/x.jpg", photo_sha256="a"))
        assert codes(approve([review], moderator, at)) == ["photo_unseen"]
        assert approve([review], moderator, at, photo_seen=True).refused == []

    def test_is_not_for_a_photo_that_was_approved_before(self, moderator: User, at: datetime) -> None:
        profile = ProfileFactory(photo="photos/aa/x.jpg", photo_sha256="a")
        approved(profile, moderator, at)
        profile.about, profile.version = "Anders.", 2
        profile.store(reason="received", at=at, fields=["about", "version"])
        assert approve([ReviewFactory(profile=profile)], moderator, at).refused == []
        profile.photo_sha256, profile.version = "b", 3
        profile.store(reason="photo", at=at, fields=["photo_sha256", "version"])
        assert codes(approve([ReviewFactory(profile=profile)], moderator, at)) == ["photo_unseen"]


@pytest.mark.django_db(transaction=True)
class TestWhatStallsHalfWay:
    def test_leaves_each_decided_or_not_and_goes_on_when_sent_again(
        self, moderator: User, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reviews = ReviewFactory.create_batch(3)

        def breaks_at_the_second(**given: Any) -> Decision:
            decision = decide_review(**given)
            if given["review_id"] == reviews[1].pk:
                raise RuntimeError
            return decision

        with monkeypatch.context() as patch:
            patch.setattr(lots, "decide_review", breaks_at_the_second)
            with pytest.raises(RuntimeError):
                approve(reviews, moderator, at)
        states = Review.objects.in_bulk([review.pk for review in reviews])
        assert [states[review.pk].state for review in reviews] == ["decided", "pending", "pending"]
        assert not Lease.objects.filter(expires_at__gt=at).exists()
        done = approve(reviews, moderator, at)
        assert (len(done.decisions), done.refused) == (3, [])
        assert Decision.objects.count() == 3

    def test_against_a_colleague_who_decides_one_of_them(
        self, moderator: User, other_moderator: User, at: datetime
    ) -> None:
        def decides(review: Review) -> Decision:
            lease = claim_review(actor=other_moderator, review_id=review.pk, at=at)
            return decide_review(
                actor=other_moderator,
                review_id=review.pk,
                epoch=lease.epoch,
                version=1,
                outcome=Outcome.APPROVE,
                at=at,
            )

        for _round in range(6):
            reviews = ReviewFactory.create_batch(3)
            done, single = at_once(
                (moderator, partial(approve, reviews, moderator, at, lot=uuid4())),
                (other_moderator, partial(decides, reviews[1])),
            )
            assert isinstance(done, Lot)
            alone = isinstance(single, Decision)
            assert [key for key, _ in done.refused] == ([reviews[1].pk] if alone else [])
            assert set(codes(done)) <= {"held_by_other", "review_closed"}
            assert Decision.objects.filter(review__in=reviews).count() == 3


class TestUndoLot:
    def test_takes_all_of_it_back_and_keeps_none_in_hand(self, moderator: User, at: datetime) -> None:
        reviews = ReviewFactory.create_batch(3)
        approve(reviews, moderator, at)
        alone = ReviewFactory()
        approve([alone], moderator, at, lot=uuid4())
        done = undo_lot(actor=moderator, lot=LOT, at=at + timedelta(seconds=5))
        assert (len(done.decisions), done.refused) == (3, [])
        assert {review.state for review in Review.objects.exclude(pk=alone.pk)} == {ReviewState.PENDING}
        assert Decision.objects.exclude(state=DecisionState.UNDONE).get().review == alone
        assert Event.objects.filter(kind="decision.undone").count() == 3
        assert not Lease.objects.filter(expires_at__gt=at + timedelta(seconds=5)).exists()

    def test_says_what_can_no_longer_be_taken_back(self, moderator: User, at: datetime) -> None:
        approve(ReviewFactory.create_batch(2), moderator, at)
        done = undo_lot(actor=moderator, lot=LOT, at=at + timedelta(minutes=2))
        assert (done.decisions, codes(done)) == ([], ["too_late", "too_late"])

    def test_goes_on_past_what_was_erased_meanwhile(
        self, moderator: User, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        erased = approve(ReviewFactory.create_batch(3), moderator, at).decisions[1]

        def finds_one_gone(**given: Any) -> Decision:
            if given["decision_id"] == erased.pk:
                raise Decision.DoesNotExist
            return undo_decision(**given)

        monkeypatch.setattr(lots, "undo_decision", finds_one_gone)
        done = undo_lot(actor=moderator, lot=LOT, at=at)
        assert (len(done.decisions), codes(done)) == (2, ["review_closed"])

    def test_leaves_out_what_was_taken_back_already(self, moderator: User, at: datetime) -> None:
        first = approve(ReviewFactory.create_batch(2), moderator, at).decisions[0]
        undo_decision(actor=moderator, decision_id=first.pk, at=at)
        assert len(undo_lot(actor=moderator, lot=LOT, at=at).decisions) == 1
        with pytest.raises(NothingToTakeBack):
            undo_lot(actor=moderator, lot=LOT, at=at)

    def test_holds_against_the_same_lot_sent_again(self, moderator: User, at: datetime) -> None:
        first, second = ReviewFactory.create_batch(2)
        approve([first], moderator, at)
        undo_lot(actor=moderator, lot=LOT, at=at)
        late = approve([first, second], moderator, at)
        assert (late.decisions, codes(late)) == ([], ["taken_back", "taken_back"])
        assert len(approve([first, second], moderator, at, lot=uuid4()).decisions) == 2

    def test_is_not_for_somebody_else(self, moderator: User, other_moderator: User, at: datetime) -> None:
        approve([ReviewFactory()], moderator, at)
        with pytest.raises(NothingToTakeBack):
            undo_lot(actor=other_moderator, lot=LOT, at=at)
