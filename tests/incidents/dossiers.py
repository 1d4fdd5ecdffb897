"""Dossiers for tests, made as people make them."""

from datetime import date, datetime
from typing import Any

from backoffice.staff.models import User
from incidents.choices.dossiers import DossierOutcome, PartyRole, Severity
from incidents.given import Person
from incidents.models import Dossier, Party
from incidents.services.dossiers import open_dossier
from incidents.services.outcomes import decide_outcome
from incidents.services.parties import add_party

KAREL = Person(
    first_name="Karel",
    last_name="Zwart",
    birth_date=date(1961, 2, 3),
    emails=("Karel.Zwart@voorbeeld.nl",),
    member_id="m-karel",
)
GROUNDS = "Twee getuigen zeggen hetzelfde."


def opened(actor: User, at: datetime, **given: Any) -> Dossier:
    """A complaint by telephone, of somebody else each time."""
    said: dict[str, Any] = {
        "site": "wehelpen.nl",
        "happened_on": date(2026, 11, 10),
        "reporter_name": "Anna de Vries",
        "contact": "06-12345678",
        "location": "Zwolle",
        "description": "Hij vroeg om haar pincode.",
        "severity": Severity.SERIOUS,
        **given,
    }
    return open_dossier(actor=actor, at=at, **said)


def about(dossier: Dossier, actor: User, at: datetime, person: Person = KAREL) -> Party:
    """The person it is about."""
    return add_party(actor=actor, dossier_id=dossier.pk, role=PartyRole.SUBJECT, person=person, at=at)


def decided(
    actor: User,
    at: datetime,
    outcome: DossierOutcome = DossierOutcome.FOUNDED,
    person: Person = KAREL,
    **given: Any,
) -> tuple[Dossier, Party]:
    """A dossier about `person` with its outcome, and that person's part in it."""
    dossier = opened(actor, at, **given)
    party = about(dossier, actor, at, person)
    founded = outcome == DossierOutcome.FOUNDED
    decide_outcome(
        actor=actor,
        dossier_id=dossier.pk,
        outcome=outcome,
        grounds=GROUNDS,
        offender_ids=[party.pk] if founded else [],
        at=at,
    )
    dossier.refresh_from_db()
    party.refresh_from_db()
    return dossier, party
