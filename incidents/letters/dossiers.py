"""Letters that go out of a dossier, as they are offered for editing: always in Dutch."""

from dataclasses import dataclass
from datetime import date, timedelta

from backoffice.outbox.paper import fill_in
from incidents.choices.dossiers import WEIGHED, LetterKind, MeasureKind, PartyRole
from incidents.models import Dossier, Measure, Party

DAYS_TO_ANSWER = 14
TO_FILL_IN = "[schrijf hier"
"""How a place begins that a person must fill in before a letter may go."""

_SUBJECTS = {
    LetterKind.INFORMATION: "Een vraag van WeHelpen",
    LetterKind.HEARING: "Wij willen graag jouw kant horen",
    LetterKind.INFORM: "Je naam staat in een dossier van WeHelpen",
    LetterKind.OUTCOME: "Wat wij hebben gevonden",
}

_MEASURES = {
    MeasureKind.TIP: "Een tip van WeHelpen",
    MeasureKind.WARNING: "Waarschuwing van WeHelpen",
    MeasureKind.SUSPENSION: "Je account bij WeHelpen staat stil",
    MeasureKind.TERMINATION: "Je account bij WeHelpen is gestopt",
}


@dataclass(frozen=True)
class Draft:
    """A letter before somebody looked at it."""

    subject: str
    body: str


def draft_letter(kind: LetterKind, *, dossier: Dossier, party: Party, on: date) -> Draft:
    """Return the standard letter to a party, dated `on`, with places to fill in (`TO_FILL_IN`)."""
    body = fill_in(
        f"incidents/letters/{kind}.txt",
        dossier=dossier,
        party=party,
        answer_by=on + timedelta(days=DAYS_TO_ANSWER),
        on=on,
    )
    return Draft(f"{_SUBJECTS[kind]} ({dossier.reference})", body)


def letter_of_measure(measure: Measure, *, object_until: date) -> Draft:
    """Return the letter that tells somebody of a measure, with its statement of reasons (DSA article 17)."""
    dossier = measure.dossier
    body = fill_in(
        "incidents/letters/measure.txt",
        measure=measure,
        dossier=dossier,
        party=measure.party,
        weighed=measure.kind in WEIGHED,
        reported=dossier.parties.filter(role=PartyRole.REPORTER).exists(),
        object_until=object_until,
        on=measure.starts_on,
    )
    return Draft(f"{_MEASURES[MeasureKind(measure.kind)]} ({dossier.reference})", body)
