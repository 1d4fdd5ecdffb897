"""Sixteen or older, by the calendar of Amsterdam (R20-R22)."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from moderation.choices import AgeState, Queue, ReviewState
from moderation.models import Profile, Review
from moderation.services.records import Receipt
from tests.everything import everything
from tests.intake.conftest import profile

pytestmark = pytest.mark.django_db

Take = Callable[..., list[Receipt]]
REFUSED, TAKEN = "under_16", ""


def refusal(receipt: Receipt) -> str:
    return receipt.refusal.code if receipt.refusal else ""


class TestSomebodyNew:
    @pytest.mark.parametrize(
        ("moment", "born", "expected"),
        [
            # Tuesday 17 November 2026
            (datetime(2026, 11, 17, 11, tzinfo=UTC), date(2010, 11, 17), TAKEN),
            (datetime(2026, 11, 17, 11, tzinfo=UTC), date(2010, 11, 18), REFUSED),
            (datetime(2026, 11, 17, 11, tzinfo=UTC), date(2026, 11, 17), REFUSED),
            # in winter a day begins in Amsterdam at 23:00 UTC
            (datetime(2026, 11, 17, 22, 59, tzinfo=UTC), date(2010, 11, 18), REFUSED),
            (datetime(2026, 11, 17, 23, 0, tzinfo=UTC), date(2010, 11, 18), TAKEN),
            # in summer at 22:00 UTC
            (datetime(2027, 7, 1, 21, 59, tzinfo=UTC), date(2011, 7, 2), REFUSED),
            (datetime(2027, 7, 1, 22, 0, tzinfo=UTC), date(2011, 7, 2), TAKEN),
            # born on 29 February
            (datetime(2028, 2, 28, 12, tzinfo=UTC), date(2012, 2, 29), REFUSED),
            (datetime(2028, 2, 29, 12, tzinfo=UTC), date(2012, 2, 29), TAKEN),
            (datetime(2028, 2, 29, 12, tzinfo=UTC), date(2012, 3, 1), REFUSED),
            (datetime(2028, 3, 1, 12, tzinfo=UTC), date(2012, 3, 1), TAKEN),
            (datetime(2100, 2, 28, 12, tzinfo=UTC), date(2084, 2, 29), REFUSED),
            (datetime(2100, 3, 1, 12, tzinfo=UTC), date(2084, 2, 29), TAKEN),
        ],
    )
    def test_is_refused_until_the_birthday(
        self, take: Take, moment: datetime, born: date, expected: str
    ) -> None:
        (receipt,) = take(profile(birth_date=born), when=moment)
        assert refusal(receipt) == expected

    def test_under_16_leaves_nothing_here(self, take: Take) -> None:
        before = everything()
        (receipt,) = take(profile(birth_date=date(2012, 1, 1)))
        assert receipt.refusal is not None
        assert (receipt.refusal.code, receipt.refusal.field) == ("under_16", "birth_date")
        assert everything() == before

    def test_of_unknown_age_waits_apart_and_never_counts_as_16(self, take: Take) -> None:
        (receipt,) = take(profile(site="huppla.nl", birth_date=None))
        review = Review.objects.get()
        assert (review.pk, review.queue) == (receipt.review_id, Queue.AGE_UNKNOWN)
        assert "age_unknown" in [reason["code"] for reason in review.reasons]
        assert Profile.objects.get().age_state(on=date(2026, 11, 17)) == AgeState.UNKNOWN


class TestAMember:
    @pytest.mark.parametrize("decided", [False, True])
    def test_who_turns_out_to_be_under_16_is_urgent(
        self, take: Take, decide_everything: Callable[[], None], decided: bool
    ) -> None:
        take(profile())
        if decided:
            decide_everything()
        (receipt,) = take(profile(revision=2, birth_date=date(2012, 1, 1)))
        review = Review.objects.get(state=ReviewState.PENDING)
        assert (review.pk, review.queue) == (receipt.review_id, Queue.URGENT)
        assert review.reasons[0]["code"] == "under_16"

    def test_who_was_under_16_for_a_while_stays_urgent_and_it_is_said_why(self, take: Take) -> None:
        take(profile(), profile(revision=2, birth_date=date(2012, 1, 1)))
        take(profile(revision=3, birth_date=date(1990, 1, 1)))
        review = Review.objects.get()
        assert review.queue == Queue.URGENT
        assert review.reasons[0]["code"] == "was_under_16"
        take(profile(revision=4, birth_date=date(1990, 1, 1), about="Nu iets heel anders"))
        review.refresh_from_db()
        assert (review.queue, review.reasons[0]["code"]) == (Queue.URGENT, "was_under_16")

    def test_whose_birth_date_is_taken_away_waits_apart(
        self, take: Take, decide_everything: Callable[[], None]
    ) -> None:
        take(profile())
        decide_everything()
        take(profile(revision=2, birth_date=None))
        assert Review.objects.get(state=ReviewState.PENDING).queue == Queue.AGE_UNKNOWN

    def test_whose_age_was_confirmed_is_not_asked_again(
        self, take: Take, decide_everything: Callable[[], None]
    ) -> None:
        take(profile(birth_date=None))
        decide_everything()
        assert Profile.objects.get().age_confirmed_basis == "gebeld"
        take(profile(revision=2, birth_date=None, place="Hattem"))
        assert not Review.objects.filter(state=ReviewState.PENDING).exists()
        take(profile(revision=3, birth_date=None, about="Anders"))
        assert Review.objects.get(state=ReviewState.PENDING).queue == Queue.CHANGED_PROFILES
