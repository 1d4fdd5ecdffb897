"""Sending a letter out of a dossier: to each party apart, and never saying who reported it."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backoffice import clock
from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.errors import DomainError
from backoffice.leaks import Leak, leaks
from backoffice.leaks import Person as Known
from backoffice.outbox.letters import Letter, send_letter
from backoffice.outbox.models import Mail, MailClass
from backoffice.staff.models import User
from backoffice.staff.policy import require
from incidents.choices.dossiers import (
    TELLS_OF_DOSSIER,
    LetterKind,
    PartyRole,
    TimelineKind,
    WaitingFor,
)
from incidents.events import dossiers as events
from incidents.letters.dossiers import TO_FILL_IN, Draft, draft_letter
from incidents.models import Dossier, Party
from incidents.policy import dossiers as policy
from incidents.services.locks import (
    DossierRefused,
    day_to_come,
    kept_line,
    kept_text,
    lock_dossier,
    party_of,
)
from incidents.services.timeline import add_line

LONGEST_SUBJECT = 200
_WAITS_FOR = {
    PartyRole.REPORTER: WaitingFor.REPORTER,
    PartyRole.WITNESS: WaitingFor.WITNESS,
    PartyRole.SUBJECT: WaitingFor.SUBJECT,
    PartyRole.OFFENDER: WaitingFor.SUBJECT,
}


class GivesAway(DomainError):
    """A letter would tell who reported something. `leaks` says with which words: for the desk only."""

    code = "gives_away"

    def __init__(self, found: Sequence[Leak]) -> None:
        super().__init__(_("This letter gives away who reported it. Take those words out."), field="body")
        self.leaks = tuple(found)

    @property
    def at_the_desk(self) -> str:
        """The refusal with the words themselves, for whoever wrote them and nobody else."""
        words = ", ".join(f"“{leak.found}” ({leak.kind.label})" for leak in self.leaks)
        return f"{self.message} {words}"


@domain_action
def send_dossier_letter(
    *,
    actor: User,
    dossier_id: UUID,
    party_id: UUID,
    kind: LetterKind,
    subject: str,
    body: str,
    at: datetime,
    answer_by: date | None = None,
) -> Mail | None:
    """Send an edited letter to one party, and write it in the timeline. Cannot be undone.

    None: no e-mail address is known, it goes by post. With `answer_by` the dossier waits for them
    until then. A letter to whom the dossier is about, or to a witness, that gives its reporter away is
    refused. Raises GivesAway, NotAllowed (code `deferred`), DossierUnknown, DossierRefused.
    """
    dossier = lock_dossier(dossier_id, actor=actor)
    party = party_of(dossier, party_id)
    require(policy.may_write_to(actor, party))
    kind = LetterKind(kind)
    if kind == LetterKind.OUTCOME and not dossier.outcome:
        raise DossierRefused(_("Decide the outcome before telling it."), field="kind")
    if TO_FILL_IN in body:
        raise DossierRefused(_("Fill in what stands between square brackets."), field="body")
    letter = Draft(kept_line(subject, "subject", longest=LONGEST_SUBJECT), kept_text(body, "body"))
    mail = hand_over(letter, party=party, template=kind, actor=actor, at=at)
    told = [name for name in _told(kind) if getattr(party, name) is None]
    if told:
        for name in told:
            setattr(party, name, at)
        party.store(reason="told", at=at, fields=told)
    if answer_by is not None and not dossier.is_handled:
        dossier.waiting_for = _WAITS_FOR[PartyRole(party.role)]
        dossier.waiting_until = day_to_come(answer_by, "answer_by", on=clock.local_day(at))
        dossier.store(reason="waits", at=at, fields=["waiting_for", "waiting_until"])
    sent = events.DossierLetterSent(party_id=party.pk, letter=kind, mail_id=mail.pk if mail else None)
    record(sent, actor=actor, subject=dossier, at=at)
    return mail


def hand_over(letter: Draft, *, party: Party, template: str, actor: User, at: datetime) -> Mail | None:
    """Put a letter to a party of a locked dossier in the outbox and in the timeline. Raises GivesAway."""
    require_discretion(letter, party=party, on=clock.local_day(at))
    mail = None
    if party.emails:
        mail = send_letter(
            Letter(
                mail_class=MailClass.CONTRACT,
                template=f"dossier_{template}",
                site=party.site,
                member_id=party.member_id,
                recipient=party.emails[0],
                subject=letter.subject,
                body=letter.body,
                about=str(party.dossier_id),
            ),
            at=at,
        )
    words = f"{letter.subject}\n\n{letter.body}"
    add_line(
        party.dossier,
        kind=TimelineKind.SENT,
        words=words,
        party=party,
        mail_id=mail.pk if mail else None,
        actor=actor,
        at=at,
    )
    return mail


def require_discretion(letter: Draft, *, party: Party, on: date) -> None:
    """Raise GivesAway when a letter to anybody but the reporter says who reported it, or in whose words."""
    if party.role == PartyRole.REPORTER:
        return
    dossier = party.dossier
    ours = [draft_letter(kind, dossier=dossier, party=party, on=on).body for kind in LetterKind]
    reporters = [_known(one) for one in dossier.parties.filter(role=PartyRole.REPORTER)]
    if dossier.reporter_name and not reporters:
        reporters = [Known(last_name=dossier.reporter_name)]
    found = [
        leak
        for reporter in reporters
        for leak in leaks(
            f"{letter.subject}\n\n{letter.body}",
            reporter=reporter,
            report=dossier.description,
            addressee=_known(party),
            our_texts=[*ours, dossier.location],
        )
    ]
    if found:
        raise GivesAway(found)


def letters_for(dossier: Dossier, party: Party, *, on: date) -> dict[LetterKind, Draft]:
    """Return the standard letters that can be sent to a party now, in the order of the screen."""
    kinds = [kind for kind in LetterKind if kind != LetterKind.OUTCOME or dossier.outcome]
    if party.role == PartyRole.REPORTER:
        kinds = [kind for kind in kinds if kind not in TELLS_OF_DOSSIER]
    return {kind: draft_letter(kind, dossier=dossier, party=party, on=on) for kind in kinds}


def _told(kind: LetterKind) -> list[str]:
    return (["informed_at"] if kind in TELLS_OF_DOSSIER else []) + (
        ["outcome_told_at"] if kind == LetterKind.OUTCOME else []
    )


def _known(party: Party) -> Known:
    """Return a party as the leak check knows people."""
    return Known(
        first_name=party.first_name,
        infix=party.infix,
        last_name=party.last_name,
        email=next(iter(party.emails), ""),
        phone=next(iter(party.phones), ""),
        postcode=party.postcode,
        member_id=party.member_id,
    )
