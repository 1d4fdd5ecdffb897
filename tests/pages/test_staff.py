"""Administrators keep who works here on pages of their own; nobody is deleted."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from backoffice import clock
from backoffice.audit.meanwhile import version_of
from backoffice.audit.models import Event
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from backoffice.staff.services.access import choose_password
from backoffice.staff.services.people import change_roles, deactivate_staff, roles_of
from backoffice.staff.system import INTAKE, system_user
from tests.factories import PASSWORD, StaffFactory

pytestmark = pytest.mark.django_db

LIST = "/staff/user/"
CODE = re.compile(r"\b[0-9a-z]{6}-[0-9a-f]{32}\b")


class TestList:
    def test_shows_people_with_their_roles_and_no_system_users(
        self, at_the_administrator: Client, administrator: User, coordinator: User
    ) -> None:
        answer = at_the_administrator.get(LIST)
        assert set(answer.context["cl"].result_list) == {administrator, coordinator}
        assert str(Role.COORDINATOR.label) in answer.text

    def test_filters_by_role(self, at_the_administrator: Client, coordinator: User) -> None:
        answer = at_the_administrator.get(LIST, {"role": "coordinator"})
        assert list(answer.context["cl"].result_list) == [coordinator]

    def test_costs_the_same_for_one_person_as_for_many(
        self, at_the_administrator: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for role in [*Role] * 4:
            StaffFactory(role=role)
        with django_assert_num_queries(9):
            at_the_administrator.get(LIST)

    def test_is_closed_to_other_roles(self, other_role: Client, administrator: User) -> None:
        for page in (LIST, f"{LIST}{administrator.pk}/change/", f"{LIST}{administrator.pk}/history/"):
            assert other_role.get(page).status_code == 403

    def test_has_no_page_for_a_system_user(self, at_the_administrator: Client) -> None:
        key = system_user(INTAKE).pk
        for page in ("change", "history", "roles", "access", "deactivate"):
            assert at_the_administrator.get(f"{LIST}{key}/{page}/").status_code in {302, 404}
            assert at_the_administrator.post(f"{LIST}{key}/{page}/").status_code in {403, 404}
        assert system_user(INTAKE).is_active

    def test_has_no_page_to_delete_or_edit_by_hand(
        self, at_the_administrator: Client, moderator: User
    ) -> None:
        assert at_the_administrator.post(f"{LIST}{moderator.pk}/delete/", {"post": "yes"}).status_code == 403
        answer = at_the_administrator.post(f"{LIST}{moderator.pk}/change/", {"is_superuser": "on"})
        assert answer.status_code == 403
        moderator.refresh_from_db()
        assert not moderator.is_superuser


class TestInvite:
    GIVEN: dict[str, Any] = {"display_name": "Anneke Postma", "username": "anneke", "roles": ["moderator"]}

    def test_shows_a_code_once_with_which_a_password_is_chosen(
        self, at_the_administrator: Client, administrator: User
    ) -> None:
        answer = at_the_administrator.post(f"{LIST}invite/", self.GIVEN)
        (code,) = CODE.findall(answer.text)
        person = User.objects.get(username="anneke")
        assert not CODE.search(at_the_administrator.get(f"{LIST}{person.pk}/change/").text)
        choose_password(username="anneke", code=code, password=PASSWORD, at=clock.now())
        assert Client().login(username="anneke", password=PASSWORD)
        assert Event.objects.filter(kind="staff.invited", actor=administrator).count() == 1

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"display_name": ""}, "display_name"),
            ({"username": "an neke"}, "username"),
            ({"username": "medewerker\x00"}, "username"),
            ({"roles": []}, "roles"),
            ({"roles": ["baas"]}, "roles"),
        ],
    )
    def test_names_the_field_that_is_wrong(
        self, at_the_administrator: Client, given: dict[str, Any], field: str
    ) -> None:
        answer = at_the_administrator.post(f"{LIST}invite/", {**self.GIVEN, **given})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
        assert not User.objects.filter(display_name=self.GIVEN["display_name"]).exists()


class TestRoles:
    def test_are_saved(self, at_the_administrator: Client, moderator: User) -> None:
        page = at_the_administrator.get(f"{LIST}{moderator.pk}/roles/")
        assert page.context["form"]["roles"].value() == ["moderator"]
        given = {"seen": version_of(moderator), "roles": ["coordinator", "auditor"]}
        assert at_the_administrator.post(f"{LIST}{moderator.pk}/roles/", given).status_code == 303
        assert roles_of(User.objects.get(pk=moderator.pk)) == {Role.COORDINATOR, Role.AUDITOR}

    def test_of_oneself_are_greyed_with_the_reason(
        self, at_the_administrator: Client, administrator: User
    ) -> None:
        page = at_the_administrator.get(f"{LIST}{administrator.pk}/change/")
        offers = {offer.verb.name: offer.verdict for offer in page.context["offers"]}
        assert {name for name, verdict in offers.items() if not verdict} == {"roles", "access", "deactivate"}
        for verdict in offers.values():
            assert str(verdict.message) in page.text
        answer = at_the_administrator.post(
            f"{LIST}{administrator.pk}/roles/", {"seen": version_of(administrator), "roles": ["auditor"]}
        )
        assert answer.status_code == 403
        assert roles_of(User.objects.get(pk=administrator.pk)) == {Role.ADMINISTRATOR}

    def test_that_a_colleague_changed_meanwhile_are_shown(
        self, at_the_administrator: Client, moderator: User, at: datetime
    ) -> None:
        colleague = StaffFactory(role=Role.ADMINISTRATOR, display_name="Bas Kuipers")
        seen = version_of(moderator)
        change_roles(actor=colleague, user_id=moderator.pk, seen=seen, roles=["auditor"], at=at)
        answer = at_the_administrator.post(
            f"{LIST}{moderator.pk}/roles/", {"seen": seen, "roles": ["coordinator"]}
        )
        assert answer.status_code == 409
        assert "Bas Kuipers" in answer.text
        assert str(Role.AUDITOR.label) in answer.text.split("meanwhile-title")[2].split("</section>")[0]


class TestAccess:
    def test_shows_a_new_code_and_stops_the_old_password(self, at_the_administrator: Client) -> None:
        person = StaffFactory(role=Role.MODERATOR, with_password=True)
        answer = at_the_administrator.post(f"{LIST}{person.pk}/access/")
        assert len(CODE.findall(answer.text)) == 1
        assert not Client().login(username=person.username, password=PASSWORD)
        assert Event.objects.filter(kind="staff.access_reset").count() == 1


class TestSwitchingOff:
    def test_signs_out_at_once_and_can_be_undone(self, at_the_administrator: Client, moderator: User) -> None:
        theirs = Client()
        theirs.force_login(moderator)
        answer = at_the_administrator.post(f"{LIST}{moderator.pk}/deactivate/")
        assert answer.status_code == 303
        assert theirs.get("/").status_code == 302
        page = at_the_administrator.get(f"{LIST}{moderator.pk}/change/")
        assert [offer.verb.name for offer in page.context["offers"]] == ["reactivate"]
        assert CODE.search(at_the_administrator.post(f"{LIST}{moderator.pk}/reactivate/").text)
        assert theirs.get("/").status_code == 302

    def test_is_refused_a_second_time(
        self, at_the_administrator: Client, administrator: User, moderator: User, at: datetime
    ) -> None:
        deactivate_staff(actor=administrator, user_id=moderator.pk, at=at)
        assert at_the_administrator.post(f"{LIST}{moderator.pk}/deactivate/").status_code == 403
        assert Event.objects.filter(kind="staff.deactivated").count() == 1
