"""The safety lane: danger to somebody, noted in a minute (DSA article 18)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.staff.models import User
from backoffice.staff.policy import require
from incidents.choices.dossiers import Severity, TimelineKind
from incidents.events import dossiers as events
from incidents.models import SafetyCheck
from incidents.policy import dossiers as policy
from incidents.services.locks import kept_line, kept_text, lock_dossier
from incidents.services.parties import write_deferral
from incidents.services.timeline import add_line


@dataclass(frozen=True, kw_only=True)
class Hold:
    """Why whom it is about is not told yet, and when that is looked at again."""

    because: str
    recheck_on: date


@domain_action
def note_safety(
    *,
    actor: User,
    dossier_id: UUID,
    signals: str,
    at: datetime,
    called_112: bool = False,
    advice: str = "",
    hold: Hold | None = None,
    handed_to: str = "",
    handed_what: str = "",
) -> SafetyCheck:
    """Write down signs of danger as facts, and what was done: 112, advice, who was told what.

    The dossier becomes very serious. A `hold` keeps every letter from everybody it is about until it
    is lifted for each (`lift_deferral`). Raises DossierUnknown, NotAllowed, DossierRefused.
    """
    dossier = lock_dossier(dossier_id, actor=actor)
    require(policy.may_add_to(actor, dossier))
    handed = bool(handed_to.strip() or handed_what.strip())
    check = SafetyCheck(
        dossier=dossier,
        called_112=called_112,
        signals=kept_text(signals, "signals", longest=5000),
        advice=kept_text(advice, "advice", longest=5000, needed=False),
        handed_to=kept_line(handed_to, "handed_to", longest=200, needed=handed),
        handed_what=kept_text(handed_what, "handed_what", longest=5000, needed=handed),
        noted_by=actor,
        noted_at=at,
    )
    check.store(reason="noted", at=at)
    lines = {
        TimelineKind.SIGNAL: check.signals,
        TimelineKind.ADVICE: check.advice,
        TimelineKind.HANDED_OVER: f"{check.handed_to}: {check.handed_what}" if handed else "",
    }
    for kind, words in lines.items():
        if words:
            add_line(dossier, kind=kind, words=words, actor=actor, at=at)
    if hold is not None:
        for party in dossier.parties.all():
            if party.is_accused:
                party.dossier = dossier
                write_deferral(party, because=hold.because, recheck_on=hold.recheck_on, actor=actor, at=at)
    if dossier.severity != Severity.GRAVE and not dossier.is_handled:
        dossier.severity = Severity.GRAVE
        dossier.store(reason="danger", at=at, fields=["severity"])
    noted = events.SafetyNoted(check_id=check.pk, called_112=called_112, handed_over=handed)
    record(noted, actor=actor, subject=dossier, at=at)
    return check
