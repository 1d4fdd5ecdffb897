"""The demo office: a small one, lived through the same services."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from backoffice.staff.models import User
from moderation.apps import store_standard_texts
from moderation.choices import Outcome, Queue, ReviewState
from moderation.demo.people import PASSWORD, STAFF
from moderation.models import Decision, HelpRequest, Profile, Review, StandardText
from moderation.standard_text_defaults import TEXTS


def run(**options: object) -> str:
    said = StringIO()
    call_command("demo", stdout=said, **options)
    return said.getvalue()


@pytest.fixture(autouse=True)
def _media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.django_db(transaction=True)
class TestDemo:
    def test_fills_a_believable_office_again_and_again(self, setup_acts: User) -> None:
        for _ in range(2):
            run(fresh=True, yes=True, scale=0.15)
        waiting = set(Review.objects.filter(state=ReviewState.PENDING).values_list("queue", flat=True))
        assert {Queue.URGENT, Queue.NEW_PROFILES, Queue.HELP_REQUESTS, Queue.AGE_UNKNOWN} <= waiting
        assert not Review.objects.filter(state=ReviewState.DECIDED, decisions=None).exists()
        assert Decision.objects.exclude(outcome=Outcome.APPROVE).exclude(message="").exists()
        assert Profile.objects.exclude(photo="").exists()
        assert HelpRequest.objects.count() > 30
        for username, _name, _role in STAFF:
            assert Client().login(username=username, password=PASSWORD)

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
