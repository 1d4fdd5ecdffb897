"""A batch of records costs the same few statements whatever its size."""

from datetime import datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from backoffice.staff.models import User
from backoffice.staff.system import INTAKE, system_user
from bench.intake import Platform
from moderation.selectors.rules import rules_at_work
from moderation.services.intake import receive_records

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("size", [20, 120])
def test_new_records_cost_the_same_whatever_their_number(
    setup_acts: User, at: datetime, django_assert_max_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    records = Platform(first=0).send(size // 2, size // 2)
    sites = {record.site for record in records}
    intake = system_user(INTAKE)
    rules_at_work()  # read once in a process
    with django_assert_max_num_queries(2 * len(sites) + 18):  # one asks which rules are on
        receive_records(actor=intake, records=records, at=at)
