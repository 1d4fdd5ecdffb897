"""The first page of who works at the servicedesk: what is for today, and what must not be forgotten."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from backoffice import clock
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from incidents.choices.dossiers import DossierOutcome, WaitingFor
from incidents.selectors.day import dossiers_today, tickets_today
from incidents.services.dossiers import set_waiting
from incidents.services.outcomes import handle_dossier, hold_dossier
from tests.factories import StaffFactory
from tests.incidents.dossiers import about, decided, opened
from tests.incidents.tickets import ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(setup_acts: User) -> User:
    return StaffFactory(role=Role.COORDINATOR)


class TestTicketsToday:
    def test_are_mine_that_are_due_before_midnight(self, servicedesk: User, at: datetime) -> None:
        late = ticket(servicedesk, at - timedelta(days=9), owner=servicedesk)
        ticket(servicedesk, at - timedelta(days=9))
        ticket(servicedesk, at, owner=servicedesk)
        found = tickets_today(servicedesk, at=at)
        assert found is not None
        assert (list(found.mine), found.mine_in_all) == ([(late, True)], 1)
        assert (found.progress.under_way, found.progress.overdue, found.progress.free) == (3, 2, 1)


class TestDossiersToday:
    def test_are_those_that_must_not_be_forgotten(
        self, coordinator: User, servicedesk: User, at: datetime
    ) -> None:
        today = clock.local_day(at)
        long_ago = at - timedelta(days=26)
        waits = opened(coordinator, at)
        told_soon = opened(coordinator, long_ago, happened_on=clock.local_day(long_ago))
        party = about(told_soon, coordinator, long_ago)
        about(waits, coordinator, at)
        until = today + timedelta(days=5)
        set_waiting(
            actor=coordinator, dossier_id=waits.pk, waiting_for=WaitingFor.REPORTER, until=until, at=at
        )
        ends, held = (_handled(coordinator, at - timedelta(days=3 * 365 - 10)) for _ in range(2))
        hold_dossier(actor=coordinator, dossier_id=held.pk, because="Zaak", recheck_on=until, at=at)
        _handled(coordinator, at)
        found = dossiers_today(coordinator, at=at)
        assert found is not None
        assert (list(found.waiting), list(found.to_tell), list(found.going)) == (
            [waits],
            [party],
            [held, ends],
        )
        others = dossiers_today(servicedesk, at=at)
        assert others is not None
        assert not others.anything

    def test_are_nobodys_who_may_see_none(self, setup_acts: User, at: datetime) -> None:
        moderator = StaffFactory(role=Role.MODERATOR)
        assert dossiers_today(moderator, at=at) is None
        assert tickets_today(moderator, at=at) is None


class TestHome:
    def test_shows_them_in_few_queries(
        self, coordinator: User, client: Client, at: datetime, django_assert_max_num_queries: Any
    ) -> None:
        mine = ticket(coordinator, at - timedelta(days=9), owner=coordinator)
        dossier = opened(coordinator, at)
        waits_for = WaitingFor.COORDINATOR
        set_waiting(actor=coordinator, dossier_id=dossier.pk, waiting_for=waits_for, until=None, at=at)
        client.force_login(coordinator)
        with django_assert_max_num_queries(40):
            page = client.get(reverse("admin:index")).content.decode()
        assert reverse("incidents:ticket", args=[mine.number]) in page
        assert reverse("incidents:dossier", args=[dossier.pk]) in page
        assert dossier.reporter_name not in page


def _handled(coordinator: User, at: datetime) -> Any:
    dossier, _party = decided(
        coordinator, at, DossierOutcome.UNFOUNDED, happened_on=clock.local_day(at) - timedelta(days=1)
    )
    return handle_dossier(actor=coordinator, dossier_id=dossier.pk, at=at)
