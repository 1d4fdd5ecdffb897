"""What is done with a dossier of the demo office: each of these makes a deed for its story."""

import re
from datetime import datetime, timedelta

from backoffice import clock
from incidents.choices.dossiers import (
    DossierOutcome,
    LetterKind,
    LinkKind,
    MeasureKind,
    OutreachState,
    PartyRole,
    TimelineKind,
    WaitingFor,
)
from incidents.demo.dossiers import Deed, Work
from incidents.demo.pictures import screenshot
from incidents.letters.dossiers import DAYS_TO_ANSWER, draft_letter
from incidents.models import OutreachTask
from incidents.services.attachments import attach_file
from incidents.services.dossiers import assign_dossier, link_dossiers, set_waiting
from incidents.services.files import Upload
from incidents.services.letters import send_dossier_letter
from incidents.services.measures import take_measure
from incidents.services.outcomes import decide_outcome, handle_dossier, hold_dossier, reopen_dossier
from incidents.services.outreach import Contact, add_outreach, settle_outreach
from incidents.services.parties import add_party, defer_informing
from incidents.services.safety import Hold, note_safety
from incidents.services.timeline import pin_entry, write_timeline

_TO_FILL_IN = re.compile(r"\[schrijf hier[^\]]*\]")
SUBJECT, WITNESS, OFFENDER = PartyRole.SUBJECT, PartyRole.WITNESS, PartyRole.OFFENDER


def writes(kind: TimelineKind, text: str, *, role: PartyRole | None = None, pinned: bool = False) -> Deed:
    def deed(work: Work, at: datetime) -> None:
        line = write_timeline(
            actor=work.handler,
            dossier_id=work.dossier_id,
            kind=kind,
            happened_on=clock.local_day(at),
            text=text,
            party_id=work.party(role).pk if role else None,
            at=at,
        )
        if pinned:
            pin_entry(actor=work.handler, dossier_id=work.dossier_id, entry_id=line.pk, pinned=True, at=at)

    return deed


def said(role: PartyRole, text: str) -> Deed:
    return writes(TimelineKind.SAID, text, role=role)


def notes(text: str, *, pinned: bool = False) -> Deed:
    return writes(TimelineKind.NOTE, text, pinned=pinned)


def sends(kind: LetterKind, role: PartyRole, text: str) -> Deed:
    """Send the standard letter, with `text` where it asks for something; some letters ask an answer."""

    def deed(work: Work, at: datetime) -> None:
        party, today = work.party(role), clock.local_day(at)
        draft = draft_letter(kind, dossier=party.dossier, party=party, on=today)
        asks = kind in {LetterKind.HEARING, LetterKind.INFORMATION}
        send_dossier_letter(
            actor=work.handler,
            dossier_id=work.dossier_id,
            party_id=party.pk,
            kind=kind,
            subject=draft.subject,
            body=_TO_FILL_IN.sub(lambda _place: text, draft.body),
            answer_by=today + timedelta(days=DAYS_TO_ANSWER) if asks else None,
            at=at,
        )

    return deed


def hears(text: str) -> Deed:
    return sends(LetterKind.HEARING, SUBJECT, text)


def asks(role: PartyRole, text: str) -> Deed:
    return sends(LetterKind.INFORMATION, role, text)


def tells(role: PartyRole, text: str) -> Deed:
    return sends(LetterKind.OUTCOME, role, text)


def has_witness(key: str, salutation: str) -> Deed:
    def deed(work: Work, at: datetime) -> None:
        witness = work.desk.cast.play(key, salutation)
        add_party(actor=work.handler, dossier_id=work.dossier_id, role=WITNESS, person=witness, at=at)

    return deed


def waits_for(whom: WaitingFor, *, days: int) -> Deed:
    def deed(work: Work, at: datetime) -> None:
        until = clock.local_day(at) + timedelta(days=days)
        set_waiting(actor=work.handler, dossier_id=work.dossier_id, waiting_for=whom, until=until, at=at)

    return deed


def decides(outcome: DossierOutcome, grounds: str) -> Deed:
    def deed(work: Work, at: datetime) -> None:
        founded = outcome == DossierOutcome.FOUNDED
        decide_outcome(
            actor=work.desk.karin,
            dossier_id=work.dossier_id,
            outcome=outcome,
            grounds=grounds,
            offender_ids=[work.party(SUBJECT).pk] if founded else [],
            at=at,
        )

    return deed


def measures(
    kind: MeasureKind,
    facts: str,
    ground: str,
    *,
    factors: dict[str, str] | None = None,
    days: int | None = None,
) -> Deed:
    def deed(work: Work, at: datetime) -> None:
        take_measure(
            actor=work.desk.karin,
            dossier_id=work.dossier_id,
            party_id=work.party(OFFENDER).pk,
            kind=kind,
            facts=facts,
            ground=ground,
            factors=factors,
            ends_on=clock.local_day(at) + timedelta(days=days) if days else None,
            at=at,
        )

    return deed


def handles(work: Work, at: datetime) -> None:
    handle_dossier(actor=work.handler, dossier_id=work.dossier_id, at=at)


def given_to_coordinator(work: Work, at: datetime) -> None:
    karin = work.desk.karin
    assign_dossier(actor=karin, dossier_id=work.dossier_id, owner_id=karin.pk, at=at)


def reopens(because: str) -> Deed:
    def deed(work: Work, at: datetime) -> None:
        reopen_dossier(actor=work.handler, dossier_id=work.dossier_id, because=because, at=at)

    return deed


def holds(because: str, *, days: int) -> Deed:
    def deed(work: Work, at: datetime) -> None:
        recheck_on = clock.local_day(at) + timedelta(days=days)
        hold_dossier(
            actor=work.desk.karin, dossier_id=work.dossier_id, because=because, recheck_on=recheck_on, at=at
        )

    return deed


def tells_later(because: str, *, days: int) -> Deed:
    def deed(work: Work, at: datetime) -> None:
        defer_informing(
            actor=work.handler,
            dossier_id=work.dossier_id,
            party_id=work.party(SUBJECT).pk,
            because=because,
            recheck_on=clock.local_day(at) + timedelta(days=days),
            at=at,
        )

    return deed


def sees_danger(
    signals: str, *, advice: str, days: int, called_112: bool = False, handed: tuple[str, str] = ("", "")
) -> Deed:
    def deed(work: Work, at: datetime) -> None:
        hold = Hold(
            because="Zolang het niet veilig is voor het slachtoffer.",
            recheck_on=clock.local_day(at) + timedelta(days=days),
        )
        note_safety(
            actor=work.handler,
            dossier_id=work.dossier_id,
            signals=signals,
            called_112=called_112,
            advice=advice,
            hold=hold,
            handed_to=handed[0],
            handed_what=handed[1],
            at=at,
        )

    return deed


def reaches_out(*people: tuple[str, str, str], settled: tuple[tuple[OutreachState, str], ...]) -> Deed:
    """Member number, name and telephone of each; the first of them are settled at once."""

    def deed(work: Work, at: datetime) -> None:
        contacts = [Contact(member_id=number, name=name, contact=phone) for number, name, phone in people]
        add_outreach(actor=work.handler, dossier_id=work.dossier_id, contacts=contacts, at=at)
        tasks = OutreachTask.objects.filter(dossier_id=work.dossier_id).order_by("member_id")
        for task, (state, note) in zip(tasks, settled, strict=False):
            settle_outreach(
                actor=work.handler, dossier_id=work.dossier_id, task_id=task.pk, state=state, note=note, at=at
            )

    return deed


def belongs_with(key: str, kind: LinkKind) -> Deed:
    def deed(work: Work, at: datetime) -> None:
        other = work.desk.dossiers[key]
        link_dossiers(actor=work.desk.karin, dossier_id=work.dossier_id, other_id=other, kind=kind, at=at)

    return deed


def attaches(name: str, says: str, *lines: str) -> Deed:
    """Put a picture of a conversation in the dossier."""

    def deed(work: Work, at: datetime) -> None:
        upload = Upload(name=name, content=screenshot(lines))
        attach_file(actor=work.handler, dossier_id=work.dossier_id, upload=upload, says=says, at=at)

    return deed
