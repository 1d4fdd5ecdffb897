"""Requests and offers through the door."""

import pytest

from moderation.choices import Queue, ReviewState, VoidReason
from moderation.models import HelpRequest, Review
from tests.platforms import FULL_PROFILE, Platform

pytestmark = pytest.mark.django_db


class TestPutHelpRequest:
    def test_stores_it_and_opens_one_review_also_before_its_member_came(self, platform: Platform) -> None:
        answer = platform.help_request()
        assert answer.status_code == 201, answer.content
        assert Review.objects.get().queue == Queue.HELP_REQUESTS
        assert HelpRequest.objects.get().member_id == "m-1"

    def test_of_a_closed_account_is_ignored(self, platform: Platform) -> None:
        platform.delete("profiles/wehelpen.nl/m-1")
        assert platform.help_request().json()["result"] == "ignored"
        assert not HelpRequest.objects.exists()

    def test_cannot_pass_to_another_member(self, platform: Platform) -> None:
        platform.help_request()
        answer = platform.help_request(revision=2, member_id="m-2")
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "member_id")


class TestRemoveHelpRequest:
    def test_erases_it_and_voids_its_review(self, platform: Platform) -> None:
        platform.help_request(text="Bel 06 12345678")
        answer = platform.delete("help-requests/wehelpen.nl/r-1?revision=1")
        assert answer.json()["result"] == "removed"
        review = Review.objects.get()
        assert (review.state, review.void_reason, review.help_request) == (
            ReviewState.VOID, VoidReason.SUBJECT_REMOVED, None,
        )  # fmt: skip
        assert HelpRequest.history.count() == review.signals.count() == 0

    def test_a_later_revision_brings_it_back_an_older_one_does_not(self, platform: Platform) -> None:
        platform.delete("help-requests/wehelpen.nl/r-1?revision=3")
        assert platform.help_request(revision=3).json()["result"] == "ignored"
        assert platform.help_request(revision=4).json()["result"] == "created"

    def test_without_a_revision_it_is_final(self, platform: Platform) -> None:
        platform.help_request()
        platform.delete("help-requests/wehelpen.nl/r-1")
        assert platform.help_request(revision=99).json()["result"] == "ignored"


class TestCloseProfile:
    def test_takes_the_requests_along(self, platform: Platform) -> None:
        platform.profile(**FULL_PROFILE)
        platform.help_request()
        assert platform.delete("profiles/wehelpen.nl/m-1").json()["result"] == "removed"
        assert Review.objects.count() == Review.history.count() == HelpRequest.history.count() == 0

    def test_of_an_older_revision_is_ignored(self, platform: Platform) -> None:
        platform.profile(**FULL_PROFILE, revision=5)
        assert platform.delete("profiles/wehelpen.nl/m-1?revision=4").json()["result"] == "ignored"
