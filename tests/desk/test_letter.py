"""The letter in the panel, before anything is decided."""

import json
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from backoffice.audit.models import Event
from backoffice.leaks import Leak, LeakKind
from backoffice.outbox.models import Mail
from backoffice.staff.permissions import Role
from moderation.choices import Outcome
from moderation.models import Decision, Profile, Review, Statement
from moderation.services.decisions import finalise_due
from moderation.services.leases import claim_review
from moderation.services.letters import LetterGivesAway
from moderation.views.answers import refusal_answer
from tests.desk.conftest import Desk
from tests.factories import HelpRequestFactory, ProfileFactory, ReviewFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(at: datetime) -> Any:
    with time_machine.travel(at, tick=False) as traveller:
        yield traveller


@pytest.fixture
def review(desk: Desk, at: datetime) -> Review:
    profile = ProfileFactory(first_name="Fatima", email="fatima@voorbeeld.nl")
    request = HelpRequestFactory(member_id=profile.member_id, title="Tuin op orde")
    review = ReviewFactory(help_request=request)
    claim_review(actor=desk.user, review_id=review.pk, at=at)
    return review


def chosen(**changed: Any) -> dict[str, Any]:
    return {"outcome": "hide", "policies": ["1.1"], "message": "Haal het nummer weg.", **changed}


class TestGivingSomebodyAway:
    """Notices come later; what the desk says then stands here."""

    FOUND = (Leak(3, 9, LeakKind.NAME, "Jansen"), Leak(20, 24, LeakKind.PHRASE, "<b>dronken</b>"))

    def test_names_the_words_to_who_wrote_them(self) -> None:
        told = json.loads(refusal_answer(LetterGivesAway(self.FOUND)).content)
        assert (told["code"], told["field"]) == ("gives_away", "message")
        assert "“Jansen” (de naam), “<b>dronken</b>” (woorden uit de melding)" in told["message"]

    def test_marks_them_in_the_preview(self) -> None:
        shown = render_to_string("moderation/letter.html", {"letter": {}, "leaks": self.FOUND})
        assert "<q>Jansen</q> (de naam), <q>&lt;b&gt;dronken&lt;/b&gt;</q>" in shown


class TestLetter:
    def test_is_the_one_that_is_sent(
        self, desk: Desk, review: Review, at: datetime, _now: time_machine.Traveller
    ) -> None:
        shown = desk.do("letter", review, **chosen()).json()["html"]
        desk.do("decide", review, **chosen(reason="nummer"))
        finalise_due(actor=desk.user, at=Decision.objects.get().undo_until)
        mail = Mail.objects.get()
        for part in (mail.subject, *mail.body.split("\n\n")):
            assert part.strip() in shown.replace("&quot;", '"').replace("&#x27;", "'")

    def test_follows_the_rule_and_the_text(self, desk: Desk, review: Review) -> None:
        first = desk.do("letter", review, **chosen()).json()["html"]
        other = desk.do("letter", review, **chosen(policies=["2.1"], message="Geen geld.")).json()["html"]
        assert "1.1 Geen telefoonnummer" in first
        assert "2.1 Geen betaling" in other
        assert "Geen geld." in other

    def test_writes_nothing(self, desk: Desk, review: Review) -> None:
        events = Event.objects.count()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert desk.do("letter", review, **chosen()).status_code == 200
        assert not [q["sql"] for q in queries if q["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
        assert (Decision.objects.count(), Statement.objects.count(), Event.objects.count()) == (0, 0, events)

    def test_says_that_none_is_sent_without_an_address(
        self, desk: Desk, review: Review, at: datetime
    ) -> None:
        profile = Profile.objects.get(member_id=review.member_id)
        profile.email = ""
        profile.store(reason="changed", at=at, fields=["email"])
        assert "is-urgent" in desk.do("letter", review, **chosen()).json()["html"]

    def test_escapes_what_people_wrote(self, desk: Desk, review: Review) -> None:
        shown = desk.do("letter", review, **chosen(message="<script>alert(1)</script>")).json()["html"]
        assert "<script>" not in shown

    @pytest.mark.parametrize(
        ("broken", "field"),
        [
            ({"policies": []}, "policies"),
            ({"policies": ["9.9"]}, "policies"),
            ({"outcome": "approve"}, "outcome"),
            ({"message": "x" * 5001}, "message"),
        ],
    )
    def test_names_what_is_missing(
        self, desk: Desk, review: Review, broken: dict[str, Any], field: str
    ) -> None:
        response = desk.do("letter", review, **chosen(**broken))
        assert (response.status_code, response.json()["field"]) == (422, field)

    def test_is_a_page_for_a_browser_without_the_script(self, desk: Desk, review: Review) -> None:
        response = desk.browser.post(f"/reviews/{review.pk}/letter/", chosen())
        assert response.status_code == 200
        assert "Haal het nummer weg." in response.content.decode()

    def test_is_closed_to_who_only_looks(self, desk: Desk, review: Review) -> None:
        looker = Desk(StaffFactory(role=Role.PRIVACY_OFFICER))
        assert looker.do("letter", review, **chosen()).status_code == 403
        assert desk.get(f"/reviews/{review.pk}/letter/").status_code == 405

    def test_is_offered_in_every_panel_that_restricts(self, desk: Desk, review: Review) -> None:
        html = desk.get(f"/reviews/{review.pk}/").json()["item"]["html"]
        restricting = [Outcome.REQUEST_CHANGE, Outcome.HIDE, Outcome.HOLD_ACCOUNT]
        assert html.count("data-letter-url") == len(restricting)
