"""The page for immediate danger: one key from every item, nothing written by looking."""

from datetime import datetime
from typing import Any

import pytest
import time_machine

from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from moderation.models import DangerStep, Review
from tests.desk.conftest import Desk
from tests.everything import everything
from tests.factories import HelpRequestFactory, ProfileFactory, ReviewFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(at: datetime) -> Any:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def review() -> Review:
    profile = ProfileFactory(first_name="Marijke", last_name="Hoogendoorn")
    made: Review = ReviewFactory(help_request=HelpRequestFactory(member_id=profile.member_id))
    return made


def test_says_whom_to_call_and_writes_nothing(desk: Desk, review: Review) -> None:
    desk.browser.get("/")
    before = everything()
    page = desk.browser.get(f"/reviews/{review.pk}/danger/").content.decode()
    for number in ("112", "0800-2000", "0800-0113", "0800-0432", "0900-8844"):
        assert number in page
    assert everything() == before
    for path in ("report", "steps"):
        assert desk.browser.get(f"/reviews/{review.pk}/danger/{path}/").status_code == 405


def test_is_one_key_from_every_item(desk: Desk, at: datetime, review: Review) -> None:
    closed = ReviewFactory(state="decided", closed_at=at)
    held = desk.next()["item"]["html"]
    for shown, of in ((held, review), (desk.get(f"/reviews/{closed.pk}/").json()["item"]["html"], closed)):
        assert f'href="/reviews/{of.pk}/danger/" data-key="!"' in shown


def test_hands_up_and_shows_what_was_done_to_who_follows(
    desk: Desk, coordinator: User, review: Review
) -> None:
    address = f"/reviews/{review.pk}/danger/"
    assert desk.browser.post(f"{address}report/", {"reason": "Zegt dat het op is"}).status_code == 303
    assert desk.browser.post(f"{address}steps/", {"deed": "emergency", "note": "Komen"}).status_code == 303
    step = DangerStep.objects.get(deed="emergency")
    assert desk.browser.post(f"/danger-steps/{step.pk}/correct/").status_code == 303
    karin = Desk(coordinator)
    request = review.help_request
    assert request
    shown = [karin.next("urgent")["item"]["html"], karin.browser.get(address).content.decode()]
    shown.append(karin.browser.get(f"/moderation/helprequest/{request.pk}/history/").content.decode())
    for page in shown:
        assert "<s>112 gebeld</s>" in page
        assert "Bovenaan gezet voor de coördinatoren" in page


def test_keeps_what_was_typed_when_it_is_refused(desk: Desk, review: Review) -> None:
    address = f"/reviews/{review.pk}/danger/"
    answer = desk.browser.post(f"{address}steps/", {"deed": "police", "note": "Hoogendoorn gebeld"})
    assert answer.status_code == 422
    assert 'value="Hoogendoorn gebeld" aria-invalid="true"' in answer.content.decode()
    assert 'id="danger-reason-error"' in desk.browser.post(f"{address}report/", {}).content.decode()
    assert not DangerStep.objects.exists()


@pytest.mark.parametrize(
    ("role", "looks", "writes"),
    [
        (Role.MODERATOR, 200, 303),
        (Role.COORDINATOR, 200, 303),
        (Role.PRIVACY_OFFICER, 200, 403),
        (Role.AUDITOR, 403, 403),
        (Role.SERVICEDESK, 403, 403),
        (Role.ADMINISTRATOR, 403, 403),
    ],
)
def test_is_for_who_works_with_items(
    setup_acts: User, review: Review, role: Role, looks: int, writes: int
) -> None:
    browser = Desk(StaffFactory(role=role)).browser
    assert browser.get(f"/reviews/{review.pk}/danger/").status_code == looks
    answer = browser.post(f"/reviews/{review.pk}/danger/steps/", {"deed": "police"})
    assert answer.status_code == writes
