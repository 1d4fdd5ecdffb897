"""The demo office: a small one, lived through the same services."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import Client
from pytest_django import Settings

from backoffice import clock
from backoffice.audit.models import Event
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from moderation.apps import store_standard_texts
from moderation.choices import Outcome, Queue, ReviewState
from moderation.demo import members
from moderation.demo.office import FIRST_LOOKS, Office
from moderation.demo.people import PASSWORD, STAFF
from moderation.demo.profile_texts import PROFILES
from moderation.demo.sentences import around
from moderation.detectors.near_copies import copies_in
from moderation.models import Decision, HelpRequest, Lease, Profile, Review, StandardText
from moderation.selectors.queues import progress_by_queue
from moderation.standard_text_defaults import TEXTS


def run(**options: object) -> str:
    said = StringIO()
    call_command("demo", stdout=said, **options)
    return said.getvalue()


@pytest.fixture(autouse=True)
def _media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


AWKWARD = {
    "a weekday afternoon": "2026-11-24 16:40",
    "Sunday night": "2026-11-22 03:00",
    "the first minute of the week": "2026-11-23 00:01",
    "in the middle of a shift": "2026-11-23 09:05",
    "the last minute of a month": "2026-11-30 23:59",
    "the hour that does not exist": "2026-03-29 02:30",
    "the hour that comes twice": "2026-10-25 02:30",
    "the morning after the clock went back": "2026-10-26 07:00",
    "New Year": "2027-01-01 00:00",
    "a leap day": "2028-02-29 12:00",
}
"""Moments in Amsterdam at which an office was once left with an empty queue, or might be."""


@pytest.mark.django_db
@pytest.mark.parametrize("moment", AWKWARD.values(), ids=AWKWARD.keys())
class TestOffice:
    def test_has_work_in_every_queue_at_any_moment(self, setup_acts: User, moment: str) -> None:
        now = datetime.fromisoformat(moment).replace(tzinfo=clock.AMSTERDAM).astimezone(UTC)
        Office(now=now, scale=0.05).build()
        progress = {one.queue: one for one in progress_by_queue(at=now, queues=FIRST_LOOKS)}
        assert {queue: one.waiting for queue, one in progress.items() if one.overdue < 1} == {}
        assert {queue: one.waiting for queue, one in progress.items() if one.waiting == one.overdue} == {}
        assert progress[Queue.HELP_REQUESTS].in_hand == progress[Queue.NEW_PROFILES].in_hand == 1
        assert not Decision.objects.filter(decided_at__gt=now).exists()
        assert not Event.objects.filter(at__gt=now).exists()
        assert not Review.objects.filter(state=ReviewState.DECIDED, decisions=None).exists()
        assert not Lease.objects.filter(taken_at__lt=F("review__opened_at")).exists()
        assert Decision.objects.exclude(outcome=Outcome.APPROVE).exclude(message="").exists()
        assert Profile.objects.exclude(photo="").exists()
        assert HelpRequest.objects.count() > 10
        assert Review.objects.filter(queue=Queue.APPEALS, state=ReviewState.PENDING).exists()


class TestItsTexts:
    def test_hardly_repeat_one_another(self) -> None:
        texts = members.requests(Random("texts"))
        written = [around(text[1], number) for number, (_kind, text) in zip(range(280), texts, strict=False)]
        written += [
            around(PROFILES[number % len(PROFILES)][0], members.NUMBERS_OF_PROFILES + number)
            for number in range(220)
        ]
        assert 0 < len(copies_in(enumerate(written))) < len(written) / 7


@pytest.mark.django_db(transaction=True)
class TestDemo:
    def test_fills_the_house_again_and_again(self, setup_acts: User) -> None:
        for _ in range(2):
            run(fresh=True, yes=True, scale=0.05)
        assert Review.objects.exists()
        for username, _name, role in STAFF:
            assert User.objects.get(username=username).groups.get().name == role.value
            assert Client().login(username=username, password=PASSWORD)

    def test_has_a_login_for_every_role(self) -> None:
        assert {role for _username, _name, role in STAFF} == set(Role)

    def test_leaves_a_house_alone_where_somebody_works(self, setup_acts: User) -> None:
        run(fresh=True, yes=True, scale=0.02)
        with pytest.raises(CommandError, match="--fresh"):
            run()

    def test_says_who_can_sign_in(self, setup_acts: User) -> None:
        run(fresh=True, yes=True, scale=0.02)
        said = run(logins=True)
        assert PASSWORD in said
        assert all(username in said for username, _name, _role in STAFF)


@pytest.mark.django_db
class TestDemoIsRefused:
    def test_in_production(self, settings: Settings) -> None:
        settings.PRODUCTION = True
        for options in ({}, {"fresh": True}, {"logins": True}):
            with pytest.raises(CommandError, match="production"):
                run(**options)

    def test_in_somebody_elses_database(self, settings: Settings, setup_acts: User) -> None:
        settings.DATABASE_IS_OUR_OWN = False
        with pytest.raises(CommandError, match="--yes"):
            run(fresh=True)
        assert User.objects.exists()


@pytest.mark.django_db
class TestStandardTexts:
    def test_come_with_a_new_house_once(self, setup_acts: User) -> None:
        StandardText.objects.all()._raw_delete("default")
        store_standard_texts()
        first = StandardText.objects.order_by("position").first()
        assert first
        first.title = "Anders"
        first.store(reason="changed", at=first.history.latest().history_date, fields=["title"])
        store_standard_texts()
        assert StandardText.objects.count() == len(TEXTS)
        assert StandardText.objects.filter(title="Anders").exists()
