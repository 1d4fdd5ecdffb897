"""People at the pages for looking things up and keeping the house."""

import pytest
from django.test import Client

from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from tests.factories import StaffFactory


def as_(user: User) -> Client:
    """Return the browser of somebody who is signed in."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def at_the_administrator(administrator: User) -> Client:
    """The browser of an administrator."""
    return as_(administrator)


@pytest.fixture(params=[role for role in Role if role != Role.ADMINISTRATOR], ids=str)
def other_role(request: pytest.FixtureRequest, setup_acts: User) -> Client:
    """The browser of everybody but an administrator, one role after the other."""
    return as_(StaffFactory(role=request.param))
