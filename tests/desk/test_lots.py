"""The list from which one approves in one go: what stands in it, what is said of it, at what cost."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from moderation.choices import PhotoLook, Queue
from moderation.models import CareSettings, Decision, Review, Signal
from moderation.services.leases import claim_review
from tests.desk.conftest import Desk
from tests.factories import HelpRequestFactory, ProfileFactory, ReviewFactory, StaffFactory

pytestmark = pytest.mark.django_db
PAGE = "/queues/help-requests/lot/"


@pytest.fixture(autouse=True)
def _now(at: datetime) -> Any:
    with time_machine.travel(at, tick=False):
        yield


def titled(title: str, **fields: Any) -> Review:
    review: Review = ReviewFactory(help_request=HelpRequestFactory(title=title), **fields)
    return review


def sent(desk: Desk, *reviews: Review, **more: Any) -> Any:
    chosen = [f"{review.pk}:{review.version}" for review in reviews]
    return desk.browser.post(PAGE, {"lot": str(uuid4()), "review": chosen, **more})


def test_shows_what_one_must_read_of_each(desk: Desk) -> None:
    member = ProfileFactory(birth_date=date(1952, 5, 17), first_name="Joke")
    ReviewFactory(
        help_request=HelpRequestFactory(
            member_id=member.member_id, title="Wie brengt mij?", text="Op dinsdag."
        )
    )
    page = desk.browser.get(PAGE).content.decode()
    for words in ("Wie brengt mij?", "Op dinsdag.", "Joke van Dijk", "74 jaar"):
        assert words in page


def test_leaves_out_what_needs_a_look_of_its_own(desk: Desk, other_moderator: User, at: datetime) -> None:
    titled("Gewoon")
    found = titled("Iets gevonden")
    Signal.objects.create(review=found, version=1, code="link", points=10)
    claim_review(actor=other_moderator, review_id=titled("In handen").pk, at=at)
    titled("Bij de coördinator", escalated=True, escalation_reason="Kijk")
    titled("Was dringend", reasons=[{"code": "was_urgent", "points": 60}])
    child = ProfileFactory(member_id="kind", birth_date=date(2015, 1, 1))
    ReviewFactory(help_request=HelpRequestFactory(member_id=child.member_id, title="Van een kind"))
    page = desk.browser.get(PAGE).content.decode()
    assert "Gewoon" in page
    for title in ("Iets gevonden", "In handen", "coördinator", "Was dringend", "Van een kind"):
        assert title not in page


def test_shows_what_changed_and_covers_the_photo(desk: Desk, at: datetime) -> None:
    profile = ProfileFactory(about="Ik kook graag.", photo="photos/aa/x.jpg", photo_sha256="a")
    first = ReviewFactory(profile=profile)
    desk.browser.post(f"/reviews/{first.pk}/take/")
    lease = first.lease
    desk.browser.post(
        f"/reviews/{first.pk}/decide/", {"epoch": lease.epoch, "version": 1, "outcome": "approve"}
    )
    profile.about, profile.version = "Ik bak graag.", 2
    profile.store(reason="received", at=at, fields=["about", "version"])
    ReviewFactory(profile=profile, queue=Queue.CHANGED_PROFILES)
    ReviewFactory(
        profile=ProfileFactory(photo="photos/aa/y.jpg", photo_sha256="b"), queue=Queue.CHANGED_PROFILES
    )
    page = desk.browser.get("/queues/changed-profiles/lot/").content.decode()
    assert "<del>kook</del><ins>bak</ins>" in page
    assert page.count("data-photo>") == 2
    assert page.count("data-unseen") == 1
    CareSettings.objects.create(user=desk.user, photos=PhotoLook.GREY)
    page = desk.browser.get("/queues/changed-profiles/lot/").content.decode()
    assert page.count('data-photos="grey"') == page.count('<input type="hidden" name="photo"') == 2
    assert "data-unseen" not in page


def test_approves_what_was_chosen_and_says_what_could_not_be(
    desk: Desk, other_moderator: User, at: datetime
) -> None:
    fine, held, _left = titled("Goed"), titled("In handen"), titled("Blijft liggen")
    claim_review(actor=other_moderator, review_id=held.pk, at=at)
    answer = sent(desk, fine, held)
    page = answer.content.decode()
    assert (answer.status_code, Decision.objects.get().review) == (200, fine)
    assert "1 item goedgekeurd." in page
    assert f"In handen</a>: {other_moderator} is met dit item bezig." in page
    assert "Blijft liggen" in page
    assert sent(desk, held).status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"review": []},
        {"review": ["x:1"]},
        {"review": [f"{uuid4()}:een"]},
        {"review": [f"{uuid4()}:-1"]},
        {"review": [f"{uuid4()}:1"] * 2},
        {"review": [f"{uuid4()}:1" for _ in range(51)]},
        {"lot": "x"},
        {"photo": ["x"]},
    ],
)
def test_refuses_what_cannot_be_read_whole(desk: Desk, wrong: dict[str, Any]) -> None:
    review = ReviewFactory()
    given = {"lot": str(uuid4()), "review": [f"{review.pk}:1"], **wrong}
    if wrong.get("review"):
        given["review"] = [f"{review.pk}:1", *wrong["review"]]
    answer = desk.browser.post(PAGE, given)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Decision.objects.exists()


def test_takes_the_lot_back_in_one_go(desk: Desk) -> None:
    sent(desk, *ReviewFactory.create_batch(2))
    lot = Decision.objects.all()[0].lot
    assert "Alle 2 terugdraaien" in desk.browser.get(PAGE).content.decode()
    answer = desk.browser.post(f"/lots/{lot}/undo/", {"queue": "help-requests"}, follow=True)
    assert answer.redirect_chain == [(PAGE, 303)]
    page = answer.content.decode()
    assert "2 items teruggedraaid." in page
    assert "Alle 2 terugdraaien" not in page
    again = desk.browser.post(f"/lots/{lot}/undo/", {"queue": "help-requests"}, follow=True)
    assert "Er is niets om terug te draaien." in again.content.decode()


def test_is_led_to_from_queues_that_have_it(desk: Desk) -> None:
    ReviewFactory()
    assert PAGE in desk.browser.get("/queues/help-requests/").content.decode()
    assert "/lot/" not in desk.browser.get("/queues/urgent/").content.decode()
    assert desk.browser.get("/queues/urgent/lot/").status_code == 404


@pytest.mark.parametrize(
    ("role", "status"), [(Role.COORDINATOR, 200), (Role.AUDITOR, 403), (Role.SERVICEDESK, 403)]
)
def test_opens_for_who_decides(setup_acts: User, role: Role, status: int) -> None:
    client = Client()
    client.force_login(StaffFactory(role=role))
    assert client.get(PAGE).status_code == status
    assert client.post(PAGE).status_code == (422 if status == 200 else status)
    assert client.post(f"/lots/{uuid4()}/undo/").status_code == (404 if status == 200 else status)


def test_costs_the_same_for_one_as_for_twenty(
    desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ReviewFactory()
    desk.browser.get(PAGE)
    with django_assert_num_queries(13):
        desk.browser.get(PAGE)
    ReviewFactory.create_batch(19)
    with django_assert_num_queries(13):
        desk.browser.get(PAGE)
