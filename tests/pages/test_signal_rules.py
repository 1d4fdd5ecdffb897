"""The signal rules on pages of their own: written, tried, switched on and off."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from backoffice import clock
from backoffice.staff.models import User
from moderation.models import Rule, RuleVersion
from tests.factories import HelpRequestFactory
from tests.moderation.test_signal_rules import add, change, switch_on
from tests.pages.conftest import as_

pytestmark = pytest.mark.django_db

LIST = "/moderation/rule/"
GIVEN = {
    "title": "Biedt tulpen aan",
    "flag": "commercial",
    "severity": "2",
    "house_rule": "2.2",
    "patterns": "tulp|tulpen\r\n\r\n  bos bloemen ",
    "unless": "geen tulpen",
    "why": "Er zijn er veel.",
}


@pytest.fixture
def karin(coordinator: User) -> Client:
    return as_(coordinator)


def page_of(row: Any) -> str:
    return reverse(f"admin:moderation_{row._meta.model_name}_change", args=[row.pk])


class TestSignalRules:
    def test_are_listed_with_what_became_of_what_they_found(
        self,
        karin: Client,
        coordinator: User,
        at: datetime,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        rule = switch_on(coordinator, add(coordinator, at), clock.now())
        change(coordinator, rule, clock.now(), severity=3)
        with django_assert_max_num_queries(10):
            answer = karin.get(LIST)
        assert len(answer.context["cl"].result_list) == Rule.objects.count() > 50
        assert answer.text.count("met een concept") == 1
        assert "Dreigt met geweld" in karin.get(f"{LIST}?q=vermoord").text
        assert karin.get(f"{LIST}?active__exact=0").context["cl"].result_count == 0

    def test_are_written_tried_and_switched_on(self, karin: Client) -> None:
        HelpRequestFactory(text="Wie wil er een bos bloemen?")
        answer = karin.post(f"{LIST}add-rule/", GIVEN)
        draft = RuleVersion.objects.latest("id")
        assert (answer.status_code, answer["Location"]) == (303, page_of(draft))
        assert draft.patterns == ["tulp|tulpen", "bos bloemen"]
        page = karin.get(page_of(draft)).text
        assert "<mark>bos bloemen</mark>" in page
        answer = karin.post(f"/moderation/ruleversion/{draft.pk}/switch-on/", {"reason": "Werkt."})
        assert (answer.status_code, answer["Location"]) == (303, page_of(draft.rule))
        assert Rule.objects.get(pk=draft.rule_id).active

    def test_are_changed_from_what_they_say_now(self, karin: Client, coordinator: User, at: datetime) -> None:
        rule = switch_on(coordinator, add(coordinator, at, points=7, near=["te koop"]), at)
        form = karin.get(f"{LIST}{rule.pk}/change-rule/").context["form"]
        said = {bound.name: bound.value() for bound in form if bound.value()}
        assert said == {
            "title": "Biedt tulpen aan",
            "flag": "commercial",
            "severity": 2,
            "house_rule": "2.2",
            "patterns": "tulp|tulpen",
            "near": "te koop",
            "at_least": 1,
            "points": 7,
        }
        assert form.seldom_used
        karin.post(f"{LIST}{rule.pk}/change-rule/", {**GIVEN, "title": "Tulpen"})
        draft = rule.versions.get(number=2)
        page = karin.get(page_of(draft)).text
        for words in ("<del>Biedt tulpen aan</del>", "<ins>Tulpen</ins>", "<ins>bos bloemen</ins>"):
            assert words in page
        assert "<ins>geen tulpen</ins>" in karin.get(page_of(rule)).text

    def test_say_at_the_field_what_is_wrong(self, karin: Client) -> None:
        answer = karin.post(f"{LIST}add-rule/", {**GIVEN, "unless_near": "(tulp"})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["unless_near"])
        assert not Rule.objects.filter(code="biedt_tulpen_aan").exists()

    def test_are_switched_off(self, karin: Client) -> None:
        rule = Rule.objects.all()[0]
        assert karin.post(f"{LIST}{rule.pk}/switch-off/", {"reason": ""}).status_code == 422
        assert karin.post(f"{LIST}{rule.pk}/switch-off/", {"reason": "Te veel."}).status_code == 303
        rule.refresh_from_db()
        assert not rule.active
        assert "Te veel." in karin.get(page_of(rule)).text

    def test_can_be_read_by_a_moderator_not_changed(
        self, moderator: User, coordinator: User, at: datetime
    ) -> None:
        client = as_(moderator)
        draft = add(coordinator, at)
        assert "tulp|tulpen" in client.get(page_of(draft)).text
        for path in (f"{LIST}add-rule/", f"/moderation/ruleversion/{draft.pk}/switch-on/"):
            assert client.post(path, GIVEN).status_code == 403

    def test_whose_words_are_gone_are_seen_at_once(
        self, karin: Client, coordinator: User, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rule = switch_on(coordinator, add(coordinator, at), at)
        monkeypatch.setattr("moderation.selectors.rules.compile_version", lambda _version: None)
        assert "werkt niet" in karin.get(page_of(rule)).text
