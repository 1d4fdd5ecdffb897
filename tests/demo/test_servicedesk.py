"""The servicedesk of the demo office: every state of a ticket and of a dossier, through the services."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from backoffice import clock
from backoffice.audit.models import Event
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from incidents.choices import Channel, TicketKind, TicketState
from incidents.choices.dossiers import DossierOutcome, MeasureKind, OutreachState, TimelineKind
from incidents.demo.people import Cast
from incidents.demo.servicedesk import open_servicedesk
from incidents.given import Person
from incidents.models import (
    Attachment,
    Dossier,
    DossierLink,
    Measure,
    Message,
    OutreachTask,
    Party,
    RepetitionProposal,
    SafetyCheck,
    Ticket,
    TimelineEntry,
)
from tests.factories import StaffFactory

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


@pytest.fixture
def coordinator(setup_acts: User, settings: Settings, tmp_path: Path) -> User:
    settings.MEDIA_ROOT = tmp_path
    return StaffFactory(role=Role.COORDINATOR)


def fill(karin: User, now: datetime) -> None:
    joke = StaffFactory(role=Role.SERVICEDESK)
    open_servicedesk(servicedesk=joke, coordinator=karin, members=[], now=now)


@pytest.mark.django_db
class TestServicedesk:
    def test_leaves_something_in_every_state(self, coordinator: User) -> None:
        fill(coordinator, NOW)
        tickets = Ticket.objects.all()
        assert {one.state for one in tickets} == set(TicketState)
        assert {one.channel for one in tickets} >= {Channel.MAIL, Channel.PHONE}
        assert {one.kind for one in tickets} >= {TicketKind.QUESTION, TicketKind.COMPLAINT}
        assert any(one.is_overdue(NOW) for one in tickets)
        assert any(one.rights for one in tickets)
        dossiers = list(Dossier.objects.all())
        assert len(dossiers) >= 20
        assert {one.outcome for one in dossiers} == {*DossierOutcome, ""}
        assert set(Measure.objects.values_list("kind", flat=True)) == set(MeasureKind)
        assert set(TimelineEntry.objects.values_list("kind", flat=True)) >= {
            TimelineKind.SAID,
            TimelineKind.SENT,
            TimelineKind.DECIDED,
            TimelineKind.SIGNAL,
            TimelineKind.ADVICE,
        }
        assert {one.state for one in OutreachTask.objects.all()} == set(OutreachState)
        assert RepetitionProposal.objects.count() == 1
        assert SafetyCheck.objects.filter(called_112=True).exists()
        assert Party.objects.exclude(inform_deferred_because="").exists()
        assert DossierLink.objects.count() == Attachment.objects.count() == 2
        soon = [
            one for one in dossiers if one.expires_on and one.expires_on < (NOW + timedelta(days=30)).date()
        ]
        assert {bool(one.hold_reason) for one in soon} == {True, False}
        assert any(one.waiting_until and one.waiting_until < clock.local_day(NOW) for one in dossiers)

    def test_knows_nothing_of_what_is_to_come(self, coordinator: User) -> None:
        now = datetime(2027, 1, 1, tzinfo=clock.AMSTERDAM).astimezone(UTC)  # holidays move deeds together
        fill(coordinator, now)
        assert not Event.objects.filter(at__gt=now).exists()
        assert not Message.objects.filter(at__gt=now).exists()
        assert not Dossier.objects.filter(opened_at__gt=now).exists()


class TestCast:
    def test_lets_each_member_play_one_part(self) -> None:
        members = [
            Person(salutation=salutation, last_name=name, emails=(f"{name}@voorbeeld.nl",))
            for salutation, name in (("mevrouw", "a"), ("de heer", "b"), ("mevrouw", "c"))
        ]
        cast = Cast(members)
        first = cast.play("dader", "de heer")
        assert first.last_name == "b"
        assert cast.play("dader", "de heer") is first
        assert cast.play("melder", "mevrouw").last_name == "c"
        assert cast.play("getuige", "mevrouw").last_name not in {"", "a", "b", "c"}
