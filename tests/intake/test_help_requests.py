"""What platforms tell of requests and offers."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from moderation.choices import Queue, ReviewState, VoidReason
from moderation.models import HelpRequest, Review, Signal
from moderation.services.records import (
    HELP_REQUEST_FIELDS,
    HelpRequestRemoved,
    ProfileClosed,
    Receipt,
)
from tests.everything import everything
from tests.intake.conftest import SITE, help_request, profile

pytestmark = pytest.mark.django_db

Take = Callable[..., list[Receipt]]

FULL: dict[str, Any] = {
    "kind": "request",
    "title": "Wie snoeit mee?",
    "text": "De heg is te hoog.",
    "keywords": ["tuin"],
    "place": "Zwolle",
    "posted_at": datetime(2026, 11, 16, 8, 0, tzinfo=UTC),
}
OTHERWISE: dict[str, Any] = {
    "kind": "offer",
    "title": "Ik snoei graag",
    "text": "Mijn heg is te laag.",
    "keywords": ["tuin", "heg"],
    "place": "Hattem",
    "posted_at": datetime(2026, 11, 16, 9, 0, tzinfo=UTC),
}
MATERIAL = {"kind", "title", "text", "keywords"}


class TestARevision:
    def test_is_stored_whole_before_or_after_its_member(self, take: Take) -> None:
        (receipt, *_) = take(help_request(**FULL), profile(), help_request("r-2", **FULL))
        first, second = HelpRequest.objects.order_by("request_id")
        for stored in (first, second):
            assert {name: getattr(stored, name) for name in HELP_REQUEST_FIELDS} == FULL
        assert receipt.review_id == first.reviews.get().pk
        assert first.reviews.get().queue == Queue.HELP_REQUESTS

    def test_the_same_or_an_older_one_changes_nothing_and_says_so(self, take: Take) -> None:
        take(help_request(revision=5, **FULL))
        before = everything()
        for revision, result in ((5, "unchanged"), (4, "ignored")):
            (receipt,) = take(help_request(revision=revision, **OTHERWISE))
            assert (receipt.result, receipt.revision) == (result, 5)
        assert everything() == before

    def test_of_another_member_is_refused_and_changes_nothing(self, take: Take) -> None:
        take(help_request(**FULL))
        before = everything()
        (receipt,) = take(help_request(revision=2, member_id="m-2", **FULL))
        assert receipt.refusal is not None
        assert (receipt.refusal.code, receipt.refusal.field) == ("member_changed", "member_id")
        assert everything() == before


class TestAChange:
    @pytest.mark.parametrize("field", sorted(FULL))
    def test_opens_a_review_when_it_matters_and_none_when_not(
        self, take: Take, decide_everything: Callable[[], None], field: str
    ) -> None:
        take(help_request(**FULL))
        decide_everything()
        (receipt,) = take(help_request(revision=2, **{**FULL, field: OTHERWISE[field]}))
        waiting = Review.objects.filter(state=ReviewState.PENDING)
        assert [review.pk for review in waiting] == ([receipt.review_id] if field in MATERIAL else [])

    @pytest.mark.parametrize("field", sorted(FULL))
    def test_moves_the_review_that_waits_whatever_it_is(self, take: Take, field: str) -> None:
        (opened,) = take(help_request(**FULL))
        take(help_request(revision=2, **{**FULL, field: OTHERWISE[field]}))
        review = Review.objects.get()
        assert (review.pk, review.revision, review.version) == (opened.review_id, 2, 2)


class TestARemoval:
    def test_voids_what_waits_and_leaves_no_word_of_it(self, take: Take) -> None:
        take(help_request(**{**FULL, "text": "Bel 06 12345678"}))
        (receipt,) = take(HelpRequestRemoved(site=SITE, request_id="r-1", revision=1))
        review = Review.objects.get()
        assert receipt.result == "removed"
        assert (review.state, review.void_reason) == (ReviewState.VOID, VoidReason.SUBJECT_REMOVED)
        assert not HelpRequest.objects.exists()
        assert not HelpRequest.history.exists()
        assert not Signal.objects.exists()

    def test_keeps_what_was_decided_until_the_account_closes(
        self, take: Take, decide_everything: Callable[[], None]
    ) -> None:
        take(profile(), help_request(**FULL))
        decide_everything()
        take(HelpRequestRemoved(site=SITE, request_id="r-1"))
        decided = Review.objects.get(subject_kind="help_request")
        assert (decided.state, decided.decisions.count()) == (ReviewState.DECIDED, 1)
        take(ProfileClosed(site=SITE, member_id="m-1"))
        assert not Review.objects.exists()

    @pytest.mark.parametrize(
        ("removed", "comes", "result"),
        [(3, 2, "ignored"), (3, 3, "ignored"), (3, 4, "created"), (None, 99, "ignored")],
    )
    def test_counts_as_a_revision(self, take: Take, removed: int | None, comes: int, result: str) -> None:
        take(HelpRequestRemoved(site=SITE, request_id="r-1", revision=removed))
        (receipt,) = take(help_request(revision=comes))
        assert receipt.result == result

    def test_of_an_older_revision_changes_nothing(self, take: Take) -> None:
        take(help_request(revision=5))
        before = everything()
        (receipt,) = take(HelpRequestRemoved(site=SITE, request_id="r-1", revision=4))
        assert (receipt.result, receipt.revision) == ("ignored", 5)
        assert everything() == before

    def test_again_says_so(self, take: Take) -> None:
        for result in ("removed", "unchanged"):
            (receipt,) = take(HelpRequestRemoved(site=SITE, request_id="r-1", revision=2))
            assert receipt.result == result
        for revision, result in ((1, "ignored"), (3, "removed"), (None, "removed")):
            (receipt,) = take(HelpRequestRemoved(site=SITE, request_id="r-1", revision=revision))
            assert receipt.result == result
