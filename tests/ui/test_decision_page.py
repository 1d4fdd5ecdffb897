"""The page of a decision: why, and the letter."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from backoffice.staff.models import User
from moderation.choices import Outcome
from moderation.models import Decision, Policy
from tests.factories import HelpRequestFactory, ProfileFactory, ReviewFactory
from tests.moderation.test_statements import decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(moderator: User) -> Client:
    client = Client()
    client.force_login(moderator)
    return client


def page_of(client: Client, decision: Decision) -> str:
    response = client.get(reverse("admin:moderation_decision_change", args=[decision.pk]))
    assert response.status_code == 200
    return response.content.decode()


class TestDecisionPage:
    def test_shows_the_reasons_and_the_letter_in_the_words_of_that_day(
        self, client: Client, moderator: User, at: datetime
    ) -> None:
        profile = ProfileFactory(first_name="Fatima")
        request = HelpRequestFactory(member_id=profile.member_id, title="Tuin op orde")
        decision = decided(moderator, at, ReviewFactory(help_request=request), message="Haal het weg.")
        rule = Policy.objects.get(code="1.1")
        before = rule.text
        rule.text = "Heel anders"
        rule.store(reason="changed", at=at, fields=["text"])
        page = page_of(client, decision)
        assert page.count(before) == 2
        assert "Heel anders" not in page
        assert "Beste Fatima," in page
        assert "Haal het weg." in page

    def test_shows_neither_for_an_approval(self, client: Client, moderator: User, at: datetime) -> None:
        decision = decided(moderator, at, outcome=Outcome.APPROVE, policies=[], reason="")
        page = page_of(client, decision)
        assert "house-letter" not in page
        assert "house-reasons" not in page
