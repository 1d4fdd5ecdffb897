"""Having a review in hand."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from pytest_django import DjangoAssertNumQueries

from backoffice.audit.models import Event
from backoffice.staff.models import User
from backoffice.staff.permissions import Permission, Role
from backoffice.staff.policy import NotAllowed, may
from moderation.choices import Queue, SkipReason
from moderation.models import Draft, Lease, Review, Skip
from moderation.services.leases import (
    EscalationReasonMissing,
    HeldByOther,
    LeaseLost,
    ReviewClosed,
    SkipReasonMissing,
    claim_next,
    claim_review,
    escalate_review,
    release_lease,
    renew_lease,
    skip_review,
)
from tests.barrier import at_once
from tests.factories import LeaseFactory, ReviewFactory, StaffFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def next_of(actor: User, at: datetime, queue: Queue = Queue.HELP_REQUESTS) -> Review | None:
    lease = claim_next(actor=actor, queue=queue, at=at)
    return lease.review if lease else None


class TestClaimNext:
    def test_gives_the_highest_rank_first(self, moderator: User, at: datetime) -> None:
        ReviewFactory(points=0)
        urgent = ReviewFactory(points=30)
        assert next_of(moderator, at) == urgent

    def test_lets_waiting_weigh_an_hour_a_point(self, moderator: User, at: datetime) -> None:
        ReviewFactory(opened_at=at - HOUR, points=9)
        waited = ReviewFactory(opened_at=at - 11 * HOUR, points=0)
        assert next_of(moderator, at) == waited

    def test_gives_what_is_overdue_before_anything_else(self, moderator: User, at: datetime) -> None:
        ReviewFactory(opened_at=at - HOUR, points=500)
        overdue = ReviewFactory(opened_at=at - timedelta(days=3))
        assert next_of(moderator, at) == overdue

    def test_gives_the_same_again_while_it_is_in_hand(self, moderator: User, at: datetime) -> None:
        ReviewFactory.create_batch(2)
        assert next_of(moderator, at) == next_of(moderator, at + timedelta(minutes=5))

    def test_gives_two_people_different_items(
        self, moderator: User, other_moderator: User, coordinator: User, at: datetime
    ) -> None:
        ReviewFactory.create_batch(2)
        assert {next_of(moderator, at), next_of(other_moderator, at)} == set(Review.objects.all())
        assert next_of(coordinator, at) is None

    def test_gives_what_ran_out_to_somebody_else_under_a_new_epoch(
        self, moderator: User, other_moderator: User, at: datetime
    ) -> None:
        ReviewFactory()
        first = claim_next(actor=moderator, queue=Queue.HELP_REQUESTS, at=at)
        second = claim_next(actor=other_moderator, queue=Queue.HELP_REQUESTS, at=at + HOUR)
        assert first
        assert second
        assert second.epoch == first.epoch + 1

    def test_does_not_offer_what_the_person_skipped(
        self, moderator: User, other_moderator: User, at: datetime
    ) -> None:
        review = ReviewFactory()
        lease = claim_review(actor=moderator, review_id=review.pk, at=at)
        skip_review(actor=moderator, review_id=review.pk, epoch=lease.epoch, reason=SkipReason.UNSURE, at=at)
        assert next_of(moderator, at) is None
        assert next_of(other_moderator, at) == review

    def test_offers_escalated_items_to_coordinators_only(
        self, moderator: User, coordinator: User, at: datetime
    ) -> None:
        review = ReviewFactory(queue=Queue.URGENT, escalated=True, escalation_reason="kijk mee")
        assert next_of(moderator, at, Queue.URGENT) is None
        assert next_of(coordinator, at, Queue.URGENT) == review

    def test_refuses_who_may_not_decide(self, administrator: User, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            claim_next(actor=administrator, queue=Queue.HELP_REQUESTS, at=at)

    def test_costs_one_statement_and_an_event(
        self, moderator: User, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        ReviewFactory.create_batch(3)
        may(moderator, Permission.DECIDE_REVIEWS)  # roles are read once in a request
        with django_assert_num_queries(2 + 2):  # and a savepoint's two
            claim_next(actor=moderator, queue=Queue.HELP_REQUESTS, at=at)
        with django_assert_num_queries(1 + 2):
            claim_next(actor=moderator, queue=Queue.HELP_REQUESTS, at=at + timedelta(minutes=1))

    def test_records_one_event_for_taking_and_none_for_renewing(self, moderator: User, at: datetime) -> None:
        ReviewFactory()
        next_of(moderator, at)
        next_of(moderator, at + timedelta(minutes=1))
        assert Event.objects.filter(kind="review.claimed").count() == 1


class TestClaimReview:
    def test_says_who_has_it(self, moderator: User, other_moderator: User, at: datetime) -> None:
        review = ReviewFactory()
        LeaseFactory(review=review, holder=other_moderator, taken_at=at)
        with pytest.raises(HeldByOther, match=other_moderator.display_name):
            claim_review(actor=moderator, review_id=review.pk, at=at)

    def test_refuses_what_was_decided(self, moderator: User, at: datetime) -> None:
        review = ReviewFactory(state="decided", closed_at=at)
        with pytest.raises(ReviewClosed):
            claim_review(actor=moderator, review_id=review.pk, at=at)


class TestRenewLease:
    def test_puts_the_end_off_and_keeps_the_draft(self, moderator: User, at: datetime) -> None:
        lease = LeaseFactory(review=ReviewFactory(), holder=moderator, taken_at=at)
        later = at + timedelta(minutes=9)
        renewed = renew_lease(
            actor=moderator, review_id=lease.review_id, epoch=1, at=later, draft={"reason": "half"}
        )
        assert renewed.expires_at == later + timedelta(minutes=10)
        assert Draft.objects.get().body == {"reason": "half"}

    def test_takes_up_again_what_ran_out_and_nobody_took(self, moderator: User, at: datetime) -> None:
        lease = LeaseFactory(review=ReviewFactory(), holder=moderator, taken_at=at - HOUR)
        assert renew_lease(actor=moderator, review_id=lease.review_id, epoch=1, at=at).expires_at > at

    def test_keeps_the_draft_when_a_colleague_took_over(
        self, moderator: User, other_moderator: User, at: datetime
    ) -> None:
        lease = LeaseFactory(review=ReviewFactory(), holder=other_moderator, epoch=2, taken_at=at)
        with pytest.raises(LeaseLost, match=other_moderator.display_name):
            renew_lease(actor=moderator, review_id=lease.review_id, epoch=1, at=at, draft={"reason": "half"})
        assert Draft.objects.get().author == moderator


class TestReleaseSkipEscalate:
    def test_a_released_item_is_free(self, moderator: User, other_moderator: User, at: datetime) -> None:
        lease = LeaseFactory(review=ReviewFactory(), holder=moderator, taken_at=at)
        release_lease(actor=moderator, review_id=lease.review_id, epoch=1, at=at)
        assert next_of(other_moderator, at) == lease.review

    def test_something_else_needs_words(self, moderator: User, at: datetime) -> None:
        lease = LeaseFactory(review=ReviewFactory(), holder=moderator, taken_at=at)
        with pytest.raises(SkipReasonMissing):
            skip_review(actor=moderator, review_id=lease.review_id, epoch=1, reason=SkipReason.OTHER, at=at)
        assert not Skip.objects.exists()

    def test_escalating_moves_to_urgent_with_the_reason_in_history(
        self, moderator: User, at: datetime
    ) -> None:
        lease = LeaseFactory(review=ReviewFactory(), holder=moderator, taken_at=at)
        review = escalate_review(
            actor=moderator, review_id=lease.review_id, epoch=1, reason="dreiging", at=at
        )
        assert (review.queue, review.escalated, review.escalation_reason) == ("urgent", True, "dreiging")
        assert Event.objects.get(kind="review.escalated").data == {"came_from": "help-requests"}
        assert review.history.latest("history_id").history_change_reason == "escalated"

    def test_escalating_counts_as_a_reason_in_words(self, moderator: User, at: datetime) -> None:
        lease = LeaseFactory(review=ReviewFactory(), holder=moderator, taken_at=at)
        review = escalate_review(
            actor=moderator, review_id=lease.review_id, epoch=1, reason="dreiging", at=at
        )
        assert review.reasons[0] == {"code": "escalated", "points": 24}
        assert review.ranks_at == review.opened_at - timedelta(hours=review.points)

    def test_escalating_needs_a_reason(self, moderator: User, at: datetime) -> None:
        lease = LeaseFactory(review=ReviewFactory(), holder=moderator, taken_at=at)
        with pytest.raises(EscalationReasonMissing):
            escalate_review(actor=moderator, review_id=lease.review_id, epoch=1, reason=" ", at=at)

    @pytest.mark.parametrize("verb", [skip_review, escalate_review])
    def test_refuses_what_is_not_in_hand(
        self, moderator: User, other_moderator: User, at: datetime, verb: Callable[..., object]
    ) -> None:
        lease = LeaseFactory(review=ReviewFactory(), holder=other_moderator, taken_at=at)
        with pytest.raises(LeaseLost):
            verb(actor=moderator, review_id=lease.review_id, epoch=1, reason="unsure", at=at)


@pytest.mark.django_db(transaction=True)
class TestTwoPeopleAtOnce:
    def test_never_get_the_same_item(self, moderator: User, other_moderator: User, at: datetime) -> None:
        for _round in range(10):
            review = ReviewFactory()
            got = at_once(
                (moderator, lambda: claim_next(actor=moderator, queue=Queue.HELP_REQUESTS, at=at)),
                (
                    other_moderator,
                    lambda: claim_next(actor=other_moderator, queue=Queue.HELP_REQUESTS, at=at),
                ),
            )
            leases = [one for one in got if isinstance(one, Lease)]
            assert [one.review_id for one in leases] == [review.pk]
            assert len([one for one in got if one is None]) == 1
            review.refresh_from_db()
            review.state, review.closed_at = "decided", at
            review.store(reason="test", at=at)

    def test_never_hear_that_nothing_is_left_while_something_is(self, setup_acts: User, at: datetime) -> None:
        """What somebody took a moment ago still looks free to a statement that was under way."""
        people = StaffFactory.create_batch(8, role=Role.MODERATOR)
        ReviewFactory.create_batch(8 * 15)

        def take_many(person: User) -> list[Review]:
            taken: list[Review] = []
            for _ in range(15):
                besides = [review.pk for review in taken]
                lease = claim_next(actor=person, queue=Queue.HELP_REQUESTS, besides=besides, at=at)
                assert lease, f"nothing after {len(taken)}"
                taken.append(lease.review)
            return taken

        got = at_once(*[(person, partial(take_many, person)) for person in people])
        assert [one for one in got if isinstance(one, Exception)] == []
        assert len({review.pk for taken in got for review in taken}) == 8 * 15

    def test_taking_over_the_same_item_only_one_wins(
        self, moderator: User, other_moderator: User, coordinator: User, at: datetime
    ) -> None:
        for _round in range(10):
            review = ReviewFactory()
            LeaseFactory(review=review, holder=coordinator, taken_at=at - HOUR)
            got = at_once(
                (moderator, partial(claim_review, actor=moderator, review_id=review.pk, at=at)),
                (other_moderator, partial(claim_review, actor=other_moderator, review_id=review.pk, at=at)),
            )
            assert sorted(type(one).__name__ for one in got) == ["HeldByOther", "Lease"]
            assert Lease.objects.get(review=review).epoch == 2
