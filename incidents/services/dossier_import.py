"""Taking over dossiers that were kept elsewhere: all of a file, or nothing of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from backoffice import clock
from backoffice.audit.acting import domain_action
from backoffice.errors import DomainError
from backoffice.staff.models import User
from backoffice.staff.policy import require
from incidents.choices.dossiers import DossierOutcome, PartyRole, Severity
from incidents.given import Person, Unknown
from incidents.models import Dossier
from incidents.policy import dossiers as policy
from incidents.services.dossiers import open_dossier
from incidents.services.outcomes import YEARS_KEPT, close_dossier, decide_outcome
from incidents.services.registers import RegisterRefused, day_of

T = TypeVar("T")
NOT_THERE = "Stond niet in het oude register"
_OUTCOMES = {str(value): value for value in DossierOutcome} | {
    "gegrond": DossierOutcome.FOUNDED,
    "ongegrond": DossierOutcome.UNFOUNDED,
    "niet vast te stellen": DossierOutcome.UNDETERMINED,
    "onbekend": DossierOutcome.UNDETERMINED,
}
_SEVERITIES = {str(value): value for value in Severity} | {
    "licht": Severity.SLIGHT,
    "ernstig": Severity.SERIOUS,
    "zeer ernstig": Severity.GRAVE,
}


@dataclass(frozen=True)
class Refusal:
    """A row that was refused: its line in the file, which field, and why. No value of it."""

    line: int
    field: str
    message: str | Promise


@dataclass
class Report:
    """What became of a file. With refusals nothing was taken over."""

    taken: int = 0
    known: list[int] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


class _Back(Exception):
    pass


def import_dossiers(
    *,
    actor: User,
    rows: Sequence[Sequence[str]],
    columns: Mapping[str, int],
    site: str,
    try_only: bool,
    at: datetime,
) -> Report:
    """Make a dossier of each row, its first on line 2 of the file; of a row that is here already none.

    All in one transaction: a row that is refused, or `try_only`, takes all of it back. What is not in
    a row is unknown for that reason. Years are counted from the day on which a dossier was handled.
    Raises NotAllowed.
    """
    report = Report()
    try:
        _import_all(
            actor=actor, rows=rows, columns=columns, site=site, try_only=try_only, report=report, at=at
        )
    except _Back:
        report.taken = 0 if report.refused else report.taken
    return report


@domain_action
def _import_all(
    *,
    actor: User,
    rows: Sequence[Sequence[str]],
    columns: Mapping[str, int],
    site: str,
    try_only: bool,
    report: Report,
    at: datetime,
) -> None:
    require(policy.may_open_dossiers(actor))
    for line, row in enumerate(rows, start=2):
        given = {name: row[place] if place < len(row) else "" for name, place in columns.items()}
        try:
            with transaction.atomic():
                if _take_over(given, actor=actor, site=site, at=at):
                    report.taken += 1
                else:
                    report.known.append(line)
        except DomainError as refusal:
            report.refused.append(Refusal(line, refusal.field, refusal.message))
    if report.refused or try_only:
        raise _Back


def _take_over(given: Mapping[str, str], *, actor: User, site: str, at: datetime) -> bool:
    """Make a dossier of one row; return False when it is here already."""
    happened_on = day_of(given.get("happened_on", ""), "happened_on")
    five = {name: given.get(name, "") for name in ("reporter_name", "contact", "location", "description")}
    known = Dossier.objects.filter(
        happened_on=happened_on, description=five["description"], reporter_name=five["reporter_name"]
    )
    if known.exists():
        return False
    opened_on = day_of(given.get("opened_on", ""), "opened_on")
    about = [given.get(name, "") for name in ("about_name", "about_contact", "about_member")]
    dossier = open_dossier(
        actor=actor,
        site=given.get("site") or site,
        happened_on=happened_on or Unknown(NOT_THERE),
        severity=_word(given, "severity", _SEVERITIES) or Severity.SERIOUS,
        about=Person.told(about[0], about[1], member_id=about[2]) if any(about) else None,
        opened_at=_noon(opened_on, "opened_on", at=at) if opened_on else None,
        at=at,
        **{name: value or Unknown(NOT_THERE) for name, value in five.items()},  # type: ignore[arg-type] # all text
    )
    outcome = _word(given, "outcome", _OUTCOMES)
    if outcome:
        subjects = dossier.parties.filter(role=PartyRole.SUBJECT).values_list("pk", flat=True)
        decide_outcome(
            actor=actor,
            dossier_id=dossier.pk,
            outcome=outcome,
            grounds=given.get("grounds") or NOT_THERE,
            offender_ids=list(subjects) if outcome == DossierOutcome.FOUNDED else [],
            at=at,
        )
    if handled_on := day_of(given.get("handled_on", ""), "handled_on"):
        _close(dossier, handled_on, actor=actor, at=at)
    return True


def _close(dossier: Dossier, handled_on: date, *, actor: User, at: datetime) -> None:
    dossier.refresh_from_db()
    require(policy.may_handle(actor, dossier))
    if clock.years_after(handled_on, YEARS_KEPT) <= clock.local_day(at):
        raise RegisterRefused(
            _("The three years of this dossier are over: it may not be taken over."), field="handled_on"
        )
    close_dossier(dossier, handled_at=_noon(handled_on, "handled_on", at=at), actor=actor, at=at)


def _noon(day: date, field: str, *, at: datetime) -> datetime:
    """Return the middle of a day, for what has no hour; now for today."""
    if day > clock.local_day(at):
        raise RegisterRefused(_("This day has not been yet."), field=field)
    return min(clock.start_of_day(day) + timedelta(hours=12), at)


def _word(given: Mapping[str, str], field: str, words: Mapping[str, T]) -> T | None:
    value = given.get(field, "").lower()
    if not value:
        return None
    if value not in words:
        raise RegisterRefused(_("This is none of the words that can stand here."), field=field)
    return words[value]
