"""With an access code somebody chooses a password that nobody else knows, once and in time."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from backoffice.audit.models import Event
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from backoffice.staff.policy import NotAllowed
from backoffice.staff.services.access import WeakPassword, WrongCode, choose_password
from backoffice.staff.services.people import deactivate_staff, invite_staff, reactivate_staff, reset_access
from backoffice.staff.system import SETUP
from tests.barrier import at_once
from tests.factories import PASSWORD, StaffFactory
from tests.ui.test_language import english_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited(administrator: User, at: datetime) -> tuple[User, str]:
    return invite_staff(
        actor=administrator, username="anneke", display_name="Anneke", roles=["moderator"], at=at
    )


def choose(code: str, at: datetime, *, username: str = "anneke", password: str = PASSWORD) -> User:
    return choose_password(username=username, code=code, password=password, at=at)


class TestChoosePassword:
    def test_lets_somebody_sign_in(self, invited: tuple[User, str], at: datetime) -> None:
        person = choose(invited[1], at)
        assert person.check_password(PASSWORD)
        assert Client().login(username="anneke", password=PASSWORD)

    def test_records_one_event_of_the_person(self, invited: tuple[User, str], at: datetime) -> None:
        person = choose(invited[1], at)
        event = Event.objects.get(kind="staff.password_chosen")
        assert (event.actor, event.subject_id, event.data) == (person, str(person.pk), {})
        newest = person.history.order_by("-history_id")[0]
        assert (newest.history_user_id, newest.history_change_reason) == (person.pk, "password_chosen")

    def test_works_once(self, invited: tuple[User, str], at: datetime) -> None:
        choose(invited[1], at)
        with pytest.raises(WrongCode):
            choose(invited[1], at, password="een-heel-ander-wachtwoord")
        assert User.objects.get(username="anneke").check_password(PASSWORD)

    def test_works_until_its_time_is_up(
        self, invited: tuple[User, str], at: datetime, settings: Settings
    ) -> None:
        late = at + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 1)
        with pytest.raises(WrongCode):
            choose(invited[1], late)
        choose(invited[1], late - timedelta(seconds=1))

    def test_is_void_when_there_is_a_newer_code(
        self, administrator: User, invited: tuple[User, str], at: datetime
    ) -> None:
        person, first = invited
        _person, second = reset_access(actor=administrator, user_id=person.pk, at=at)
        with pytest.raises(WrongCode):
            choose(first, at)
        choose(second, at)

    def test_is_void_for_who_was_switched_off(
        self, administrator: User, invited: tuple[User, str], at: datetime
    ) -> None:
        person, first = invited
        deactivate_staff(actor=administrator, user_id=person.pk, at=at)
        with pytest.raises(WrongCode):
            choose(first, at)
        _person, second = reactivate_staff(actor=administrator, user_id=person.pk, at=at)
        with pytest.raises(WrongCode):
            choose(first, at)
        choose(second, at)

    @pytest.mark.parametrize("username", ["", "wim", "Anneke", SETUP, "x" * 500])
    def test_is_for_one_person_and_says_the_same_to_others(
        self, invited: tuple[User, str], at: datetime, username: str
    ) -> None:
        StaffFactory(username="wim", with_password=True)
        with pytest.raises(WrongCode) as refusal:
            choose(invited[1], at, username=username)
        with pytest.raises(WrongCode) as other:
            choose("c0de-verzonnen", at)
        assert str(refusal.value) == str(other.value)

    @pytest.mark.parametrize("code", ["", "-", "a-b-c", "é-1", "0-0", "x" * 500, "cwz5k1-\x00"])
    def test_takes_no_other_code(self, invited: tuple[User, str], at: datetime, code: str) -> None:
        with pytest.raises(WrongCode):
            choose(code, at)

    @pytest.mark.parametrize("password", ["", "kort", "password1234"])
    def test_refuses_a_weak_password_and_keeps_the_code(
        self, invited: tuple[User, str], at: datetime, password: str
    ) -> None:
        with pytest.raises(WeakPassword) as refusal:
            choose(invited[1], at, password=password)
        assert refusal.value.field == "password"
        choose(invited[1], at)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_use_one_code_one_is_told(administrator: User, at: datetime) -> None:
    _person, code = invite_staff(
        actor=administrator, username="anneke", display_name="Anneke", roles=["moderator"], at=at
    )
    ended = at_once(
        *(
            (administrator, lambda n=n: choose(code, at, password=f"een-goed-wachtwoord-{n}"))
            for n in range(2)
        )
    )
    assert sorted(type(each).__name__ for each in ended) == ["User", "WrongCode"]


class TestResetAccess:
    def test_signs_out_who_is_signed_in(self, administrator: User, at: datetime) -> None:
        person = StaffFactory(role=Role.MODERATOR, with_password=True)
        client = Client()
        client.login(username=person.username, password=PASSWORD)
        assert client.get("/").status_code == 200
        reset_access(actor=administrator, user_id=person.pk, at=at)
        assert client.get("/").status_code == 302

    def test_of_who_was_switched_off_is_refused(
        self, administrator: User, moderator: User, at: datetime
    ) -> None:
        deactivate_staff(actor=administrator, user_id=moderator.pk, at=at)
        with pytest.raises(NotAllowed):
            reset_access(actor=administrator, user_id=moderator.pk, at=at)


class TestWelcomePage:
    @pytest.fixture(autouse=True)
    def _now(self, at: datetime) -> Any:
        with time_machine.travel(at, tick=False):
            yield

    def given(self, invited: tuple[User, str], **more: str) -> dict[str, str]:
        return {"username": "anneke", "code": invited[1], "password": PASSWORD, "again": PASSWORD, **more}

    def test_goes_on_to_sign_in(self, invited: tuple[User, str]) -> None:
        client = Client()
        answer = client.post("/welcome/", self.given(invited), follow=True)
        assert answer.redirect_chain == [("/login/", 302)]
        assert len(answer.context["messages"]) == 1
        assert client.login(username="anneke", password=PASSWORD)

    @pytest.mark.parametrize(
        ("more", "field"),
        [
            ({"code": "verzonnen"}, "code"),
            ({"code": ""}, "code"),
            ({"username": "wim"}, "code"),
            ({"password": "kort", "again": "kort"}, "password"),
            ({"again": "iets-heel-anders-dus"}, "again"),
        ],
    )
    def test_names_the_field_that_is_wrong_and_repeats_no_password(
        self, invited: tuple[User, str], more: dict[str, str], field: str
    ) -> None:
        answer = Client().post("/welcome/", self.given(invited, **more))
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
        assert PASSWORD not in answer.text
        assert not User.objects.get(username="anneke").has_usable_password()

    def test_is_open_to_who_is_not_signed_in_and_is_not_kept(self, invited: tuple[User, str]) -> None:
        answer = Client().get("/welcome/")
        assert answer.status_code == 200
        assert english_in(answer.text) == []
        assert "no-store" in answer["Cache-Control"]

    def test_asks_for_a_token(self, invited: tuple[User, str]) -> None:
        client = Client(enforce_csrf_checks=True)
        assert client.post("/welcome/", self.given(invited)).status_code == 403

    def test_is_found_from_the_page_to_sign_in(self, db: Any) -> None:
        assert 'href="/welcome/"' in Client().get("/login/").text
