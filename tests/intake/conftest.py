"""Somebody who takes in what platforms tell, with no door in between."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from backoffice.outbox.services.endpoints import register_endpoint
from backoffice.platforms.services.keys import create_api_key
from backoffice.staff.models import User
from backoffice.staff.system import INTAKE, system_user
from moderation.choices import Outcome, ReviewState
from moderation.models import Review
from moderation.services.decisions import decide_review
from moderation.services.intake import receive_records
from moderation.services.leases import claim_review
from moderation.services.records import HelpRequestRecord, ProfileRecord, Receipt, Record
from tests.platforms import Platform
from tests.receiver import Receiver, receiving

SITE = "wehelpen.nl"


def profile(member_id: str = "m-1", revision: int = 1, **fields: Any) -> ProfileRecord:
    """What a platform tells of a member, whole."""
    given = {"site": SITE, "first_name": "Anneke", "about": "Ik help graag.", "birth_date": date(1971, 2, 28)}
    return ProfileRecord(member_id=member_id, revision=revision, **{**given, **fields})


def help_request(
    request_id: str = "r-1", revision: int = 1, *, member_id: str = "m-1", **fields: Any
) -> HelpRequestRecord:
    """What a platform tells of a request, whole."""
    given = {"site": SITE, "kind": "request", "title": "Wie snoeit mee?", "text": "De heg is te hoog."}
    return HelpRequestRecord(
        request_id=request_id, revision=revision, member_id=member_id, **{**given, **fields}
    )


@pytest.fixture
def intake(setup_acts: User) -> User:
    return system_user(INTAKE)


@pytest.fixture
def take(intake: User, at: datetime) -> Callable[..., list[Receipt]]:
    """Take in records, at the moment of the test or at `when`."""

    def took(*records: Record, when: datetime = at) -> list[Receipt]:
        return receive_records(actor=intake, records=records, at=when)

    return took


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def decide_everything(moderator: User, at: datetime) -> Callable[[], None]:
    """Approve whatever waits, as somebody at the desk would."""

    def decided() -> None:
        for review in Review.objects.filter(state=ReviewState.PENDING):
            lease = claim_review(actor=moderator, review_id=review.pk, at=at)
            decide_review(
                actor=moderator,
                review_id=review.pk,
                epoch=lease.epoch,
                version=review.version,
                outcome=Outcome.APPROVE,
                age_basis="gebeld",
                at=at,
            )

    return decided


@pytest.fixture
def platform(setup_acts: User, at: datetime) -> Platform:
    _key, secret = create_api_key(
        actor=setup_acts, name="platform", site="wehelpen.nl", scopes=["intake", "decisions"], at=at
    )
    return Platform(secret)


@pytest.fixture
def receiver(administrator: User, at: datetime) -> Iterator[Receiver]:
    with receiving() as running:
        register_endpoint(actor=administrator, site="wehelpen.nl", url=running.url, at=at)
        yield running
