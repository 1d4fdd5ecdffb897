"""A platform with a key, and what is in the database."""

from datetime import datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from backoffice.platforms.services.keys import create_api_key
from backoffice.staff.models import User
from tests.platforms import Platform


@pytest.fixture
def platform(setup_acts: User, at: datetime) -> Platform:
    _key, secret = create_api_key(
        actor=setup_acts, name="platform", site="wehelpen.nl", scopes=["intake"], at=at
    )
    return Platform(secret)


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
