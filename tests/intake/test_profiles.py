"""What platforms tell of members: taken in once, looked at once for everything that matters."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from backoffice.audit.models import Event
from backoffice.platforms.sites import (
    BRAIN_INJURY,
    COOPERATIVE,
    HUPPLA,
    ONE_MOMENT,
    WEHELPEN,
    SiteWithoutProfiles,
    UnknownSite,
    canonical,
    rules_for,
    site_with_profiles,
)
from moderation.choices import Queue, ReviewState
from moderation.models import Profile, Review, Signal
from moderation.services.records import PROFILE_FIELDS, Receipt
from tests.everything import everything
from tests.intake.conftest import profile

pytestmark = pytest.mark.django_db

Take = Callable[..., list[Receipt]]

FULL: dict[str, Any] = {
    "salutation": "mevrouw",
    "first_name": "Anneke",
    "infix": "de",
    "last_name": "Boer",
    "birth_date": date(1971, 2, 28),
    "postcode": "8011 AB",
    "place": "Zwolle",
    "email": "anneke@voorbeeld.nl",
    "phone": "038 1234567",
    "about": "Ik doe graag boodschappen.",
    "keywords": ["boodschappen", "tuin"],
    "member_since": date(2024, 1, 15),
    "via_facebook": False,
    "visible": True,
    "wants_mail": True,
}
OTHERWISE: dict[str, Any] = {
    "salutation": "de heer",
    "first_name": "Anne",
    "infix": "van",
    "last_name": "Bakker",
    "birth_date": date(1972, 2, 28),
    "postcode": "8012 AB",
    "place": "Hattem",
    "email": "anne@voorbeeld.nl",
    "phone": "038 7654321",
    "about": "Ik kook graag.",
    "keywords": ["koken"],
    "member_since": date(2024, 1, 16),
    "via_facebook": True,
    "visible": False,
    "wants_mail": False,
}
MATERIAL = {"first_name", "infix", "last_name", "about", "keywords"}


class TestARevision:
    def test_is_stored_whole_and_written_down(self, take: Take) -> None:
        (receipt,) = take(profile(**FULL))
        stored = Profile.objects.get()
        assert {name: getattr(stored, name) for name in PROFILE_FIELDS} == FULL
        assert (receipt.result, receipt.revision, receipt.missing) == ("created", 1, [])
        assert (stored.version, stored.history.count()) == (1, 1)
        event = Event.objects.get(kind="record.received")
        assert (event.subject_id, event.data) == (
            str(stored.pk), {"result": "created", "revision": 1, "version": 1},
        )  # fmt: skip

    def test_the_same_or_an_older_one_changes_nothing_and_says_so(self, take: Take, at: datetime) -> None:
        take(profile(revision=5, **FULL))
        before = everything()
        for revision, result in ((5, "unchanged"), (4, "ignored"), (0, "ignored")):
            (receipt,) = take(profile(revision=revision, **OTHERWISE), when=at + timedelta(hours=1))
            assert (receipt.result, receipt.revision, receipt.review_id) == (result, 5, None)
        assert everything() == before

    def test_a_newer_one_replaces_everything_and_empties_what_it_leaves_out(self, take: Take) -> None:
        take(profile(**FULL))
        (receipt,) = take(
            profile(revision=2, first_name="", about="", birth_date=FULL["birth_date"], last_name="Bos")
        )
        stored = Profile.objects.get()
        assert (stored.last_name, stored.email, stored.keywords, stored.member_since) == ("Bos", "", [], None)
        assert (receipt.result, stored.revision, stored.version) == ("updated", 2, 2)
        assert [row.last_name for row in stored.history.order_by("history_id")] == ["Boer", "Bos"]

    def test_a_newer_one_that_says_the_same_moves_the_number_alone(self, take: Take) -> None:
        take(profile(**FULL))
        (receipt,) = take(profile(revision=7, **FULL))
        stored = Profile.objects.get()
        assert (receipt.result, stored.revision, stored.version) == ("updated", 7, 1)
        assert (Review.objects.get().revision, Review.objects.get().version) == (7, 1)

    def test_of_two_sites_are_two_people(self, take: Take) -> None:
        take(profile(**FULL), profile(**{**FULL, "site": "zwolle.wehelpen.nl"}))
        assert Profile.objects.count() == Review.objects.count() == 2


class TestAChange:
    @pytest.mark.parametrize("field", sorted(set(FULL) - {"birth_date"}))
    def test_opens_a_review_when_it_matters_and_none_when_not(
        self, take: Take, decide_everything: Callable[[], None], field: str
    ) -> None:
        take(profile(**FULL))
        decide_everything()
        (receipt,) = take(profile(revision=2, **{**FULL, field: OTHERWISE[field]}))
        waiting = Review.objects.filter(state=ReviewState.PENDING)
        assert [review.pk for review in waiting] == ([receipt.review_id] if field in MATERIAL else [])
        assert [review.queue for review in waiting] == ([Queue.CHANGED_PROFILES] if field in MATERIAL else [])
        assert Profile.objects.get().version == 2

    @pytest.mark.parametrize("field", sorted(FULL))
    def test_moves_the_review_that_waits_whatever_it_is(self, take: Take, field: str) -> None:
        (opened,) = take(profile(**FULL))
        due_at = Review.objects.get().due_at
        (receipt,) = take(profile(revision=2, **{**FULL, field: OTHERWISE[field]}))
        review = Review.objects.get()
        assert review.pk == opened.review_id == receipt.review_id
        assert (review.revision, review.version, review.due_at) == (2, 2, due_at)
        assert review.queue == Queue.NEW_PROFILES

    def test_takes_the_signals_along(self, take: Take) -> None:
        take(profile(**{**FULL, "about": "Bel 06 12345678 of mail jan@voorbeeld.nl"}))
        assert sorted(Signal.objects.values_list("code", flat=True)) == ["email_address", "phone_number"]
        take(profile(revision=2, **{**FULL, "about": "Zie www.voorbeeld.nl"}))
        signal = Signal.objects.get()
        assert (signal.code, signal.version) == ("link", 2)
        assert [reason["code"] for reason in Review.objects.get().reasons] == ["link"]

    def test_many_in_one_batch_end_in_one_review_of_the_last(self, take: Take) -> None:
        receipts = take(*[profile(revision=n, **{**FULL, "about": f"Versie {n}"}) for n in range(1, 6)])
        review = Review.objects.get()
        assert {receipt.review_id for receipt in receipts} == {review.pk}
        assert (review.version, review.revision, Profile.objects.get().about) == (5, 5, "Versie 5")
        assert Profile.history.count() == 5


class TestASite:
    """R02, R30-R34."""

    @pytest.mark.parametrize(
        ("site", "mandatory"),
        [
            (WEHELPEN, {"salutation", "first_name", "last_name", "postcode", "email", "birth_date"}),
            (
                "zwolle.wehelpen.nl",
                {"salutation", "first_name", "last_name", "postcode", "email", "birth_date"},
            ),
            (HUPPLA, {"first_name", "last_name", "email", "phone", "photo"}),
        ],
    )
    def test_demands_its_own_fields_and_no_others(self, take: Take, site: str, mandatory: set[str]) -> None:
        nothing: dict[str, Any] = {"first_name": "", "about": "", "birth_date": None}
        (receipt,) = take(profile(site=site, **nothing))
        assert set(receipt.missing) == mandatory
        said = {
            reason["params"]["field"]
            for reason in Review.objects.get().reasons
            if reason["code"] == "missing_field"
        }
        assert said == mandatory
        given = {name: FULL[name] for name in mandatory - {"photo"}}
        (receipt,) = take(profile(revision=2, site=site, **{**nothing, **given}))
        assert receipt.missing == sorted(mandatory & {"photo"})

    @pytest.mark.parametrize(
        "field", ["salutation", "first_name", "last_name", "postcode", "email", "birth_date"]
    )
    def test_says_what_is_missing_again_when_the_same_comes_again(self, take: Take, field: str) -> None:
        left_out = {**FULL, field: None if field == "birth_date" else ""}
        for _each in range(2):
            (receipt,) = take(profile(**left_out))
            assert receipt.missing == [field]

    @pytest.mark.parametrize(
        ("said", "means"),
        [
            ("wehelpen.nl", WEHELPEN), ("WeHelpen.NL", WEHELPEN), ("huppla.nl", HUPPLA),
            ("zwolle.wehelpen.nl", "zwolle.wehelpen.nl"), ("Den-Haag.wehelpen.nl", "den-haag.wehelpen.nl"),
        ],
    )  # fmt: skip
    def test_has_one_name(self, said: str, means: str) -> None:
        assert site_with_profiles(said) == means
        assert rules_for(means).has_profiles

    @pytest.mark.parametrize(
        "said",
        ["", ".", "wehelpen", "wehelpen.be", "www.wehelpen.nl", "a.b.wehelpen.nl", "-a.wehelpen.nl",
         "a_b.wehelpen.nl", "wehelpen.nl.", "nietwehelpen.nl", "wehelpen.nl/x", "é.wehelpen.nl",
         "a" * 43 + ".wehelpen.nl", "huppla.com"],
    )  # fmt: skip
    def test_that_is_none_is_refused_by_name(self, said: str) -> None:
        assert canonical(said) is None
        with pytest.raises(UnknownSite) as refusal:
            site_with_profiles(said)
        assert refusal.value.field == "site"

    @pytest.mark.parametrize("said", [ONE_MOMENT, BRAIN_INJURY, COOPERATIVE, "cooperatiewehelpen.nl"])
    def test_without_members_takes_none(self, said: str) -> None:
        with pytest.raises(SiteWithoutProfiles) as refusal:
            site_with_profiles(said)
        assert refusal.value.field == "site"
