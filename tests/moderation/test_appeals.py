"""A member objects, somebody else judges, and the platform hears both."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from backoffice.audit.models import Event
from backoffice.outbox.models import Delivery, Mail, MailState
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from backoffice.staff.policy import NotAllowed
from backoffice.staff.system import DELIVERY, INTAKE, system_user
from moderation.choices import APPEALABLE, DecisionState, Outcome, Queue, ReviewState
from moderation.models import Appeal, Decision, HelpRequest, Review
from moderation.services.appeals import (
    AppealedBefore,
    AppealRefused,
    DecisionUnknown,
    receive_appeal,
    take_in_appeal,
)
from moderation.services.closing import ReasonMissing
from moderation.services.decisions import decide_review, finalise_due, undo_decision
from moderation.services.erasure import erase_account, erase_requests
from moderation.services.intake import receive_records
from moderation.services.leases import claim_next, claim_review
from moderation.services.records import HelpRequestRecord
from tests.barrier import at_once
from tests.factories import (
    HelpRequestFactory,
    ProfileFactory,
    ReviewFactory,
    StaffFactory,
    WebhookEndpointFactory,
)

pytestmark = pytest.mark.django_db
RULE = {
    Outcome.APPROVE: [],
    Outcome.REQUEST_CHANGE: ["1.1"],
    Outcome.HIDE: ["1.1"],
    Outcome.HOLD_ACCOUNT: ["4.4"],
}


def decided(moderator: User, at: datetime, outcome: Outcome = Outcome.HIDE, **fields: Any) -> Decision:
    """A final decision of `moderator` about a request."""
    review = ReviewFactory(help_request=HelpRequestFactory(**fields))
    lease = claim_review(actor=moderator, review_id=review.pk, at=at)
    decision = decide_review(
        actor=moderator,
        review_id=review.pk,
        epoch=lease.epoch,
        version=1,
        outcome=outcome,
        policies=RULE[outcome],
        reason="Er staat een nummer in",
        at=at,
    )
    finalise_due(actor=system_user(DELIVERY), at=at + timedelta(minutes=2))
    decision.refresh_from_db()
    return decision


def appeal_of(decision: Decision, at: datetime, **changed: Any) -> tuple[Appeal, bool]:
    given: dict[str, Any] = {
        "site": "wehelpen.nl",
        "external_id": "b-1",
        "decision_id": decision.pk,
        "text": "Dat nummer is van de huisartsenpost.",
        **changed,
    }
    return receive_appeal(actor=system_user(INTAKE), at=at, **given)


def rule(appeal: Appeal, actor: User, at: datetime, outcome: Outcome, reason: str = "Klopt") -> Decision:
    lease = claim_review(actor=actor, review_id=appeal.review_id, at=at)
    return decide_review(
        actor=actor,
        review_id=appeal.review_id,
        epoch=lease.epoch,
        version=appeal.review.version,
        outcome=outcome,
        reason=reason,
        at=at,
    )


class TestReceiveAppeal:
    def test_opens_a_review_that_the_first_decider_cannot_take(
        self, moderator: User, other_moderator: User, at: datetime
    ) -> None:
        appeal, new = appeal_of(decided(moderator, at), at + timedelta(days=3))
        assert new
        assert (appeal.review.queue, appeal.review.state) == (Queue.APPEALS, ReviewState.PENDING)
        assert claim_next(actor=moderator, queue=Queue.APPEALS, at=at + timedelta(days=3)) is None
        with pytest.raises(NotAllowed) as refusal:
            claim_review(actor=moderator, review_id=appeal.review_id, at=at)
        assert refusal.value.code == "decided_before"
        lease = claim_next(actor=other_moderator, queue=Queue.APPEALS, at=at + timedelta(days=3))
        assert lease
        assert lease.review_id == appeal.review_id
        event = Event.objects.get(kind="appeal.received")
        assert "huisartsenpost" not in str(event.data)

    def test_is_idempotent_by_its_number(self, moderator: User, at: datetime) -> None:
        decision = decided(moderator, at)
        first, _new = appeal_of(decision, at + timedelta(days=1))
        again, new = appeal_of(decision, at + timedelta(days=2), text="Nog eens")
        assert (again.pk, again.text, new) == (first.pk, first.text, False)
        assert Review.objects.filter(queue=Queue.APPEALS).count() == 1

    def test_is_taken_once_for_each_decision(self, moderator: User, at: datetime) -> None:
        decision = decided(moderator, at)
        appeal_of(decision, at + timedelta(days=1))
        with pytest.raises(AppealedBefore):
            appeal_of(decision, at + timedelta(days=1), external_id="b-2")

    def test_keeps_a_number_to_one_decision(self, moderator: User, at: datetime) -> None:
        appeal_of(decided(moderator, at), at + timedelta(days=1))
        with pytest.raises(AppealedBefore) as refusal:
            appeal_of(decided(moderator, at), at + timedelta(days=1))
        assert refusal.value.field == "appeal_id"

    @pytest.mark.parametrize(
        ("days_later", "taken"), [(1, True), (180, True), (181, True), (182, False), (400, False)]
    )
    def test_is_open_for_six_months(
        self, moderator: User, at: datetime, days_later: int, taken: bool
    ) -> None:
        # 17 November 2026 and six months is 17 May 2027, 181 days later: the last day
        decision = decided(moderator, at)
        if taken:
            assert appeal_of(decision, at + timedelta(days=days_later))[1]
        else:
            with pytest.raises(NotAllowed) as refusal:
                appeal_of(decision, at + timedelta(days=days_later))
            assert refusal.value.code == "too_late"

    @pytest.mark.parametrize("outcome", sorted(APPEALABLE))
    def test_takes_everything_that_restricts(self, moderator: User, at: datetime, outcome: Outcome) -> None:
        assert appeal_of(decided(moderator, at, outcome), at + timedelta(days=1))[1]

    def test_refuses_an_approval(self, moderator: User, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            appeal_of(decided(moderator, at, Outcome.APPROVE), at + timedelta(days=1))

    def test_refuses_what_can_still_be_taken_back(self, moderator: User, at: datetime) -> None:
        decision = decided(moderator, at)
        Decision.objects.get(pk=decision.pk)
        decision.state, decision.sequence, decision.final_at = DecisionState.HELD, None, None
        decision.store(reason="test", at=at)
        with pytest.raises(NotAllowed):
            appeal_of(decision, at)

    @pytest.mark.parametrize("text", ["", "  \n", "x" * 10_001])
    def test_refuses_nothing_and_too_much(self, moderator: User, at: datetime, text: str) -> None:
        decision = decided(moderator, at)
        with pytest.raises(AppealRefused) as refusal:
            appeal_of(decision, at, text=text)
        assert refusal.value.field == "text"
        assert not Appeal.objects.exists()

    def test_knows_no_decisions_of_another_site(self, moderator: User, at: datetime) -> None:
        decision = decided(moderator, at)
        for changed in ({"site": "huppla.nl"}, {"decision_id": uuid4()}):
            with pytest.raises(DecisionUnknown):
                appeal_of(decision, at, **changed)

    def test_is_confirmed_in_a_letter_once(self, moderator: User, at: datetime) -> None:
        profile = ProfileFactory(member_id="m-5", email="fatima@voorbeeld.nl", wants_mail=False)
        decision = decided(moderator, at, member_id=profile.member_id, title="Tuin op orde")
        for days in (1, 2):
            appeal_of(decision, at + timedelta(days=days))
        said = Mail.objects.get(template="appeal_receipt")
        assert (said.recipient, said.state) == ("fatima@voorbeeld.nl", MailState.WAITING)
        assert "op 18 november 2026" in said.body
        assert "van 17 november 2026: “Je tekst “Tuin op orde” is niet meer zichtbaar”" in said.body
        assert "huisartsenpost" not in said.body

    def test_is_not_confirmed_where_we_have_no_address(self, moderator: User, at: datetime) -> None:
        appeal_of(decided(moderator, at), at)
        assert not Mail.objects.exists()


class TestTakeInAppeal:
    def test_is_for_the_servicedesk(self, moderator: User, at: datetime) -> None:
        decision = decided(moderator, at)
        servicedesk = StaffFactory(role=Role.SERVICEDESK)
        appeal = take_in_appeal(actor=servicedesk, decision_id=decision.pk, text="Belde op", at=at)
        assert (appeal.channel, appeal.external_id) == ("servicedesk", "")
        with pytest.raises(NotAllowed):
            take_in_appeal(actor=moderator, decision_id=decision.pk, text="Belde op", at=at)


class TestRuling:
    def test_overturns_with_a_decision_of_its_own_that_the_platform_hears(
        self, moderator: User, other_moderator: User, at: datetime
    ) -> None:
        WebhookEndpointFactory()
        decision = decided(moderator, at)
        appeal, _new = appeal_of(decision, at + timedelta(days=1))
        ruling = rule(appeal, other_moderator, at + timedelta(days=1), Outcome.OVERTURN)
        finalise_due(actor=system_user(DELIVERY), at=at + timedelta(days=1, minutes=2))
        told = [d.body["data"] for d in Delivery.objects.order_by("created_at")]
        assert [(one["outcome"], one["rules_on"]) for one in told] == [
            ("hide", None),
            ("overturn", str(decision.pk)),
        ]
        assert told[1]["subject"] == told[0]["subject"]
        assert Appeal.objects.get().ruling == ruling

    def test_can_be_taken_back_inside_its_window(
        self, moderator: User, other_moderator: User, at: datetime
    ) -> None:
        appeal, _new = appeal_of(decided(moderator, at), at)
        ruling = rule(appeal, other_moderator, at, Outcome.UPHOLD)
        undo_decision(actor=other_moderator, decision_id=ruling.pk, at=at + timedelta(seconds=30))
        review = Review.objects.get(pk=appeal.review_id)
        assert (review.state, review.version) == (ReviewState.PENDING, 1)
        assert Appeal.objects.get().ruling is None

    @pytest.mark.parametrize("outcome", [Outcome.UPHOLD, Outcome.OVERTURN])
    def test_needs_its_reason(
        self, moderator: User, other_moderator: User, at: datetime, outcome: Outcome
    ) -> None:
        appeal, _new = appeal_of(decided(moderator, at), at)
        with pytest.raises(ReasonMissing):
            rule(appeal, other_moderator, at, outcome, reason=" ")

    @pytest.mark.parametrize("outcome", [Outcome.APPROVE, Outcome.HIDE, Outcome.CONFIRM_UNDER_16])
    def test_is_nothing_else(
        self, moderator: User, other_moderator: User, at: datetime, outcome: Outcome
    ) -> None:
        appeal, _new = appeal_of(decided(moderator, at), at)
        with pytest.raises(NotAllowed):
            rule(appeal, other_moderator, at, outcome)

    def test_is_not_for_a_first_look(self, moderator: User, at: datetime) -> None:
        review = ReviewFactory()
        claim_review(actor=moderator, review_id=review.pk, at=at)
        with pytest.raises(NotAllowed):
            decide_review(
                actor=moderator,
                review_id=review.pk,
                epoch=1,
                version=1,
                outcome=Outcome.OVERTURN,
                reason="x",
                at=at,
            )

    def test_goes_about_the_text_as_it_was_decided_on(
        self, moderator: User, other_moderator: User, at: datetime
    ) -> None:
        decision = decided(moderator, at, request_id="r-9", member_id="m-9")
        appeal, _new = appeal_of(decision, at + timedelta(days=1))
        record = HelpRequestRecord(
            site="wehelpen.nl",
            request_id="r-9",
            revision=2,
            member_id="m-9",
            kind="request",
            title="Een heel andere titel",
            text="Een heel andere tekst",
        )
        receive_records(actor=system_user(INTAKE), records=[record], at=at + timedelta(days=1))
        review = Review.objects.get(pk=appeal.review_id)
        assert review.version == 1
        assert Review.objects.filter(queue=Queue.HELP_REQUESTS, state=ReviewState.PENDING).count() == 1
        assert rule(appeal, other_moderator, at + timedelta(days=1), Outcome.UPHOLD).version == 1

    def test_is_possible_after_the_text_was_taken_away(
        self, moderator: User, other_moderator: User, at: datetime
    ) -> None:
        appeal, _new = appeal_of(decided(moderator, at), at)
        erase_requests(requests=list(HelpRequest.objects.all()), actor=system_user(INTAKE), at=at)
        assert Review.objects.get(pk=appeal.review_id).state == ReviewState.PENDING
        assert rule(appeal, other_moderator, at, Outcome.OVERTURN).outcome == Outcome.OVERTURN


class TestClosedAccount:
    def test_takes_its_appeals_along(self, moderator: User, other_moderator: User, at: datetime) -> None:
        decision = decided(moderator, at, member_id="m-7")
        appeal, _new = appeal_of(decision, at)
        rule(appeal, other_moderator, at, Outcome.UPHOLD)
        erase_account(actor=system_user(INTAKE), site="wehelpen.nl", member_id="m-7", at=at)
        assert not Appeal.objects.exists()
        assert not Appeal.history.exists()
        assert not Decision.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def test_one_of_two_appeals_is_taken(self, moderator: User, at: datetime) -> None:
        for round_ in range(5):
            decision = decided(moderator, at)
            servicedesk = StaffFactory(role=Role.SERVICEDESK)
            got = at_once(
                (servicedesk, partial(appeal_of, decision, at, external_id=f"b-{round_}")),
                (
                    servicedesk,
                    partial(take_in_appeal, actor=servicedesk, decision_id=decision.pk, text="Belde", at=at),
                ),
            )
            assert sum(isinstance(one, AppealedBefore) for one in got) == 1
            assert Appeal.objects.filter(decision=decision).count() == 1

    def test_one_number_goes_to_one_of_two_decisions(self, moderator: User, at: datetime) -> None:
        for round_ in range(4):
            both = [decided(moderator, at) for _ in range(2)]
            acts = system_user(INTAKE)
            number = f"x-{round_}"
            got = at_once(*[(acts, partial(appeal_of, one, at, external_id=number)) for one in both])
            refused: list[Any] = [one for one in got if isinstance(one, Exception)]
            assert [(type(one), one.field) for one in refused] == [(AppealedBefore, "appeal_id")], refused
            assert Appeal.objects.filter(external_id=number).count() == 1
