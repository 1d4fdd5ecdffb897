"""A yardstick that writes less than the house does measures nothing: both leave the same rows."""

from functools import partial

import pytest

from backoffice.staff.models import User
from backoffice.staff.system import INTAKE, system_user
from bench import deciding, intake
from bench.scratch import rows_written
from bench.seeding import hire

pytestmark = pytest.mark.django_db(transaction=True)


def test_deciding(setup_acts: User) -> None:
    people = hire(2)
    ours, bare = (
        rows_written(partial(deciding.decide_many, people, 3, work))
        for work in (deciding.through_the_services, deciding.in_bare_sql)
    )
    assert ours == bare
    assert ours["moderation_decision"] == 6


def test_intake(setup_acts: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "BATCH", 50)  # so that some are copies of what an earlier sending held
    actor = system_user(INTAKE)
    first, second = intake.Platform(first=0), intake.Platform(first=intake.FAR)
    told = intake.with_findings(second.send(60, 90))  # before the first are here: they are near-copies
    ours = rows_written(lambda: intake.through_the_service(actor, first.send(60, 90)))
    bare = rows_written(lambda: intake.in_bare_copy(actor, *told))
    assert ours == bare
    assert ours["moderation_review"] == 150
    assert ours["moderation_signal"] > 0
