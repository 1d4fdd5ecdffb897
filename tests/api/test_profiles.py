"""Profiles through the door: stored whole, idempotent, with one review."""

import pytest

from moderation.choices import Queue
from moderation.models import Profile, Review
from tests.platforms import FULL_PROFILE, Platform

pytestmark = pytest.mark.django_db


class TestPutProfile:
    def test_stores_what_was_sent_and_opens_one_review(self, platform: Platform) -> None:
        answer = platform.profile(**FULL_PROFILE)
        assert answer.status_code == 201, answer.content
        profile = Profile.objects.get()
        review = Review.objects.get()
        assert answer.json() == {
            "result": "created", "revision": 1, "review_id": str(review.pk), "missing": [],
        }  # fmt: skip
        assert (profile.full_name, profile.postcode, profile.keywords) == (
            "Anneke de Boer", "8011 AB", ["boodschappen", "tuin"],
        )  # fmt: skip
        assert (review.profile, review.queue, review.version) == (profile, Queue.NEW_PROFILES, 1)
        assert profile.history.count() == review.history.count() == 1

    def test_the_same_again_changes_nothing_and_says_so(self, platform: Platform) -> None:
        platform.profile(**FULL_PROFILE)
        answer = platform.profile(**FULL_PROFILE)
        assert (answer.status_code, answer.json()["result"]) == (200, "unchanged")
        assert Profile.history.count() == 1

    def test_an_older_one_is_ignored(self, platform: Platform) -> None:
        platform.profile(**FULL_PROFILE, revision=5)
        answer = platform.profile(first_name="Oud", revision=4)
        assert (answer.json()["result"], answer.json()["revision"]) == ("ignored", 5)
        assert Profile.objects.get().first_name == "Anneke"

    def test_a_change_moves_the_open_review(self, platform: Platform) -> None:
        opened = platform.profile(**FULL_PROFILE).json()["review_id"]
        changed = {**FULL_PROFILE, "about": "Bel me op 06 12345678", "revision": 2}
        assert platform.profile(**changed).json()["review_id"] == opened
        review = Review.objects.get()
        assert (review.version, review.revision, review.reasons[0]["code"]) == (2, 2, "phone_number")
        assert review.signals.get().field == "about"
