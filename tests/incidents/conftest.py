"""People at the servicedesk, and a folder for what they are sent."""

from pathlib import Path
from typing import Any

import pytest

from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from tests.factories import StaffFactory


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """A folder for files of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def servicedesk(setup_acts: User) -> User:
    return StaffFactory(role=Role.SERVICEDESK)
