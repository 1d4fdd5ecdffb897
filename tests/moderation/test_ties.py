"""Nobody decides about themselves, or about somebody they know."""

from datetime import datetime, timedelta

import pytest

from backoffice.audit.models import Event
from backoffice.staff.models import User
from backoffice.staff.policy import NotAllowed
from backoffice.staff.system import INTAKE, system_user
from moderation.choices import Queue, SkipReason
from moderation.models import Lease, Tie
from moderation.selectors.next_item import free_in
from moderation.services.erasure import erase_account
from moderation.services.leases import claim_next, claim_review, skip_review
from moderation.services.ties import NoSuchMember, NoSuchTie, declare_tie, withdraw_tie
from tests.desk.conftest import Desk
from tests.factories import HelpRequestFactory, ReviewFactory

pytestmark = pytest.mark.django_db
SITE = "wehelpen.nl"


def of_member(member_id: str = "m-1", **fields: object) -> object:
    return ReviewFactory(help_request=HelpRequestFactory(member_id=member_id), **fields)


class TestDeclareTie:
    def test_keeps_the_items_of_that_member_away(
        self, moderator: User, other_moderator: User, at: datetime
    ) -> None:
        review = ReviewFactory(help_request=HelpRequestFactory(member_id="m-1"))
        declare_tie(actor=moderator, site="WeHelpen.nl", member_id=" m-1 ", at=at)
        assert claim_next(actor=moderator, queue=Queue.HELP_REQUESTS, at=at) is None
        assert not free_in(Queue.HELP_REQUESTS, user=moderator, at=at)
        assert free_in(Queue.HELP_REQUESTS, user=other_moderator, at=at)
        with pytest.raises(NotAllowed) as refusal:
            claim_review(actor=moderator, review_id=review.pk, at=at)
        assert refusal.value.code == "tie"
        assert claim_next(actor=other_moderator, queue=Queue.HELP_REQUESTS, at=at)

    def test_takes_what_is_in_hand_away(self, moderator: User, at: datetime) -> None:
        review = ReviewFactory(help_request=HelpRequestFactory(member_id="m-1"))
        claim_review(actor=moderator, review_id=review.pk, at=at)
        declare_tie(actor=moderator, site=SITE, member_id="m-1", at=at)
        assert not Lease.objects.filter(expires_at__gt=at).exists()

    def test_is_one_event_without_the_member_however_often(self, moderator: User, at: datetime) -> None:
        for _again in range(2):
            declare_tie(actor=moderator, site=SITE, member_id="m-1", at=at)
        event = Event.objects.get(kind="tie.declared")
        assert "m-1" not in str(event.data)

    @pytest.mark.parametrize("member_id", ["", "  ", "x" * 81, "a\x00b"])
    def test_refuses_what_is_no_number(self, moderator: User, at: datetime, member_id: str) -> None:
        with pytest.raises(NoSuchMember) as refusal:
            declare_tie(actor=moderator, site=SITE, member_id=member_id, at=at)
        assert refusal.value.field == "member_id"
        assert not Tie.objects.exists()

    def test_is_for_who_decides(self, administrator: User, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            declare_tie(actor=administrator, site=SITE, member_id="m-1", at=at)


class TestSkippingWhomOneKnows:
    def test_declares_it(self, moderator: User, at: datetime) -> None:
        review = ReviewFactory(help_request=HelpRequestFactory(member_id="m-1"))
        ReviewFactory(help_request=HelpRequestFactory(member_id="m-1"))
        lease = claim_review(actor=moderator, review_id=review.pk, at=at)
        skip_review(
            actor=moderator, review_id=review.pk, epoch=lease.epoch, reason=SkipReason.KNOWS_PERSON, at=at
        )
        assert claim_next(actor=moderator, queue=Queue.HELP_REQUESTS, at=at + timedelta(hours=1)) is None


class TestWithdrawTie:
    def test_brings_the_items_back(self, moderator: User, at: datetime) -> None:
        of_member()
        tie = declare_tie(actor=moderator, site=SITE, member_id="m-1", at=at)
        withdraw_tie(actor=moderator, tie_id=tie.pk, at=at)
        assert claim_next(actor=moderator, queue=Queue.HELP_REQUESTS, at=at)

    def test_is_for_ones_own(self, moderator: User, other_moderator: User, at: datetime) -> None:
        tie = declare_tie(actor=moderator, site=SITE, member_id="m-1", at=at)
        with pytest.raises(NoSuchTie):
            withdraw_tie(actor=other_moderator, tie_id=tie.pk, at=at)
        assert Tie.objects.exists()


class TestThePage:
    def test_shows_ones_own_and_takes_another(
        self, moderator: User, other_moderator: User, at: datetime
    ) -> None:
        declare_tie(actor=other_moderator, site=SITE, member_id="m-van-een-ander", at=at)
        browser = Desk(moderator).browser
        assert browser.post("/ties/", {"site": SITE, "member_id": "m-1"}).status_code == 303
        page = browser.get("/ties/").content.decode()
        assert "m-1" in page
        assert "m-van-een-ander" not in page
        browser.post(f"/ties/{Tie.objects.get(user=moderator).pk}/withdraw/")
        assert not Tie.objects.filter(user=moderator).exists()

    def test_says_what_is_wrong(self, moderator: User) -> None:
        answer = Desk(moderator).browser.post("/ties/", {"site": "elders.nl", "member_id": "m-1"})
        assert answer.status_code == 422
        assert not Tie.objects.exists()


class TestClosedAccount:
    def test_takes_the_ties_along(self, moderator: User, at: datetime) -> None:
        declare_tie(actor=moderator, site=SITE, member_id="m-1", at=at)
        erase_account(actor=system_user(INTAKE), site=SITE, member_id="m-1", at=at)
        assert not Tie.objects.exists()
