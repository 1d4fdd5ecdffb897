"""Care for who reads it all: what is hard to read is known, shared out, and can be declined."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from backoffice import clock
from backoffice.audit.models import Event
from backoffice.staff.models import User
from backoffice.staff.policy import NotAllowed
from backoffice.staff.system import INTAKE, system_user
from moderation.choices import HeavyKind, HelpKind, Outcome, PhotoLook, Queue, SkipReason
from moderation.detectors import Found
from moderation.heaviness import heavy_kinds
from moderation.models import CareSettings, HeavyLook, Lease, Review
from moderation.selectors.care import (
    care_of,
    handed_to_nobody,
    heavy_today,
    heavy_today_in_all,
    is_covered,
)
from moderation.selectors.next_item import free_in
from moderation.services.care import CareRefused, change_care, uncover
from moderation.services.danger import report_danger
from moderation.services.decisions import decide_review
from moderation.services.erasure import erase_account
from moderation.services.intake import receive_records
from moderation.services.leases import claim_next, claim_review, skip_review
from moderation.services.records import HelpRequestRecord
from tests.barrier import at_once
from tests.factories import LeaseFactory, ReviewFactory

pytestmark = pytest.mark.django_db
QUEUE = Queue.HELP_REQUESTS
HOUR = timedelta(hours=1)


def sets(user: User, at: datetime, **fields: Any) -> CareSettings:
    given = {"photos": "covered", "declined": (), "heavy_a_day": 10, **fields}
    return change_care(actor=user, at=at, **given)


def heavy(*kinds: str, **fields: Any) -> Review:
    return ReviewFactory(heavy=list(kinds or ("crisis",)), **fields)


def next_of(user: User, at: datetime, besides: Collection[Review] = ()) -> Review | None:
    lease = claim_next(actor=user, queue=QUEUE, at=at, besides=[one.pk for one in besides])
    return lease.review if lease else None


def has_read(user: User, count: int, at: datetime) -> None:
    """Let somebody have uncovered so many heavy items today, all decided by now."""
    for _ in range(count):
        review = heavy(state="decided", closed_at=at)
        uncover(actor=user, review_id=review.pk, at=at)


def is_at_work(user: User, at: datetime) -> Lease:
    return LeaseFactory(review=ReviewFactory(), holder=user, taken_at=at)


class TestWhatIsHardToRead:
    @pytest.mark.parametrize(
        ("found", "kinds"),
        [
            ((), ""),
            ((("phone_number", "contact_in_text", 1),), ""),
            ((("suicidal", "self_harm_crisis", 3),), "crisis"),
            ((("menace", "threat", 3), ("suicidal", "self_harm_crisis", 3)), "crisis violence"),
            ((("insult", "hate_insult", 1),), ""),
            ((("discrimination", "hate_insult", 2),), "hate"),
            ((("dating", "romantic_sexual", 2),), ""),
            ((("sexual", "romantic_sexual", 2),), "sexual"),
            ((("young_age", "minor", 2),), ""),
            ((("child_in_danger", "minor", 3),), "child"),
            ((("young_age", "minor", 2), ("sexual", "romantic_sexual", 2)), "sexual child"),
        ],
    )
    def test_follows_from_what_was_found(self, found: tuple[tuple[str, str, int], ...], kinds: str) -> None:
        seen = [Found(code, "text", 0, 1, 1, {}, flag, severity) for code, flag, severity in found]
        assert heavy_kinds(seen) == [HeavyKind(kind) for kind in kinds.split()]

    def test_is_known_of_what_comes_in_and_follows_its_text(self, setup_acts: User, at: datetime) -> None:
        for revision, text, kinds in (
            (1, "Ik wil niet meer leven.", ["crisis"]),
            (2, "Wie brengt mij naar de markt?", []),
        ):
            record = HelpRequestRecord(
                site="wehelpen.nl",
                request_id="r-1",
                revision=revision,
                member_id="m-1",
                kind=HelpKind.REQUEST,
                title="Hallo",
                text=text,
            )
            receive_records(actor=system_user(INTAKE), records=[record], at=at)
            assert Review.objects.get().heavy == kinds


class TestOwnSettings:
    def test_are_the_careful_ones_for_who_set_nothing(self, moderator: User) -> None:
        care = care_of(moderator)
        assert (care.photos, care.declined, care.heavy_a_day) == (PhotoLook.COVERED, [], 10)

    def test_are_kept_with_one_event_that_says_only_which(self, moderator: User, at: datetime) -> None:
        sets(moderator, at, declined=["hate", "crisis"], heavy_a_day=5)
        sets(moderator, at, declined=["crisis", "hate"], heavy_a_day=5)
        assert care_of(moderator).declined == ["crisis", "hate"]
        event = Event.objects.get(kind="care_settings.changed")
        assert (event.actor, event.subject_id) == (moderator, "")
        assert event.data == {"fields": ["declined", "heavy_a_day"]}

    @pytest.mark.parametrize(
        "wrong",
        [{"photos": "sepia"}, {"declined": ["crisis", "cats"]}, {"heavy_a_day": 0}, {"heavy_a_day": 101}],
    )
    def test_refuse_what_they_cannot_be(self, moderator: User, at: datetime, wrong: dict[str, Any]) -> None:
        with pytest.raises(CareRefused) as refusal:
            sets(moderator, at, **wrong)
        assert refusal.value.field == next(iter(wrong))
        assert not CareSettings.objects.exists()

    def test_are_for_who_reads_what_members_write(self, administrator: User, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            sets(administrator, at)


class TestDeclinedKinds:
    def test_are_never_handed_over(self, moderator: User, other_moderator: User, at: datetime) -> None:
        sets(moderator, at, declined=["crisis"])
        crisis, hate = heavy("crisis", "hate", points=50), heavy("hate")
        assert next_of(moderator, at) == hate
        assert next_of(moderator, at, besides=[hate]) is None
        assert next_of(other_moderator, at) == crisis

    def test_leave_nothing_to_begin_with(self, moderator: User, other_moderator: User, at: datetime) -> None:
        sets(moderator, at, declined=["crisis"])
        heavy("crisis")
        assert not free_in(QUEUE, user=moderator, at=at)
        assert free_in(QUEUE, user=other_moderator, at=at)

    def test_can_be_taken_by_who_asks_for_this_one(self, moderator: User, at: datetime) -> None:
        sets(moderator, at, declined=["crisis"])
        review = heavy("crisis")
        assert claim_review(actor=moderator, review_id=review.pk, at=at).review == review

    def test_are_handed_to_a_coordinator_once_somebody_handed_them_up(
        self, moderator: User, coordinator: User, at: datetime
    ) -> None:
        sets(coordinator, at, declined=["crisis"])
        review = heavy("crisis")
        report_danger(actor=moderator, review_id=review.pk, reason="Lees", at=at)
        handed = claim_next(actor=coordinator, queue=Queue.URGENT, at=at)
        assert handed
        assert handed.review == review


class TestSharingOut:
    def test_hands_a_heavy_item_first_to_who_had_fewer_today(
        self, moderator: User, other_moderator: User, at: datetime
    ) -> None:
        is_at_work(other_moderator, at)
        has_read(moderator, 2, at)
        hard, easy = heavy(points=50), ReviewFactory()
        assert next_of(moderator, at) == easy
        assert next_of(moderator, at, besides=[easy]) is None
        Lease.objects.filter(holder=other_moderator).update(expires_at=at)
        assert next_of(other_moderator, at, besides=Review.objects.filter(heavy=[])) == hard

    @pytest.mark.parametrize(
        "colleague",
        ["is elsewhere", "had as many", "had their number", "declines it", "skipped it", "knows the member"],
    )
    def test_lets_nothing_wait_for_a_colleague_who(
        self, moderator: User, other_moderator: User, at: datetime, colleague: str
    ) -> None:
        review = heavy(points=50)
        has_read(moderator, 2, at)
        lease = is_at_work(other_moderator, at)
        if colleague == "is elsewhere":
            Lease.objects.filter(pk=lease.pk).update(expires_at=at)
        elif colleague == "had as many":
            has_read(other_moderator, 2, at)
        elif colleague == "had their number":
            sets(other_moderator, at, heavy_a_day=1)
            has_read(other_moderator, 1, at)
        elif colleague == "declines it":
            sets(other_moderator, at, declined=["crisis"])
        elif colleague == "skipped it":
            review.skips.create(user=other_moderator, reason=SkipReason.TOO_HEAVY, at=at)
        else:
            other_moderator.ties.create(site=review.site, member_id=review.member_id, declared_at=at)
        assert next_of(moderator, at) == review

    def test_spares_who_had_their_number_while_others_did_not(
        self, moderator: User, other_moderator: User, at: datetime
    ) -> None:
        sets(moderator, at, heavy_a_day=1)
        is_at_work(other_moderator, at)
        has_read(moderator, 1, at)
        has_read(other_moderator, 3, at)
        review = heavy()
        assert next_of(moderator, at) is None
        sets(other_moderator, at, heavy_a_day=3)
        assert next_of(moderator, at) == review

    def test_begins_anew_every_day(self, moderator: User, other_moderator: User, at: datetime) -> None:
        has_read(moderator, 2, at)
        tomorrow = at + timedelta(days=1)
        is_at_work(other_moderator, tomorrow)
        review = heavy(opened_at=tomorrow)
        assert next_of(moderator, tomorrow) == review


class TestUncovering:
    def test_counts_once_a_day_for_oneself(
        self, moderator: User, other_moderator: User, at: datetime
    ) -> None:
        review = heavy()
        for _again in range(2):
            uncover(actor=moderator, review_id=review.pk, at=at)
        assert not is_covered(review, user=moderator, at=at)
        assert is_covered(review, user=other_moderator, at=at)
        assert is_covered(review, user=moderator, at=at + timedelta(days=1))
        uncover(actor=other_moderator, review_id=review.pk, at=at)
        assert (heavy_today(moderator, at=at), heavy_today_in_all(at=at)) == (1, 2)

    def test_leaves_no_event_and_is_forgotten_another_day(self, moderator: User, at: datetime) -> None:
        before = Event.objects.count()
        has_read(moderator, 3, at)
        assert Event.objects.count() == before
        has_read(moderator, 1, at + timedelta(days=1))
        assert [look.on for look in HeavyLook.objects.all()] == [clock.local_day(at) + timedelta(days=1)]

    def test_of_what_is_not_heavy_is_nothing(self, moderator: User, at: datetime) -> None:
        uncover(actor=moderator, review_id=ReviewFactory().pk, at=at)
        assert heavy_today(moderator, at=at) == 0

    def test_is_for_who_may_read_it(self, administrator: User, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            uncover(actor=administrator, review_id=heavy().pk, at=at)

    def test_goes_with_the_account(self, moderator: User, setup_acts: User, at: datetime) -> None:
        review = heavy()
        uncover(actor=moderator, review_id=review.pk, at=at)
        erase_account(actor=setup_acts, site=review.site, member_id=review.member_id, at=at)
        assert not HeavyLook.objects.exists()


class TestTooHeavyNow:
    def test_is_a_skip_that_no_event_holds_against_anybody(self, moderator: User, at: datetime) -> None:
        review = heavy()
        lease = claim_review(actor=moderator, review_id=review.pk, at=at)
        skip_review(
            actor=moderator, review_id=review.pk, epoch=lease.epoch, reason=SkipReason.TOO_HEAVY, at=at
        )
        assert Event.objects.get(kind="review.skipped").reason == ""


class TestWhatNobodyIsHanded:
    def test_is_named_when_everybody_who_works_today_declines_it(
        self, moderator: User, other_moderator: User, coordinator: User, at: datetime
    ) -> None:
        review = heavy("crisis")
        sets(moderator, at, declined=["crisis"])
        assert handed_to_nobody(at=at) == []  # others may come in
        is_at_work(moderator, at - HOUR)
        assert handed_to_nobody(at=at) == [review]
        is_at_work(other_moderator, at - HOUR)
        assert handed_to_nobody(at=at) == []
        review.skips.create(user=other_moderator, reason=SkipReason.UNSURE, at=at)
        assert handed_to_nobody(at=at) == [review]
        claim_review(actor=coordinator, review_id=review.pk, at=at)
        assert handed_to_nobody(at=at) == []

    @pytest.mark.parametrize("kept", ["skipped", "knows the member", "decided before"])
    def test_is_named_when_it_was_handed_up_and_no_coordinator_gets_it(
        self, moderator: User, coordinator: User, at: datetime, kept: str
    ) -> None:
        sets(coordinator, at, declined=["crisis"])
        review = heavy("crisis")
        report_danger(actor=moderator, review_id=review.pk, reason="Lees", at=at)
        assert handed_to_nobody(at=at) == []
        if kept == "skipped":
            review.skips.create(user=coordinator, reason=SkipReason.UNSURE, at=at)
        elif kept == "knows the member":
            coordinator.ties.create(site=review.site, member_id=review.member_id, declared_at=at)
        else:
            review = Review.objects.get(pk=review.pk)
            review.not_for = coordinator
            review.store(reason="test", at=at)
        assert claim_next(actor=coordinator, queue=Queue.URGENT, at=at) is None
        assert handed_to_nobody(at=at) == [review]

    def test_is_named_when_all_skipped_it_however_light_it_is(
        self, moderator: User, other_moderator: User, at: datetime
    ) -> None:
        review = ReviewFactory()
        review.skips.create(user=moderator, reason=SkipReason.UNSURE, at=at)
        assert handed_to_nobody(at=at) == []
        review.skips.create(user=other_moderator, reason=SkipReason.UNSURE, at=at)
        assert handed_to_nobody(at=at) == [review]

    def test_is_named_when_nobody_in_the_house_takes_it(self, moderator: User, at: datetime) -> None:
        review = heavy("crisis")
        sets(moderator, at, declined=["crisis"])
        assert handed_to_nobody(at=at) == [review]


@pytest.mark.django_db(transaction=True)
class TestTwoPeopleAtOnce:
    @pytest.mark.parametrize("declines", [False, True])
    def test_one_heavy_item_is_handed_to_one(
        self, moderator: User, other_moderator: User, at: datetime, declines: bool
    ) -> None:
        if declines:
            sets(moderator, at, declined=["crisis"])
        for _round in range(8):
            review = heavy("crisis")
            asks: Callable[[User], Any] = lambda user: partial(claim_next, actor=user, queue=QUEUE, at=at)  # noqa: E731
            got = at_once((moderator, asks(moderator)), (other_moderator, asks(other_moderator)))
            leases = [one for one in got if isinstance(one, Lease)]
            assert [one.review_id for one in leases] == [review.pk]
            assert got.count(None) == 1
            (lease,) = leases
            if declines:
                assert lease.holder == other_moderator
            uncover(actor=lease.holder, review_id=review.pk, at=at)
            decide_review(
                actor=lease.holder,
                review_id=review.pk,
                epoch=lease.epoch,
                version=1,
                outcome=Outcome.APPROVE,
                at=at,
            )
