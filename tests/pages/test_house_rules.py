"""The house rules on pages of their own."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from backoffice.audit.meanwhile import version_of
from backoffice.staff.models import User
from moderation.models import Policy
from tests.moderation.test_statements import decided
from tests.pages.conftest import as_

pytestmark = pytest.mark.django_db

LIST = "/moderation/policy/"
GIVEN = {
    "title": "Geen honden",
    "text": "Zoek hier geen oppas voor een hond.",
    "outcomes": ["hide", "request_change"],
    "category": "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
    "specification": "",
    "legal_reference": "",
}


@pytest.fixture
def at_the_coordinator(coordinator: User) -> Client:
    return as_(coordinator)


def page_of(rule: Policy) -> str:
    return reverse("admin:moderation_policy_change", args=[rule.pk])


class TestHouseRules:
    def test_are_listed_as_a_tree(self, at_the_coordinator: Client) -> None:
        answer = at_the_coordinator.get(LIST)
        codes = [rule.code for rule in answer.context["cl"].result_list]
        assert codes[:3] == ["1", "1.1", "1.2"]
        assert codes.index("2") == codes.index("1.5") + 1
        assert "house-chapter" in answer.text

    def test_show_their_standard_texts_and_what_rests_on_them(
        self, at_the_coordinator: Client, moderator: User, at: datetime
    ) -> None:
        decided(moderator, at, policies=["1.1"])
        answer = at_the_coordinator.get(page_of(Policy.objects.get(code="1.1")))
        assert "Telefoonnummer of e-mailadres in de tekst" in answer.text

    def test_are_changed_by_a_verb(self, at_the_coordinator: Client) -> None:
        rule = Policy.objects.get(code="2.1")
        form = at_the_coordinator.get(f"{LIST}{rule.pk}/change-rule/")
        assert rule.text in form.text
        answer = at_the_coordinator.post(f"{LIST}{rule.pk}/change-rule/", {**GIVEN, "seen": version_of(rule)})
        assert (answer.status_code, answer["Location"]) == (303, page_of(rule))
        rule.refresh_from_db()
        assert (rule.title, rule.version) == ("Geen honden", 2)

    def test_show_what_a_colleague_changed_meanwhile(self, at_the_coordinator: Client) -> None:
        rule = Policy.objects.get(code="2.1")
        seen = version_of(rule)
        at_the_coordinator.post(f"{LIST}{rule.pk}/change-rule/", {**GIVEN, "seen": seen})
        answer = at_the_coordinator.post(
            f"{LIST}{rule.pk}/change-rule/", {**GIVEN, "title": "Anders", "seen": seen}
        )
        assert answer.status_code == 409
        assert "Geen honden" in answer.text

    def test_are_added_put_out_of_use_and_back(self, at_the_coordinator: Client) -> None:
        chapter = Policy.objects.get(code="2")
        assert (
            at_the_coordinator.post(f"{LIST}add-rule/", {**GIVEN, "chapter": chapter.pk}).status_code == 303
        )
        rule = Policy.objects.get(code="2.4")
        for verb, in_use in (("retire", False), ("restore", True)):
            assert at_the_coordinator.post(f"{LIST}{rule.pk}/{verb}/").status_code == 303
            rule.refresh_from_db()
            assert rule.active == in_use

    def test_say_at_the_field_what_is_wrong(self, at_the_coordinator: Client) -> None:
        rule = Policy.objects.get(code="1.5")
        given = {**GIVEN, "seen": version_of(rule)}
        answer = at_the_coordinator.post(f"{LIST}{rule.pk}/change-rule/", given)
        assert answer.status_code == 422
        assert "outcomes" in answer.context["form"].errors

    def test_can_be_read_by_a_moderator_not_changed(self, moderator: User) -> None:
        client = as_(moderator)
        rule = Policy.objects.get(code="2.1")
        assert rule.text in client.get(page_of(rule)).text
        for path in (f"{LIST}add-rule/", f"{LIST}{rule.pk}/change-rule/", f"{LIST}{rule.pk}/retire/"):
            assert client.get(path).status_code == 403
            assert client.post(path, GIVEN).status_code == 403

    def test_take_the_same_queries_however_many(
        self, at_the_coordinator: Client, django_assert_max_num_queries: object
    ) -> None:
        with django_assert_max_num_queries(9):  # type: ignore[operator]
            at_the_coordinator.get(LIST)
