"""A blind second look: drawn fairly, judged without knowing, settled by a third."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from pytest_django import Settings

from backoffice.audit.models import Event
from backoffice.outbox.models import Delivery
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from backoffice.staff.policy import NotAllowed
from backoffice.staff.system import DELIVERY, INTAKE, system_user
from moderation.choices import DRAWN, Outcome, Queue, ReviewState, Settlement
from moderation.models import Decision, Note, Review, SecondLook, Signal
from moderation.selectors.second_looks import agreement_by_reason, to_settle
from moderation.services.closing import ReasonMissing
from moderation.services.decisions import decide_review, finalise_due
from moderation.services.drawing import draw_second_looks
from moderation.services.erasure import erase_account
from moderation.services.grounds import HouseRuleMissing
from moderation.services.leases import LeaseLost, claim_next, claim_review
from moderation.services.second_looks import NothingToSettle, judge_again, settle_second_look
from tests.barrier import at_once
from tests.desk.conftest import Desk
from tests.factories import (
    HelpRequestFactory,
    ReviewFactory,
    StaffFactory,
    WebhookEndpointFactory,
)

pytestmark = pytest.mark.django_db
RULE = {Outcome.REQUEST_CHANGE: ["1.1"], Outcome.HIDE: ["1.1"], Outcome.HOLD_ACCOUNT: ["4.4"]}


@pytest.fixture(autouse=True)
def _all_are_drawn(settings: Settings) -> None:
    settings.SECOND_LOOK_SHARE = 1


def decide(actor: User, at: datetime, outcome: Outcome = Outcome.HIDE, **fields: Any) -> Decision:
    review = ReviewFactory(help_request=HelpRequestFactory(**fields))
    Signal.objects.create(
        review=review, version=1, code="link", field="title", start=0, end=3, points=9, dismissed_by=actor,
        dismissed_at=at,
    )  # fmt: skip
    lease = claim_review(actor=actor, review_id=review.pk, at=at)
    return decide_review(
        actor=actor,
        review_id=review.pk,
        epoch=lease.epoch,
        version=1,
        outcome=outcome,
        policies=RULE.get(outcome, []),
        reason="Er staat een nummer in",
        message="Een tip." if outcome == Outcome.TIP else "",
        at=at,
    )


def finalise(at: datetime, limit: int = 500) -> int:
    """Let undo windows close, and draw from what became final."""
    delivery = system_user(DELIVERY)
    finalise_due(actor=delivery, at=at, limit=limit)
    return draw_second_looks(actor=delivery, at=at, limit=limit)


def drawn(actor: User, at: datetime, outcome: Outcome = Outcome.HIDE, **fields: Any) -> SecondLook:
    decision = decide(actor, at, outcome, **fields)
    finalise(at + timedelta(minutes=2))
    return SecondLook.objects.get(decision=decision)


def judge(look: SecondLook, actor: User, at: datetime, outcome: Outcome, **given: Any) -> SecondLook:
    lease = claim_review(actor=actor, review_id=look.review_id, at=at)
    given = {"policies": RULE.get(outcome, []), "reason": "Zie ik zo", "epoch": lease.epoch, **given}
    return judge_again(actor=actor, review_id=look.review_id, version=1, outcome=outcome, at=at, **given)


class TestDrawing:
    @pytest.mark.parametrize("share", [0.05, 0.25, 0.5])
    def test_takes_exactly_its_share_of_each_kind_of_each_person(
        self, moderator: User, other_moderator: User, settings: Settings, at: datetime, share: float
    ) -> None:
        settings.SECOND_LOOK_SHARE = share
        for person in (moderator, other_moderator):
            for outcome in (Outcome.APPROVE, Outcome.HIDE):
                for _ in range(20):
                    decide(person, at, outcome)
        for minutes in range(2, 12):
            finalise(at + timedelta(minutes=minutes), limit=13)
        for person in (moderator, other_moderator):
            for outcome in (Outcome.APPROVE, Outcome.HIDE):
                looks = SecondLook.objects.filter(decision__decided_by=person, decision__outcome=outcome)
                assert looks.count() == 20 * share

    def test_looks_at_every_decision_once(self, moderator: User, at: datetime) -> None:
        for _ in range(5):
            decide(moderator, at)
        assert [finalise(at + timedelta(minutes=2), limit=3) for _ in range(4)] == [3, 2, 0, 0]
        assert SecondLook.objects.count() == 5

    @pytest.mark.django_db(transaction=True)
    def test_passes_over_what_is_erased_meanwhile(self, moderator: User, at: datetime) -> None:
        for number in range(5):
            member = f"m-gone-{number}"
            decide(moderator, at, member_id=member)
            finalise_due(actor=system_user(DELIVERY), at=at + timedelta(minutes=2))
            intake = system_user(INTAKE)
            got = at_once(
                (intake, partial(erase_account, actor=intake, site="wehelpen.nl", member_id=member, at=at)),
                (moderator, partial(draw_second_looks, actor=system_user(DELIVERY), at=at)),
            )
            assert not [one for one in got if isinstance(one, Exception)]
            assert not Review.objects.filter(member_id=member).exists()

    def test_takes_nothing_when_it_is_off(self, moderator: User, settings: Settings, at: datetime) -> None:
        settings.SECOND_LOOK_SHARE = 0
        decide(moderator, at)
        assert finalise(at + timedelta(minutes=2)) == 1
        assert not SecondLook.objects.exists()

    def test_cannot_be_foretold_from_the_order(
        self, moderator: User, settings: Settings, at: datetime
    ) -> None:
        settings.SECOND_LOOK_SHARE = 0.25
        places = []
        for _block in range(8):
            block = [decide(moderator, at + timedelta(seconds=n)) for n in range(4)]
            finalise(at + timedelta(minutes=2))
            (look,) = SecondLook.objects.filter(decision__in=block)
            places.append(block.index(look.decision))
        assert len(set(places)) > 1

    @pytest.mark.parametrize("outcome", sorted(DRAWN))
    def test_opens_a_review_for_somebody_else(
        self, moderator: User, other_moderator: User, at: datetime, outcome: Outcome
    ) -> None:
        look = drawn(moderator, at, outcome)
        assert claim_next(actor=moderator, queue=Queue.SECOND_LOOKS, at=at) is None
        lease = claim_next(actor=other_moderator, queue=Queue.SECOND_LOOKS, at=at)
        assert lease
        assert lease.review_id == look.review_id


class TestTheDesk:
    def test_does_not_tell_what_was_decided(
        self, moderator: User, other_moderator: User, at: datetime
    ) -> None:
        look = drawn(moderator, at)
        assert look.decision.review
        Note.objects.create(review=look.decision.review, author=moderator, text="Verborgen, reclame", at=at)
        Review.objects.filter(pk=look.review_id)
        html = Desk(other_moderator).next("second-looks")["item"]["html"]
        assert "Er staat een nummer in" not in html
        assert "Verborgen, reclame" not in html
        assert moderator.display_name not in html
        assert "is-dismissed" not in html
        assert 'data-panel="hide"' in html

    def test_takes_the_judgement_and_decides_nothing(
        self, moderator: User, other_moderator: User, at: datetime
    ) -> None:
        WebhookEndpointFactory()
        look = drawn(moderator, at)
        told = Delivery.objects.count()
        desk = Desk(other_moderator)
        desk.next("second-looks")
        review = Review.objects.get(pk=look.review_id)
        assert desk.do("decide", review, outcome="approve").status_code == 200
        look.refresh_from_db()
        assert (look.outcome, look.agrees) == ("approve", False)
        finalise(at + timedelta(days=1))
        assert (Decision.objects.count(), Delivery.objects.count()) == (1, told)


class TestJudgeAgain:
    @pytest.mark.parametrize(
        ("judgements", "agrees"),
        [
            ((Outcome.APPROVE, Outcome.APPROVE, []), True),
            ((Outcome.APPROVE, Outcome.HIDE, ["1.1"]), False),
            ((Outcome.HIDE, Outcome.HIDE, ["1.1"]), True),
            ((Outcome.HIDE, Outcome.HIDE, ["1.1", "1.4"]), True),
            ((Outcome.HIDE, Outcome.HIDE, ["2.1"]), False),
            ((Outcome.HIDE, Outcome.REQUEST_CHANGE, ["1.1"]), False),
        ],
    )
    def test_compares_outcome_and_house_rule(
        self,
        moderator: User,
        other_moderator: User,
        at: datetime,
        judgements: tuple[Outcome, Outcome, list[str]],
        agrees: bool,
    ) -> None:
        first, second, policies = judgements
        look = judge(drawn(moderator, at, first), other_moderator, at, second, policies=policies)
        assert look.agrees is agrees
        assert Event.objects.get(kind="second_look.judged").data == {"agrees": agrees}

    def test_asks_for_what_a_decision_asks_for(
        self, moderator: User, other_moderator: User, at: datetime
    ) -> None:
        look = drawn(moderator, at)
        with pytest.raises(ReasonMissing):
            judge(look, other_moderator, at, Outcome.HIDE, reason="")
        with pytest.raises(HouseRuleMissing):
            judge(look, other_moderator, at, Outcome.HIDE, policies=[])
        with pytest.raises(LeaseLost):
            judge(look, other_moderator, at, Outcome.HIDE, epoch=9)
        with pytest.raises(NotAllowed):
            judge(look, other_moderator, at, Outcome.OVERTURN)

    def test_is_not_for_the_first_decider_nor_instead_of_a_decision(
        self, moderator: User, other_moderator: User, at: datetime
    ) -> None:
        look = drawn(moderator, at)
        with pytest.raises(NotAllowed):
            judge(look, moderator, at, Outcome.APPROVE)
        lease = claim_review(actor=other_moderator, review_id=look.review_id, at=at)
        with pytest.raises(NotAllowed):
            decide_review(
                actor=other_moderator,
                review_id=look.review_id,
                epoch=lease.epoch,
                version=1,
                outcome=Outcome.APPROVE,
                at=at,
            )


class TestSettleSecondLook:
    def differing(self, first: User, second: User, at: datetime) -> SecondLook:
        return judge(drawn(first, at), second, at, Outcome.APPROVE)

    def test_opens_the_item_again_when_the_second_was_right(
        self, moderator: User, other_moderator: User, coordinator: User, at: datetime
    ) -> None:
        look = self.differing(moderator, other_moderator, at)
        settle_second_look(
            actor=coordinator, look_id=look.pk, settlement=Settlement.SECOND, note="Nummer mag", at=at
        )
        again = Review.objects.get(queue=Queue.HELP_REQUESTS, state=ReviewState.PENDING)
        assert again.not_for == moderator
        assert not to_settle().exists()

    def test_leaves_the_item_when_the_first_was_right(
        self, moderator: User, other_moderator: User, coordinator: User, at: datetime
    ) -> None:
        look = self.differing(moderator, other_moderator, at)
        settle_second_look(actor=coordinator, look_id=look.pk, settlement=Settlement.FIRST, at=at)
        assert not Review.objects.filter(state=ReviewState.PENDING).exists()
        with pytest.raises(NothingToSettle):
            settle_second_look(actor=coordinator, look_id=look.pk, settlement=Settlement.BOTH, at=at)

    def test_is_not_for_one_of_the_two(self, moderator: User, coordinator: User, at: datetime) -> None:
        look = self.differing(moderator, coordinator, at)
        with pytest.raises(NotAllowed) as refusal:
            settle_second_look(actor=coordinator, look_id=look.pk, settlement=Settlement.FIRST, at=at)
        assert refusal.value.code == "judged_before"
        with pytest.raises(NotAllowed):
            settle_second_look(actor=moderator, look_id=look.pk, settlement=Settlement.FIRST, at=at)

    def test_is_not_about_what_they_agreed_on(
        self, moderator: User, other_moderator: User, coordinator: User, at: datetime
    ) -> None:
        look = judge(drawn(moderator, at), other_moderator, at, Outcome.HIDE)
        with pytest.raises(NothingToSettle):
            settle_second_look(actor=coordinator, look_id=look.pk, settlement=Settlement.FIRST, at=at)

    @pytest.mark.django_db(transaction=True)
    def test_is_done_once_by_two_at_the_same_moment(
        self, moderator: User, other_moderator: User, coordinator: User, at: datetime
    ) -> None:
        look = self.differing(moderator, other_moderator, at)
        third = StaffFactory(role=Role.COORDINATOR)
        got = at_once(
            *[
                (
                    who,
                    lambda who=who: settle_second_look(
                        actor=who, look_id=look.pk, settlement=Settlement.SECOND, at=at
                    ),
                )
                for who in (coordinator, third)
            ]
        )
        assert sum(isinstance(one, NothingToSettle) for one in got) == 1
        assert Review.objects.filter(queue=Queue.HELP_REQUESTS, state=ReviewState.PENDING).count() == 1


class TestThePage:
    def test_shows_both_judgements_and_takes_the_third(
        self, moderator: User, other_moderator: User, coordinator: User, at: datetime
    ) -> None:
        look = judge(drawn(moderator, at), other_moderator, at, Outcome.APPROVE)
        desk = Desk(coordinator)
        page = desk.browser.get("/second-looks/").content.decode()
        assert moderator.display_name in page
        assert other_moderator.display_name in page
        answer = desk.browser.post(f"/second-looks/{look.pk}/settle/", {"settlement": "both", "note": ""})
        assert (answer.status_code, answer["Location"]) == (303, "/second-looks/")
        assert SecondLook.objects.get().settlement == Settlement.BOTH

    def test_is_for_coordinators(self, moderator: User, at: datetime) -> None:
        assert Desk(moderator).browser.get("/second-looks/").status_code == 403

    def test_settles_nothing_by_looking_or_by_nonsense(
        self, moderator: User, other_moderator: User, coordinator: User, at: datetime
    ) -> None:
        look = judge(drawn(moderator, at), other_moderator, at, Outcome.APPROVE)
        desk = Desk(coordinator)
        assert desk.browser.get(f"/second-looks/{look.pk}/settle/").status_code == 405
        desk.browser.post(f"/second-looks/{look.pk}/settle/", {"settlement": "x"})
        assert SecondLook.objects.get().settlement == ""

    def test_says_how_far_people_agree(self, moderator: User, other_moderator: User, at: datetime) -> None:
        judge(drawn(moderator, at), other_moderator, at, Outcome.HIDE)
        judge(drawn(moderator, at), other_moderator, at, Outcome.APPROVE)
        outcome, rule = agreement_by_reason(since=at)
        assert (outcome.agreement.pairs, outcome.agreement.same) == (2, 1)
        assert str(rule.about).startswith("1.1 ")


class TestClosedAccount:
    def test_takes_its_second_looks_along(self, moderator: User, other_moderator: User, at: datetime) -> None:
        judge(drawn(moderator, at, member_id="m-7"), other_moderator, at, Outcome.HIDE)
        erase_account(actor=system_user(INTAKE), site="wehelpen.nl", member_id="m-7", at=at)
        assert not SecondLook.objects.exists()
        assert not SecondLook.history.exists()
