"""A member who does not agree reaches the servicedesk: the decision is found, what they say written down."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from backoffice.audit.models import Event
from backoffice.outbox.models import Mail
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from backoffice.staff.system import DELIVERY, system_user
from moderation.choices import Outcome, Queue
from moderation.models import Appeal, Decision, Review
from moderation.services.decisions import finalise_due
from tests.factories import HelpRequestFactory, ProfileFactory, ReviewFactory, StaffFactory
from tests.moderation.test_statements import decided
from tests.pages.conftest import as_
from tests.ui.test_language import english_in

pytestmark = pytest.mark.django_db

FIND = "/appeals/"
TERM_IS_OVER = "De zes maanden om bezwaar te maken zijn voorbij. De laatste dag was 17 mei 2027."


def travel(at: datetime) -> Any:
    return time_machine.travel(at, tick=False)


@pytest.fixture
def servicedesk(setup_acts: User) -> User:
    return StaffFactory(role=Role.SERVICEDESK)


@pytest.fixture
def hidden(moderator: User, at: datetime) -> Decision:
    """A request of Fatima that was hidden a while ago."""
    profile = ProfileFactory(member_id="m-77", first_name="Fatima", email="fatima@voorbeeld.nl")
    request = HelpRequestFactory(member_id=profile.member_id, request_id="r-77", title="Tuin op orde")
    return final(moderator, at, ReviewFactory(help_request=request))


def final(moderator: User, at: datetime, review: Review, **given: Any) -> Decision:
    decision = decided(moderator, at, review, **given)
    finalise_due(actor=system_user(DELIVERY), at=at + timedelta(minutes=2))
    return Decision.objects.get(pk=decision.pk)


def page_of(decision: Decision) -> str:
    return f"/moderation/decision/{decision.pk}/appeal/"


class TestFinding:
    def test_by_whatever_the_member_knows(
        self, servicedesk: User, hidden: Decision, moderator: User, at: datetime
    ) -> None:
        final(moderator, at, ReviewFactory(help_request=HelpRequestFactory(title="Heel iets anders")))
        typed = ("m-77", "r-77", "Fatima", "fatima@voor", "tuin orde", str(hidden.sequence), str(hidden.pk))
        with travel(at + timedelta(days=3)):
            for term in typed:
                answer = as_(servicedesk).get(FIND, {"q": f" {term} "})
                assert [one.decision for one in answer.context["found"]] == [hidden], term
            assert "Tot en met 17 mei 2027." in answer.text
            assert page_of(hidden) in answer.text
            assert english_in(answer.text) == []
            assert not as_(servicedesk).get(FIND, {"q": "9" * 30}).context["found"]
            assert as_(servicedesk).get(FIND).status_code == 200

    def test_says_why_there_is_nothing_to_object_to(
        self, servicedesk: User, hidden: Decision, moderator: User, at: datetime
    ) -> None:
        child = ProfileFactory(member_id="m-77", birth_date=None, site="huppla.nl")
        review = ReviewFactory(profile=child)
        final(moderator, at, review, outcome=Outcome.CONFIRM_UNDER_16, policies=["1.5"])
        with travel(at + timedelta(days=182)):
            page = as_(servicedesk).get(FIND, {"q": "m-77"}).text
            assert TERM_IS_OVER in page
            assert "Van iemand onder de 16 bewaren wij niets." in page
            assert page_of(hidden) not in page
            own = as_(servicedesk).get(f"/moderation/decision/{hidden.pk}/change/").text
            assert TERM_IS_OVER in own

    def test_costs_the_same_for_one_as_for_many(
        self,
        servicedesk: User,
        moderator: User,
        at: datetime,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        ProfileFactory(member_id="m-1")
        for _each in range(21):
            final(moderator, at, ReviewFactory(help_request=HelpRequestFactory(member_id="m-1")))
        client = as_(servicedesk)
        with django_assert_num_queries(9):
            answer = client.get(FIND, {"q": "m-1"})
        assert (len(answer.context["found"]), answer.context["more"]) == (20, True)

    @pytest.mark.parametrize("role", Role)
    def test_is_for_who_takes_appeals_in(self, setup_acts: User, role: Role) -> None:
        may = role in {Role.SERVICEDESK, Role.COORDINATOR}
        client = as_(StaffFactory(role=role))
        assert client.get(FIND).status_code == (200 if may else 403)
        assert (f'href="{FIND}"' in client.get("/").text) == may


class TestWritingDown:
    def test_opens_a_review_for_somebody_else_and_confirms_it(
        self, servicedesk: User, hidden: Decision, moderator: User, at: datetime
    ) -> None:
        before = Event.objects.count()
        with travel(at + timedelta(days=3)):
            shown = as_(servicedesk).get(page_of(hidden)).text
            for part in ("Tuin op orde", "Verborgen", "1.1 ", "Tot en met 17 mei 2027.", "Beste Fatima,"):
                assert part in shown
            answer = as_(servicedesk).post(page_of(hidden), {"text": "Het is van de huisarts."}, follow=True)
        assert "Het lid krijgt daar een brief over." in answer.text
        assert "Iemand moet het nog beoordelen." in answer.text
        appeal = Appeal.objects.get()
        assert (appeal.decision, appeal.text) == (hidden, "Het is van de huisarts.")
        assert (appeal.review.queue, appeal.review.not_for) == (Queue.APPEALS, moderator)
        assert Mail.objects.filter(template="appeal_receipt", recipient="fatima@voorbeeld.nl").count() == 1
        assert [event.kind for event in Event.objects.order_by("id")[before:]] == ["appeal.received"]

    def test_is_refused_a_second_time_with_the_words(
        self, servicedesk: User, hidden: Decision, at: datetime
    ) -> None:
        with travel(at + timedelta(days=3)):
            as_(servicedesk).post(page_of(hidden), {"text": "Het is van de huisarts."})
            answer = as_(servicedesk).post(page_of(hidden), {"text": "Nog eens."})
        assert answer.status_code == 403
        assert "Het lid heeft al eerder bezwaar gemaakt tegen dit besluit." in answer.text
        assert Appeal.objects.count() == 1

    def test_is_refused_empty_or_too_late_and_nothing_is_kept(
        self, servicedesk: User, hidden: Decision, at: datetime
    ) -> None:
        with travel(at + timedelta(days=3)):
            assert as_(servicedesk).post(page_of(hidden), {"text": " "}).status_code == 422
        with travel(at + timedelta(days=182)):
            answer = as_(servicedesk).post(page_of(hidden), {"text": "Het is van de huisarts."})
        assert (answer.status_code, "voorbij" in answer.text) == (403, True)
        assert not Appeal.objects.exists()
