"""Somebody may be in danger: it goes to the top at once, and what was done is written down for good."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import InternalError, ProgrammingError, transaction

from backoffice.audit.models import Event
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from backoffice.staff.policy import NotAllowed
from moderation.choices import DangerDeed, Outcome, Queue
from moderation.models import DangerStep, Lease, Review
from moderation.selectors.danger import steps_about
from moderation.services.danger import (
    CorrectedBefore,
    StepRefused,
    correct_step,
    record_step,
    report_danger,
)
from moderation.services.decisions import decide_review
from moderation.services.erasure import erase_account
from moderation.services.leases import (
    EscalationReasonMissing,
    LeaseLost,
    ReviewClosed,
    claim_next,
    claim_review,
    escalate_review,
)
from tests.barrier import at_once
from tests.factories import HelpRequestFactory, ProfileFactory, ReviewFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review() -> Review:
    profile = ProfileFactory(first_name="Marijke", last_name="Hoogendoorn", phone="06-12345678")
    made: Review = ReviewFactory(help_request=HelpRequestFactory(member_id=profile.member_id))
    return made


def told(review: Review) -> list[tuple[str, bool]]:
    steps = steps_about(site=review.site, member_id=review.member_id)
    return [(step.deed, hasattr(step, "correction")) for step in steps]


class TestReportDanger:
    def test_goes_before_what_was_only_escalated(
        self, moderator: User, coordinator: User, at: datetime
    ) -> None:
        first, second = ReviewFactory(), ReviewFactory()
        lease = claim_review(actor=moderator, review_id=first.pk, at=at)
        escalate_review(actor=moderator, review_id=first.pk, epoch=lease.epoch, reason="Lees", at=at)
        report_danger(actor=moderator, review_id=second.pk, reason="Zegt dat het op is", at=at)
        top = claim_next(actor=coordinator, queue=Queue.URGENT, at=at)
        assert top is not None
        assert top.review == second
        assert top.review.reasons[0] == {"code": "danger", "points": 240}

    def test_needs_no_lease_and_takes_it_from_who_has_it(
        self, moderator: User, other_moderator: User, review: Review, at: datetime
    ) -> None:
        lease = claim_review(actor=other_moderator, review_id=review.pk, at=at)
        report_danger(actor=moderator, review_id=review.pk, reason="Dreigt", at=at)
        assert not Lease.objects.filter(expires_at__gt=at).exists()
        with pytest.raises((LeaseLost, NotAllowed)):
            decide_review(
                actor=other_moderator,
                review_id=review.pk,
                epoch=lease.epoch,
                version=1,
                outcome=Outcome.APPROVE,
                at=at,
            )
        assert told(review) == [(DangerDeed.HANDED_UP, False)]

    def test_lifts_what_was_escalated_before_and_keeps_both_reasons(
        self, moderator: User, review: Review, at: datetime
    ) -> None:
        lease = claim_review(actor=moderator, review_id=review.pk, at=at)
        escalate_review(actor=moderator, review_id=review.pk, epoch=lease.epoch, reason="Twijfel", at=at)
        lifted = report_danger(actor=moderator, review_id=review.pk, reason="Dreigt", at=at)
        assert lifted.escalation_reason == "Dreigt\nTwijfel"
        with pytest.raises(NotAllowed) as refusal:
            report_danger(actor=moderator, review_id=review.pk, reason="Dreigt", at=at)
        assert refusal.value.code == "reported"

    def test_refuses_without_words_or_when_closed(
        self, moderator: User, review: Review, at: datetime
    ) -> None:
        with pytest.raises(EscalationReasonMissing):
            report_danger(actor=moderator, review_id=review.pk, reason=" ", at=at)
        closed = ReviewFactory(state="decided", closed_at=at)
        with pytest.raises(ReviewClosed):
            report_danger(actor=moderator, review_id=closed.pk, reason="Dreigt", at=at)
        assert not DangerStep.objects.exists()


class TestRecordStep:
    def test_writes_who_did_what_and_when_with_one_event(
        self, moderator: User, review: Review, at: datetime
    ) -> None:
        step = record_step(
            actor=moderator, review_id=review.pk, deed="emergency", note=" Komen eraan ", at=at
        )
        assert (step.by, step.at, step.note) == (moderator, at, "Komen eraan")
        event = Event.objects.get(kind="danger.step_recorded")
        assert (event.actor, event.subject_id) == (moderator, str(review.pk))
        assert event.data == {"step_id": step.pk, "deed": "emergency"}

    def test_goes_on_after_the_item_was_decided(self, moderator: User, at: datetime) -> None:
        closed = ReviewFactory(state="decided", closed_at=at)
        record_step(actor=moderator, review_id=closed.pk, deed="veilig_thuis", at=at)
        assert told(closed) == [(DangerDeed.VEILIG_THUIS, False)]

    @pytest.mark.parametrize(
        ("given", "code"),
        [
            ({"deed": "prayed"}, "invalid"),
            ({"deed": "handed_up"}, "invalid"),
            ({"deed": "police", "note": "x" * 301}, "invalid"),
            ({"deed": "police", "note": "Mevrouw Hoogendoorn gebeld"}, "names"),
            ({"deed": "police", "note": "Zegt dat ze op 06 1234 5678 te bereiken is"}, "names"),
        ],
    )
    def test_refuses_what_cannot_stand_there(
        self, moderator: User, review: Review, at: datetime, given: dict[str, str], code: str
    ) -> None:
        with pytest.raises(StepRefused) as refusal:
            record_step(actor=moderator, review_id=review.pk, at=at, **given)
        assert (refusal.value.code, refusal.value.field) == (code, list(given)[-1])
        assert "oogendoorn" not in str(refusal.value)
        assert not DangerStep.objects.exists()

    @pytest.mark.parametrize("role", [Role.PRIVACY_OFFICER, Role.ADMINISTRATOR, Role.SERVICEDESK])
    def test_is_for_who_decides(self, setup_acts: User, review: Review, at: datetime, role: Role) -> None:
        with pytest.raises(NotAllowed):
            record_step(actor=StaffFactory(role=role), review_id=review.pk, deed="police", at=at)


class TestCorrectStep:
    def test_adds_a_row_and_changes_none(self, moderator: User, review: Review, at: datetime) -> None:
        step = record_step(actor=moderator, review_id=review.pk, deed="police", note="Balie", at=at)
        correct_step(actor=moderator, step_id=step.pk, at=at + timedelta(minutes=1))
        assert told(review) == [(DangerDeed.POLICE, True)]
        assert DangerStep.objects.count() == 2
        assert Event.objects.get(kind="danger.step_corrected").data["deed"] == "police"
        with pytest.raises(CorrectedBefore):
            correct_step(actor=moderator, step_id=step.pk, at=at)

    def test_is_not_for_what_the_program_did_itself(
        self, moderator: User, coordinator: User, review: Review, at: datetime
    ) -> None:
        report_danger(actor=moderator, review_id=review.pk, reason="Dreigt", at=at)
        with pytest.raises(NotAllowed) as refusal:
            correct_step(actor=coordinator, step_id=DangerStep.objects.get().pk, at=at)
        assert refusal.value.code == "done"
        assert told(review) == [(DangerDeed.HANDED_UP, False)]

    def test_is_for_ones_own_and_for_coordinators(
        self, moderator: User, other_moderator: User, coordinator: User, review: Review, at: datetime
    ) -> None:
        step = record_step(actor=moderator, review_id=review.pk, deed="police", at=at)
        with pytest.raises(NotAllowed) as refusal:
            correct_step(actor=other_moderator, step_id=step.pk, at=at)
        assert refusal.value.code == "not_yours"
        assert correct_step(actor=coordinator, step_id=step.pk, at=at).corrects == step


class TestTheRecord:
    @pytest.mark.parametrize("change", [{"note": "anders"}, None])
    def test_cannot_be_changed_or_deleted_behind_its_back(
        self, moderator: User, review: Review, at: datetime, change: dict[str, str] | None
    ) -> None:
        record_step(actor=moderator, review_id=review.pk, deed="police", at=at)
        rows = DangerStep.objects.all()
        with pytest.raises((InternalError, ProgrammingError), match="refused"), transaction.atomic():
            rows.update(**change) if change else rows.delete()

    def test_goes_with_the_account(
        self, moderator: User, setup_acts: User, review: Review, at: datetime
    ) -> None:
        step = record_step(actor=moderator, review_id=review.pk, deed="police", at=at)
        correct_step(actor=moderator, step_id=step.pk, at=at)
        kept = record_step(actor=moderator, review_id=ReviewFactory().pk, deed="police", at=at)
        erase_account(actor=setup_acts, site=review.site, member_id=review.member_id, at=at)
        assert list(DangerStep.objects.all()) == [kept]


@pytest.mark.django_db(transaction=True)
def test_two_who_correct_the_same_step_write_one_row(
    moderator: User, coordinator: User, at: datetime
) -> None:
    step = record_step(actor=moderator, review_id=ReviewFactory().pk, deed="police", at=at)
    got = at_once(
        *[(who, partial(correct_step, actor=who, step_id=step.pk, at=at)) for who in (moderator, coordinator)]
    )
    assert sorted(type(one).__name__ for one in got) == ["CorrectedBefore", "DangerStep"]
