"""The table of a queue: what stands in it, narrowed by the address, at one price."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from moderation.services.leases import claim_review
from tests.desk.conftest import Desk
from tests.factories import RECEIVED, HelpRequestFactory, ProfileFactory, ReviewFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(at: datetime) -> Any:
    with time_machine.travel(at, tick=False):
        yield


def page(desk: Desk, **narrowed: str) -> str:
    return str(desk.browser.get("/queues/help-requests/", narrowed).content.decode())


def test_says_why_how_old_and_who_has_it(desk: Desk, other_moderator: User, at: datetime) -> None:
    profile = ProfileFactory(birth_date=date(1952, 5, 17))
    request = HelpRequestFactory(member_id=profile.member_id, title="Wie brengt mij?")
    review = ReviewFactory(help_request=request, reasons=[{"code": "phone_number", "points": 30}], points=30)
    claim_review(actor=other_moderator, review_id=review.pk, at=at)
    shown = page(desk)
    assert "Wie brengt mij?" in shown
    assert "telefoonnummer <b>+30</b>" in shown
    assert 'data-label="Leeftijd">74<' in shown
    assert str(other_moderator) in shown


def test_says_that_an_age_is_unknown(desk: Desk) -> None:
    ReviewFactory()
    assert "onbekend" in page(desk)


def test_tells_who_only_looks_at_numbers_no_title_and_no_age(setup_acts: User) -> None:
    profile = ProfileFactory(birth_date=date(1952, 5, 17))
    ReviewFactory(help_request=HelpRequestFactory(member_id=profile.member_id, title="Wie brengt mij?"))
    shown = page(Desk(StaffFactory(role=Role.AUDITOR)))
    assert "Wie brengt mij?" not in shown
    assert ">74<" not in shown


def test_says_by_which_day_it_must_be_done(desk: Desk) -> None:
    ReviewFactory()
    ReviewFactory(opened_at=RECEIVED - timedelta(days=1))
    shown = page(desk)
    assert ">morgen</time>" in shown
    assert ">vandaag</time>" in shown


def test_what_is_late_stands_on_top_and_says_so(desk: Desk) -> None:
    ReviewFactory(help_request=HelpRequestFactory(title="Op tijd"), points=90)
    ReviewFactory(help_request=HelpRequestFactory(title="Te laat"), opened_at=RECEIVED - timedelta(days=4))
    shown = page(desk)
    assert shown.index(">Te laat<") < shown.index(">Op tijd<")
    assert "is-late" in shown


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ({"words": "ziekenhuis"}, True),
        ({"words": "fiets"}, False),
        ({"place": "zwolle"}, True),
        ({"keyword": "vervoer"}, True),
        ({"site": "WEHELPEN.NL"}, True),
        ({"overdue": "true"}, False),
        ({"free": "true"}, True),
        ({"why": "link"}, False),
    ],
)
def test_is_narrowed_by_the_address(desk: Desk, narrowed: dict[str, str], found: bool) -> None:
    ReviewFactory()
    assert ("Wie kan mijn moeder naar" in page(desk, **narrowed)) is found


def test_offers_help_when_there_is_too_much(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("moderation.views.queues.TOO_MUCH", 2)
    ReviewFactory()
    assert "meer dan" not in page(desk)
    ReviewFactory()
    assert "meer dan" in page(desk)


def test_costs_the_same_for_one_row_as_for_fifty(
    desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ReviewFactory()
    page(desk)
    with django_assert_num_queries(11):
        page(desk)
    ReviewFactory.create_batch(49)
    with django_assert_num_queries(11):
        page(desk)
