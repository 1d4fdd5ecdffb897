"""Coordinators keep the standard texts on pages of their own."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from backoffice.audit.meanwhile import version_of
from backoffice.audit.models import Event
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from moderation.choices import Outcome
from moderation.models import Policy, StandardText
from moderation.services.standard_texts import add_text, change_text
from tests.factories import StaffFactory
from tests.pages.conftest import as_

pytestmark = pytest.mark.django_db

LIST = "/moderation/standardtext/"
GIVEN: dict[str, Any] = {
    "outcome": "hide",
    "title": "Iets nieuws",
    "body": "Beste {naam},\r\n\r\nDit kan niet.",
    "policy": "",
}


@pytest.fixture(autouse=True)
def _no_texts(setup_acts: User) -> None:
    StandardText.objects.all()._raw_delete("default")


@pytest.fixture
def at_the_coordinator(coordinator: User) -> Client:
    return as_(coordinator)


@pytest.fixture
def text(coordinator: User, at: datetime) -> StandardText:
    return make(coordinator, at)


def make(actor: User, at: datetime, title: str = "Te kort", body: str = "Beste {naam}.") -> StandardText:
    return add_text(actor=actor, outcome=Outcome.HIDE, title=title, body=body, policy_id=None, at=at)


class TestList:
    def test_stands_by_outcome_in_the_order_of_the_desk(
        self, at_the_coordinator: Client, coordinator: User, at: datetime
    ) -> None:
        texts = [make(coordinator, at, title) for title in ("een", "twee")]
        at_the_coordinator.post(f"{LIST}{texts[0].pk}/retire/")
        groups = at_the_coordinator.get(LIST).context["groups"]
        assert [group.outcome for group in groups] == [
            Outcome.REQUEST_CHANGE,
            Outcome.HIDE,
            Outcome.HOLD_ACCOUNT,
            Outcome.CONFIRM_UNDER_16,
        ]
        assert (groups[1].in_use, groups[1].out_of_use) == ([texts[1]], [texts[0]])

    def test_costs_the_same_for_one_text_as_for_many(
        self,
        at_the_coordinator: Client,
        coordinator: User,
        at: datetime,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for number in range(20):
            make(coordinator, at, f"tekst {number}")
        with django_assert_num_queries(6):
            at_the_coordinator.get(LIST)

    @pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
    def test_is_closed_to_other_roles(self, text: StandardText, role: Role) -> None:
        client = as_(StaffFactory(role=role))
        for page in (LIST, f"{LIST}{text.pk}/change/", f"{LIST}{text.pk}/history/"):
            assert client.get(page).status_code == 403

    def test_is_found_by_the_command_palette(self, at_the_coordinator: Client, text: StandardText) -> None:
        answer = at_the_coordinator.get("/search/", {"s": "kort", "extended": "1"})
        assert f"{LIST}{text.pk}/change/" in answer.text


class TestAdd:
    def test_offers_it_at_the_desk(self, at_the_coordinator: Client, coordinator: User) -> None:
        rule = Policy.objects.filter(outcomes__contains=[Outcome.HIDE])[0]
        answer = at_the_coordinator.post(f"{LIST}new/", {**GIVEN, "policy": rule.pk})
        text = StandardText.objects.get()
        assert (answer.status_code, answer["Location"]) == (303, f"{LIST}{text.pk}/change/")
        assert (text.outcome, text.body, text.policy) == ("hide", "Beste {naam},\n\nDit kan niet.", rule)
        assert [(event.kind, event.actor) for event in Event.objects.all()] == [
            ("standard_text.added", coordinator)
        ]

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"title": ""}, "title"),
            ({"body": ""}, "body"),
            ({"body": "Beste {name}"}, "body"),
            ({"outcome": "approve"}, "outcome"),
            ({"policy": "999999"}, "policy"),
            ({"policy": "x"}, "policy"),
        ],
    )
    def test_names_the_field_that_is_wrong_and_keeps_the_rest(
        self, at_the_coordinator: Client, given: dict[str, Any], field: str
    ) -> None:
        answer = at_the_coordinator.post(f"{LIST}new/", {**GIVEN, **given})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
        assert not StandardText.objects.exists()

    def test_says_which_place_is_not_known(self, at_the_coordinator: Client) -> None:
        answer = at_the_coordinator.post(f"{LIST}new/", {**GIVEN, "body": "Beste {name}"})
        assert "{name}" in str(answer.context["form"].errors["body"])

    def test_explains_the_places(self, at_the_coordinator: Client) -> None:
        page = at_the_coordinator.get(f"{LIST}new/").text
        for place in ("{naam}", "{titel}", "{gevonden}"):
            assert f"<code>{place}</code>" in page


class TestChange:
    def fields(self, text: StandardText, **given: Any) -> dict[str, Any]:
        return {"seen": version_of(text), "title": text.title, "body": text.body, "policy": "", **given}

    def test_saves_the_words(self, at_the_coordinator: Client, text: StandardText) -> None:
        answer = at_the_coordinator.post(f"{LIST}{text.pk}/edit/", self.fields(text, body="Anders."))
        assert answer.status_code == 303
        text.refresh_from_db()
        assert text.body == "Anders."
        assert Event.objects.filter(kind="standard_text.changed").count() == 1

    def test_shows_what_somebody_else_changed_and_keeps_what_was_typed(
        self, at_the_coordinator: Client, text: StandardText, at: datetime
    ) -> None:
        colleague = StaffFactory(role=Role.COORDINATOR, display_name="Karin Brouwer")
        mine = self.fields(text, body="Van mij.")
        change_text(
            actor=colleague,
            text_id=text.pk,
            seen=version_of(text),
            title=text.title,
            body="Van Karin.",
            policy_id=None,
            at=at,
        )
        answer = at_the_coordinator.post(f"{LIST}{text.pk}/edit/", mine)
        assert answer.status_code == 409
        for words in ("Karin Brouwer", "<ins>Van Karin.</ins>", f"<del>{text.body}</del>", "Van mij."):
            assert words in answer.text
        text.refresh_from_db()
        assert text.body == "Van Karin."

        again = {**mine, "seen": answer.context["form"]["seen"].value()}
        assert at_the_coordinator.post(f"{LIST}{text.pk}/edit/", again).status_code == 303
        text.refresh_from_db()
        assert text.body == "Van mij."

    def test_shows_the_letter_with_its_places_filled_in(
        self, at_the_coordinator: Client, text: StandardText
    ) -> None:
        for page in ("change", "edit"):
            assert "Beste Fatima." in at_the_coordinator.get(f"{LIST}{text.pk}/{page}/").text

    def test_offers_no_rule_that_does_not_allow_the_outcome(
        self, at_the_coordinator: Client, text: StandardText
    ) -> None:
        form = at_the_coordinator.get(f"{LIST}{text.pk}/edit/").context["form"]
        offered = list(form.fields["policy"].queryset)
        assert offered
        assert all(Outcome.HIDE in rule.outcomes for rule in offered)

    def test_names_the_rule_in_the_history(self, at_the_coordinator: Client, text: StandardText) -> None:
        rule = Policy.objects.filter(outcomes__contains=[Outcome.HIDE])[0]
        at_the_coordinator.post(f"{LIST}{text.pk}/edit/", self.fields(text, policy=rule.pk))
        assert f"<ins>{rule}</ins>" in at_the_coordinator.get(f"{LIST}{text.pk}/history/").text


class TestMove:
    def test_changes_places_and_comes_back_to_the_text(
        self, at_the_coordinator: Client, coordinator: User, at: datetime
    ) -> None:
        texts = [make(coordinator, at, title) for title in ("een", "twee")]
        answer = at_the_coordinator.post(f"{LIST}{texts[1].pk}/up/")
        assert answer["Location"] == f"{LIST}#text-{texts[1].pk}"
        assert list(StandardText.objects.values_list("title", flat=True)) == ["twee", "een"]

    def test_is_refused_at_the_end_with_the_reason(
        self, at_the_coordinator: Client, text: StandardText
    ) -> None:
        answer = at_the_coordinator.post(f"{LIST}{text.pk}/down/")
        assert answer.status_code == 422
        assert answer.context["form"].non_field_errors()


class TestPutOutOfUse:
    def test_and_back(self, at_the_coordinator: Client, text: StandardText) -> None:
        for verb, active in (("retire", False), ("restore", True)):
            offered = [
                o.verb.name for o in at_the_coordinator.get(f"{LIST}{text.pk}/change/").context["offers"]
            ]
            assert offered == ["edit", verb]
            at_the_coordinator.post(f"{LIST}{text.pk}/{verb}/")
            text.refresh_from_db()
            assert text.active is active

    def test_is_refused_when_it_is(self, at_the_coordinator: Client, text: StandardText) -> None:
        assert at_the_coordinator.post(f"{LIST}{text.pk}/restore/").status_code == 403
