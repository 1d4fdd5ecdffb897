"""Deciding, taking back, becoming final."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from backoffice.audit.guards import erasure_gate
from backoffice.audit.history import erase
from backoffice.audit.models import Event
from backoffice.outbox.models import Delivery
from backoffice.staff.models import User
from backoffice.staff.policy import NotAllowed
from backoffice.staff.system import DELIVERY, system_user
from moderation.choices import RESTRICTING, DecisionState, Outcome, ReviewState
from moderation.models import Decision, Draft, Lease, Policy, Review
from moderation.services.closing import ReasonMissing, SubjectMoved
from moderation.services.decisions import AgeBasisMissing, decide_review, finalise_due, undo_decision
from moderation.services.grounds import HouseRuleMissing, HouseRuleUnfit
from moderation.services.leases import LeaseLost, ReviewClosed, claim_review
from tests.barrier import at_once
from tests.factories import (
    HelpRequestFactory,
    LeaseFactory,
    ProfileFactory,
    ReviewFactory,
    WebhookEndpointFactory,
)

pytestmark = pytest.mark.django_db
WINDOW = timedelta(seconds=60)
RULE_FOR = {
    Outcome.REQUEST_CHANGE: ["1.1"],
    Outcome.HIDE: ["1.1"],
    Outcome.HOLD_ACCOUNT: ["4.4"],
    Outcome.CONFIRM_UNDER_16: ["1.5"],
}


def held(review: Review, actor: User, at: datetime) -> Review:
    """Put a review in somebody's hands."""
    claim_review(actor=actor, review_id=review.pk, at=at)
    return review


def decide(review: Review, actor: User, at: datetime, **changed: Any) -> Decision:
    """Decide; what restricts rests on a house rule that allows it, unless the test says otherwise."""
    given = {"epoch": 1, "version": 1, "outcome": Outcome.APPROVE, **changed}
    given.setdefault("policies", RULE_FOR.get(given["outcome"], []))
    return decide_review(actor=actor, review_id=review.pk, at=at, **given)


def finalise(at: datetime) -> int:
    return finalise_due(actor=system_user(DELIVERY), at=at)


class TestDecideReview:
    def test_closes_the_review_with_one_event_and_its_history(self, moderator: User, at: datetime) -> None:
        review = held(ReviewFactory(), moderator, at)
        decision = decide(review, moderator, at, outcome=Outcome.HIDE, reason="huisregel 3", message="Dag")
        review.refresh_from_db()
        assert (review.state, review.closed_at) == (ReviewState.DECIDED, at)
        assert (decision.outcome, decision.reason, decision.message) == ("hide", "huisregel 3", "Dag")
        assert decision.undo_until == at + WINDOW
        event = Event.objects.get(kind="decision.made")
        assert event.data["outcome"] == "hide"
        assert "huisregel" not in str(event.data)
        last = review.history.latest("history_id")
        assert (last.state, last.history_user_id) == ("decided", moderator.pk)

    def test_costs_six_statements(
        self, moderator: User, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        review = held(ReviewFactory(), moderator, at)
        with django_assert_num_queries(6 + 2):  # and a savepoint's two
            decide(review, moderator, at)

    def test_says_nothing_to_the_world_yet(self, moderator: User, at: datetime) -> None:
        WebhookEndpointFactory()
        decide(held(ReviewFactory(), moderator, at), moderator, at)
        assert not Delivery.objects.exists()

    @pytest.mark.parametrize("outcome", sorted(RESTRICTING - {Outcome.CONFIRM_UNDER_16}))
    def test_needs_a_reason_when_it_restricts(self, moderator: User, at: datetime, outcome: Outcome) -> None:
        review = held(ReviewFactory(), moderator, at)
        with pytest.raises(ReasonMissing) as refusal:
            decide(review, moderator, at, outcome=outcome, reason="  ")
        assert refusal.value.field == "reason"
        assert not Decision.objects.exists()

    def test_keeps_the_version_of_the_house_rules_that_it_rests_on(
        self, moderator: User, at: datetime
    ) -> None:
        review = held(ReviewFactory(), moderator, at)
        rule = Policy.objects.get(code="2.1")
        rule.version = 3
        rule.store(reason="changed", at=at, fields=["version"])
        decision = decide(review, moderator, at, outcome=Outcome.HIDE, reason="geld", policies=["2.1", "1.4"])
        assert list(decision.grounds.values_list("policy__code", "policy_version")) == [
            ("1.4", 1),
            ("2.1", 3),
        ]
        assert Event.objects.get(kind="decision.made").data["policies"] == ["1.4", "2.1"]

    @pytest.mark.parametrize("outcome", sorted(RESTRICTING - {Outcome.CONFIRM_UNDER_16}))
    def test_needs_a_house_rule_when_it_restricts(
        self, moderator: User, at: datetime, outcome: Outcome
    ) -> None:
        review = held(ReviewFactory(), moderator, at)
        with pytest.raises(HouseRuleMissing) as refusal:
            decide(review, moderator, at, outcome=outcome, reason="geld", policies=[])
        assert refusal.value.field == "policies"
        assert not Decision.objects.exists()

    @pytest.mark.parametrize(
        "codes", [["9.9"], ["1"], ["4.1"], ["1.1", "9.9"]], ids=["unknown", "chapter", "unfit", "one of two"]
    )
    def test_refuses_a_house_rule_that_does_not_fit(
        self, moderator: User, at: datetime, codes: list[str]
    ) -> None:
        review = held(ReviewFactory(), moderator, at)
        with pytest.raises(HouseRuleUnfit):
            decide(review, moderator, at, outcome=Outcome.HIDE, reason="geld", policies=codes)
        assert not Decision.objects.exists()

    def test_refuses_a_house_rule_out_of_use(self, moderator: User, at: datetime) -> None:
        review = held(ReviewFactory(), moderator, at)
        rule = Policy.objects.get(code="1.1")
        rule.active = False
        rule.store(reason="retired", at=at, fields=["active"])
        with pytest.raises(HouseRuleUnfit):
            decide(review, moderator, at, outcome=Outcome.HIDE, reason="nummer")

    def test_throws_the_draft_away(self, moderator: User, at: datetime) -> None:
        review = held(ReviewFactory(), moderator, at)
        Draft.objects.create(review=review, author=moderator, body={"reason": "x"}, saved_at=at)
        decide(review, moderator, at)
        assert not Draft.objects.exists()


class TestWhatStandsInTheWay:
    def test_a_lease_that_ran_out(self, moderator: User, at: datetime) -> None:
        review = held(ReviewFactory(), moderator, at)
        with pytest.raises(LeaseLost):
            decide(review, moderator, at + timedelta(minutes=10))

    def test_a_colleague_who_took_over(self, moderator: User, other_moderator: User, at: datetime) -> None:
        review = held(ReviewFactory(), moderator, at)
        later = at + timedelta(minutes=11)
        held(review, other_moderator, later)
        with pytest.raises(LeaseLost, match=other_moderator.display_name):
            decide(review, moderator, later)

    def test_an_older_epoch_of_ones_own(self, moderator: User, other_moderator: User, at: datetime) -> None:
        review = held(ReviewFactory(), moderator, at)
        held(review, other_moderator, at + timedelta(minutes=11))
        held(review, moderator, at + timedelta(minutes=22))
        with pytest.raises(LeaseLost):
            decide(review, moderator, at + timedelta(minutes=23), epoch=1)
        assert decide(review, moderator, at + timedelta(minutes=23), epoch=3).lease_epoch == 3

    def test_a_change_by_the_member(self, moderator: User, at: datetime) -> None:
        review = held(ReviewFactory(), moderator, at)
        review.version = 2
        review.store(reason="moved", at=at)
        with pytest.raises(SubjectMoved) as refusal:
            decide(review, moderator, at, version=1)
        assert refusal.value.version == 2

    def test_a_colleague_who_decided(self, moderator: User, other_moderator: User, at: datetime) -> None:
        review = held(ReviewFactory(), other_moderator, at)
        decide(review, other_moderator, at)
        with pytest.raises(ReviewClosed, match=other_moderator.display_name):
            decide(review, moderator, at)

    def test_a_role_that_may_not(self, moderator: User, administrator: User, at: datetime) -> None:
        review = ReviewFactory()
        LeaseFactory(review=review, holder=administrator, taken_at=at)
        with pytest.raises(NotAllowed):
            decide(review, administrator, at)

    def test_an_escalation(self, moderator: User, at: datetime) -> None:
        review = ReviewFactory(queue="urgent", escalated=True, escalation_reason="kijk mee")
        LeaseFactory(review=review, holder=moderator, taken_at=at)
        with pytest.raises(NotAllowed):
            decide(review, moderator, at)


class TestAge:
    """R20, R21: under 16 is never approved, unknown is never taken for 16."""

    @pytest.mark.parametrize(
        ("born", "today", "allowed"),
        [
            (date(2010, 11, 17), date(2026, 11, 17), True),
            (date(2010, 11, 18), date(2026, 11, 17), False),
            (date(2012, 2, 29), date(2028, 2, 28), False),
            (date(2012, 2, 29), date(2028, 2, 29), True),
            (date(2008, 2, 29), date(2024, 2, 28), False),
        ],
    )
    def test_approval_follows_the_day_in_amsterdam(
        self, moderator: User, born: date, today: date, allowed: bool
    ) -> None:
        # 23:30 UTC the day before is half past midnight in Amsterdam
        at = datetime.fromisoformat(f"{today - timedelta(days=1)}T23:30:00+00:00")
        profile = ProfileFactory(birth_date=born)
        review = held(ReviewFactory(profile=profile, opened_at=at), moderator, at)
        if allowed:
            assert decide(review, moderator, at).outcome == Outcome.APPROVE
        else:
            with pytest.raises(NotAllowed, match="16"):
                decide(review, moderator, at)

    def test_unknown_needs_to_say_how_we_know(self, moderator: User, at: datetime) -> None:
        profile = ProfileFactory(site="huppla.nl", birth_date=None)
        review = held(ReviewFactory(profile=profile), moderator, at)
        with pytest.raises(AgeBasisMissing) as refusal:
            decide(review, moderator, at)
        assert refusal.value.field == "age_basis"
        decide(review, moderator, at, age_basis="gebeld, heeft een rijbewijs")
        profile.refresh_from_db()
        assert profile.age_confirmed_basis == "gebeld, heeft een rijbewijs"

    def test_known_adults_are_not_removed_as_children(self, moderator: User, at: datetime) -> None:
        review = held(ReviewFactory(profile=ProfileFactory()), moderator, at)
        with pytest.raises(NotAllowed):
            decide(review, moderator, at, outcome=Outcome.CONFIRM_UNDER_16, reason="lijkt jong")


class TestUndoDecision:
    def test_puts_the_review_back_in_the_same_hands(self, moderator: User, at: datetime) -> None:
        review = held(ReviewFactory(), moderator, at)
        decision = decide(review, moderator, at)
        undo_decision(actor=moderator, decision_id=decision.pk, at=at + timedelta(seconds=59))
        review.refresh_from_db()
        decision.refresh_from_db()
        assert (review.state, decision.state) == (ReviewState.PENDING, DecisionState.UNDONE)
        assert Lease.objects.get(review=review).expires_at > at + WINDOW
        assert finalise(at + timedelta(days=1)) == 0

    @pytest.mark.parametrize("seconds", [60, 61, 86_400])
    def test_refuses_after_the_window(self, moderator: User, at: datetime, seconds: int) -> None:
        decision = decide(held(ReviewFactory(), moderator, at), moderator, at)
        with pytest.raises(NotAllowed) as refusal:
            undo_decision(actor=moderator, decision_id=decision.pk, at=at + timedelta(seconds=seconds))
        assert refusal.value.code == "too_late"

    def test_refuses_somebody_else(self, moderator: User, other_moderator: User, at: datetime) -> None:
        decision = decide(held(ReviewFactory(), moderator, at), moderator, at)
        with pytest.raises(NotAllowed):
            undo_decision(actor=other_moderator, decision_id=decision.pk, at=at)

    def test_gives_way_to_a_newer_version_under_review(self, moderator: User, at: datetime) -> None:
        request = HelpRequestFactory()
        review = held(ReviewFactory(help_request=request), moderator, at)
        decision = decide(review, moderator, at)
        newer = ReviewFactory(help_request=request, version=2)
        undo_decision(actor=moderator, decision_id=decision.pk, at=at)
        review.refresh_from_db()
        assert (review.state, review.void_reason) == (ReviewState.VOID, "superseded")
        assert Review.objects.get(state=ReviewState.PENDING) == newer

    def test_lets_the_same_item_be_decided_again(self, moderator: User, at: datetime) -> None:
        review = held(ReviewFactory(), moderator, at)
        first = decide(review, moderator, at)
        undo_decision(actor=moderator, decision_id=first.pk, at=at)
        second = decide(review, moderator, at, outcome=Outcome.HIDE, reason="toch niet")
        assert finalise(at + WINDOW) == 1
        second.refresh_from_db()
        assert second.state == DecisionState.FINAL


class TestFinaliseDue:
    def test_numbers_and_announces_what_the_window_closed_on(self, moderator: User, at: datetime) -> None:
        endpoint = WebhookEndpointFactory()
        WebhookEndpointFactory(site="huppla.nl")
        decision = decide(
            held(ReviewFactory(), moderator, at), moderator, at, outcome=Outcome.HIDE, reason="nummer"
        )
        assert finalise(at + timedelta(seconds=59)) == 0
        assert finalise(at + WINDOW) == 1
        decision.refresh_from_db()
        assert (decision.state, decision.sequence) == (DecisionState.FINAL, 1)
        delivery = Delivery.objects.get()
        assert delivery.endpoint == endpoint
        assert delivery.body["type"] == "decision.final"
        assert delivery.body["data"]["outcome"] == "hide"
        assert delivery.body["data"]["reason"] == "nummer"
        assert Event.objects.filter(kind="decision.final").count() == 1

    def test_does_it_once(self, moderator: User, at: datetime) -> None:
        WebhookEndpointFactory()
        decide(held(ReviewFactory(), moderator, at), moderator, at)
        assert [finalise(at + WINDOW), finalise(at + WINDOW)] == [1, 0]
        assert Delivery.objects.count() == 1

    def test_never_gives_a_number_twice_not_even_after_an_erasure(
        self, moderator: User, at: datetime
    ) -> None:
        decide(held(ReviewFactory(), moderator, at), moderator, at)
        finalise(at + WINDOW)
        with erasure_gate():
            erase(Decision.objects.all())
        later = decide(held(ReviewFactory(), moderator, at), moderator, at)
        finalise(at + WINDOW)
        later.refresh_from_db()
        assert later.sequence == 2


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    """Promise 1: no item is decided twice, raced by real connections at a barrier."""

    def race(self, *calls: tuple[User, Callable[[], Any]]) -> list[str]:
        return sorted(type(one).__name__ for one in at_once(*calls))

    def test_two_tabs_of_one_person_decide_once(self, moderator: User, at: datetime) -> None:
        for _round in range(10):
            review = held(ReviewFactory(), moderator, at)
            call = (moderator, partial(decide, review, moderator, at))
            assert self.race(call, call) == ["Decision", "ReviewClosed"]

    def test_a_decision_and_a_takeover(self, moderator: User, other_moderator: User, at: datetime) -> None:
        end = at + timedelta(minutes=10)
        for _round in range(10):
            review = held(ReviewFactory(), moderator, at)
            got = self.race(
                (moderator, partial(decide, review, moderator, end - timedelta(seconds=1))),
                (other_moderator, partial(held, review, other_moderator, end)),
            )
            assert got in (["Decision", "ReviewClosed"], ["LeaseLost", "Review"])

    def test_an_undo_and_the_end_of_its_window(self, moderator: User, at: datetime) -> None:
        WebhookEndpointFactory()
        for _round in range(10):
            Delivery.objects.all().delete()
            decision = decide(held(ReviewFactory(), moderator, at), moderator, at)
            got = at_once(
                (
                    moderator,
                    partial(
                        undo_decision,
                        actor=moderator,
                        decision_id=decision.pk,
                        at=at + timedelta(seconds=59),
                    ),
                ),
                (moderator, lambda: finalise(at + WINDOW)),
            )
            decision.refresh_from_db()
            undone = isinstance(got[0], Decision)
            assert decision.state == (DecisionState.UNDONE if undone else DecisionState.FINAL)
            assert Delivery.objects.count() == (0 if undone else 1)
            finalise(at + WINDOW)
            assert Delivery.objects.count() == (0 if undone else 1)

    def test_two_sweepers_give_every_decision_one_number(self, moderator: User, at: datetime) -> None:
        for _each in range(20):
            decide(held(ReviewFactory(), moderator, at), moderator, at)
        at_once(*[(moderator, lambda: finalise_due(actor=moderator, at=at + WINDOW, limit=7))] * 4)
        while finalise(at + WINDOW):
            pass
        numbers = Decision.objects.order_by("sequence").values_list("sequence", flat=True)
        assert list(numbers) == list(range(1, 21))
