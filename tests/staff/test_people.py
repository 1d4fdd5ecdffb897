"""Administrators let people work here, change their roles and switch accounts off; never their own."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group

from backoffice.audit.meanwhile import ChangedMeanwhile, version_of
from backoffice.audit.models import Event
from backoffice.staff.models import User
from backoffice.staff.permissions import Permission, Role
from backoffice.staff.policy import NotAllowed, may
from backoffice.staff.services.people import (
    AccountStands,
    NameRefused,
    UnknownRole,
    UsernameTaken,
    change_roles,
    deactivate_staff,
    invite_staff,
    reactivate_staff,
    reset_access,
    roles_of,
)
from backoffice.staff.system import SETUP, system_user
from tests.barrier import at_once
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

GIVEN: dict[str, Any] = {"username": "anneke", "display_name": "Anneke Postma", "roles": ["moderator"]}


def invite(actor: User, at: datetime, **given: Any) -> tuple[User, str]:
    return invite_staff(actor=actor, **{**GIVEN, **given}, at=at)


def change(actor: User, person: User, at: datetime, *roles: str) -> User:
    return change_roles(actor=actor, user_id=person.pk, seen=version_of(person), roles=roles, at=at)


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


class TestInviteStaff:
    def test_makes_somebody_who_can_do_what_the_role_can(self, administrator: User, at: datetime) -> None:
        person, code = invite(administrator, at)
        assert (person.username, str(person)) == ("anneke", "Anneke Postma")
        assert roles_of(person) == {Role.MODERATOR}
        assert may(person, Permission.DECIDE_REVIEWS)
        assert not may(person, Permission.MANAGE_STAFF)
        assert not person.has_usable_password()
        assert not person.is_superuser
        assert code

    def test_records_one_event_with_codes_only(self, administrator: User, at: datetime) -> None:
        person, _code = invite(administrator, at, roles=["moderator", "privacy officer"])
        event = Event.objects.get()
        assert (event.kind, event.actor, event.subject_id, event.data) == (
            "staff.invited",
            administrator,
            str(person.pk),
            {"roles": ["moderator", "privacy_officer"]},
        )
        version = person.history.get()
        assert (version.history_user_id, version.history_date) == (administrator.pk, at)

    def test_refuses_without_permission(self, coordinator: User, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            invite(coordinator, at)
        assert not User.objects.filter(username="anneke").exists()

    @pytest.mark.parametrize(
        ("given", "refusal", "field"),
        [
            ({"username": ""}, NameRefused, "username"),
            ({"username": "an neke"}, NameRefused, "username"),
            ({"username": "system:nightly"}, NameRefused, "username"),
            ({"username": "x" * 61}, NameRefused, "username"),
            ({"display_name": "  "}, NameRefused, "display_name"),
            ({"display_name": "x" * 81}, NameRefused, "display_name"),
            ({"display_name": "Anne\u202eke"}, NameRefused, "display_name"),
            ({"roles": []}, UnknownRole, "roles"),
            ({"roles": ["baas"]}, UnknownRole, "roles"),
        ],
    )
    def test_names_the_field_that_is_wrong(
        self, administrator: User, at: datetime, given: dict[str, Any], refusal: type[Any], field: str
    ) -> None:
        with pytest.raises(refusal) as refused:
            invite(administrator, at, **given)
        assert refused.value.field == field
        assert not Event.objects.exists()

    def test_refuses_a_name_that_is_taken_whatever_its_capitals(
        self, administrator: User, at: datetime
    ) -> None:
        invite(administrator, at)
        for taken in ("anneke", "ANNEKE", " anneke "):
            with pytest.raises(UsernameTaken):
                invite(administrator, at, username=taken)


class TestChangeRoles:
    def test_gives_exactly_these(self, administrator: User, moderator: User, at: datetime) -> None:
        change(administrator, moderator, at, "coordinator", "servicedesk")
        assert roles_of(fresh(moderator)) == {Role.COORDINATOR, Role.SERVICEDESK}
        event = Event.objects.get()
        assert (event.kind, event.data) == (
            "staff.roles_changed",
            {"added": ["coordinator", "servicedesk"], "removed": ["moderator"]},
        )
        newest = moderator.history.order_by("-history_id")[0]
        for role in (Role.COORDINATOR, Role.SERVICEDESK):
            assert str(role.label) in newest.history_change_reason

    def test_leaves_groups_that_are_no_roles(
        self, administrator: User, moderator: User, at: datetime
    ) -> None:
        moderator.groups.add(Group.objects.create(name="kookclub"))
        change(administrator, moderator, at, "auditor")
        assert set(moderator.groups.values_list("name", flat=True)) == {"kookclub", "auditor"}

    def test_of_nothing_writes_nothing(self, administrator: User, moderator: User, at: datetime) -> None:
        versions = moderator.history.count()
        change(administrator, moderator, at, "moderator")
        assert moderator.history.count() == versions
        assert not Event.objects.exists()

    def test_refuses_what_a_colleague_changed_meanwhile(
        self, administrator: User, moderator: User, at: datetime
    ) -> None:
        seen = version_of(moderator)
        change(administrator, moderator, at, "auditor")
        with pytest.raises(ChangedMeanwhile):
            change_roles(actor=administrator, user_id=moderator.pk, seen=seen, roles=["coordinator"], at=at)
        assert roles_of(fresh(moderator)) == {Role.AUDITOR}

    def test_refuses_no_role_at_all(self, administrator: User, moderator: User, at: datetime) -> None:
        with pytest.raises(UnknownRole):
            change(administrator, moderator, at)


VERBS: dict[str, Callable[..., Any]] = {
    "roles": lambda **call: change_roles(
        **call, seen=version_of(User(pk=call["user_id"])), roles=["moderator", "administrator"]
    ),
    "access": reset_access,
    "off": deactivate_staff,
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
class TestEveryChange:
    def test_is_refused_for_oneself(
        self, administrator: User, at: datetime, verb: Callable[..., Any]
    ) -> None:
        with pytest.raises(NotAllowed):
            verb(actor=administrator, user_id=administrator.pk, at=at)

    def test_is_refused_without_permission(
        self, coordinator: User, moderator: User, at: datetime, verb: Callable[..., Any]
    ) -> None:
        with pytest.raises(NotAllowed):
            verb(actor=coordinator, user_id=moderator.pk, at=at)

    def test_is_refused_for_a_system_user(
        self, administrator: User, at: datetime, verb: Callable[..., Any]
    ) -> None:
        with pytest.raises(NotAllowed):
            verb(actor=administrator, user_id=system_user(SETUP).pk, at=at)

    def test_is_refused_for_who_has_all_rights_unless_one_has_them_too(
        self, administrator: User, at: datetime, verb: Callable[..., Any]
    ) -> None:
        chief, other = StaffFactory(is_superuser=True), StaffFactory(is_superuser=True)
        with pytest.raises(NotAllowed):
            verb(actor=administrator, user_id=chief.pk, at=at)
        verb(actor=other, user_id=chief.pk, at=at)

    def test_writes_nothing_when_refused(
        self, administrator: User, at: datetime, verb: Callable[..., Any]
    ) -> None:
        versions = administrator.history.count()
        with pytest.raises(NotAllowed):
            verb(actor=administrator, user_id=administrator.pk, at=at)
        assert administrator.history.count() == versions
        assert not Event.objects.exists()

    def test_is_refused_for_who_is_not_there(
        self, administrator: User, at: datetime, verb: Callable[..., Any]
    ) -> None:
        with pytest.raises(User.DoesNotExist):
            verb(actor=administrator, user_id=0, at=at)


class TestDeactivateStaff:
    def test_switches_off_and_on(self, administrator: User, moderator: User, at: datetime) -> None:
        deactivate_staff(actor=administrator, user_id=moderator.pk, at=at)
        assert not fresh(moderator).is_active
        person, code = reactivate_staff(actor=administrator, user_id=moderator.pk, at=at)
        assert person.is_active
        assert code
        assert roles_of(person) == {Role.MODERATOR}
        kinds = list(Event.objects.order_by("id").values_list("kind", flat=True))
        assert kinds == ["staff.deactivated", "staff.reactivated"]

    def test_does_not_bring_the_old_password_back(self, administrator: User, at: datetime) -> None:
        person = StaffFactory(role=Role.MODERATOR, with_password=True)
        deactivate_staff(actor=administrator, user_id=person.pk, at=at)
        reactivate_staff(actor=administrator, user_id=person.pk, at=at)
        assert not fresh(person).has_usable_password()

    def test_refuses_the_wrong_state(self, administrator: User, moderator: User, at: datetime) -> None:
        with pytest.raises(AccountStands):
            reactivate_staff(actor=administrator, user_id=moderator.pk, at=at)
        deactivate_staff(actor=administrator, user_id=moderator.pk, at=at)
        with pytest.raises(AccountStands):
            deactivate_staff(actor=administrator, user_id=moderator.pk, at=at)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_switch_each_other_off_one_remains(administrator: User, at: datetime) -> None:
    other = StaffFactory(role=Role.ADMINISTRATOR)
    ended = at_once(
        (administrator, lambda: deactivate_staff(actor=administrator, user_id=other.pk, at=at)),
        (other, lambda: deactivate_staff(actor=other, user_id=administrator.pk, at=at)),
    )
    assert sorted(type(each).__name__ for each in ended) == ["NotAllowed", "User"]
    assert User.objects.filter(pk__in=[administrator.pk, other.pk], is_active=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_invite_under_one_name_one_is_told(administrator: User, at: datetime) -> None:
    ended = at_once(*((administrator, lambda: invite(administrator, at)) for _ in range(2)))
    assert sorted(type(each).__name__ for each in ended) == ["UsernameTaken", "tuple"]
