"""Handing over statements of reasons for the Commission's database."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from backoffice import clock
from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.errors import DomainError
from backoffice.staff.models import User
from moderation import events
from moderation.selectors.statements import final_statements
from moderation.transparency.checks import check_transparency
from moderation.transparency.record import transparency_json


class PeriodInvalid(DomainError):
    """A period that ends before it begins."""

    code = "invalid"


@dataclass
class Export:
    """How many records were written; `refused` names those that were not: puid, field and code."""

    written: int = 0
    refused: list[str] = field(default_factory=list)


@domain_action
def export_transparency(
    *, actor: User, first: date, last: date, write: Callable[[str], object], at: datetime
) -> Export:
    """Write the statements of decisions that became final from `first` to `last` (both included).

    `write` gets one line of JSON at a time, without personal data. A record that the database
    would refuse is not written but named. Sends nothing. Asks no permission: only who works on
    the server itself comes here. Raises PeriodInvalid.
    """
    if last < first:
        raise PeriodInvalid(_("The last day lies before the first."), field="to")
    export = Export()
    for statement, names in final_statements(start=first, end=last + timedelta(days=1)):
        entry = transparency_json(statement, names=names)
        faults = check_transparency(entry, on=clock.local_day(at))
        if faults:
            export.refused += [f"{entry['puid']} {fault}" for fault in faults]
            continue
        write(json.dumps(entry, ensure_ascii=False) + "\n")
        export.written += 1
    record(
        events.StatementsExported(
            first=first, last=last, written=export.written, refused=len(export.refused)
        ),
        actor=actor,
        subject=None,
        at=at,
    )
    return export
