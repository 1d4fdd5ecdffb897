"""What was found out, and the end of a dossier: handled, reopened, handled again, held."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backoffice import clock
from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.staff.models import User
from backoffice.staff.policy import denied, require
from incidents.choices.dossiers import (
    DOSSIER_TRANSITIONS,
    DossierOutcome,
    DossierState,
    PartyRole,
    TimelineKind,
)
from incidents.events import dossiers as events
from incidents.models import Dossier, Party
from incidents.policy import dossiers as policy
from incidents.services.locks import DossierRefused, day_to_come, kept_text, lock_dossier
from incidents.services.repetition import weigh_repetition
from incidents.services.timeline import add_line

YEARS_KEPT = 3
"""How long a dossier is kept after it was handled (R71, R73)."""

_STANDS = denied("measure_stands", _("A measure rests on the outcome. Lift the measure first."))


@domain_action
def decide_outcome(
    *,
    actor: User,
    dossier_id: UUID,
    outcome: DossierOutcome,
    grounds: str,
    at: datetime,
    offender_ids: Sequence[UUID] = (),
) -> Dossier:
    """Say what was found, on what grounds, and of a founded complaint who did it.

    Until the dossier is handled it can be decided anew; the timeline keeps the earlier grounds. When
    somebody did it before, a coordinator gets a proposal in the same transaction (R50). Raises
    DossierUnknown, NotAllowed (`measure_stands` while a measure rests on a founded outcome),
    DossierRefused (with the field).
    """
    dossier = lock_dossier(dossier_id, actor=actor)
    require(policy.may_decide(actor, dossier))
    outcome = DossierOutcome(outcome)
    if outcome != DossierOutcome.FOUNDED and dossier.measures.filter(lifted_at__isnull=True).exists():
        require(_STANDS)
    offenders = _accused(dossier, offender_ids, outcome)
    dossier.outcome = outcome
    dossier.outcome_grounds = kept_text(grounds, "grounds")
    dossier.outcome_by, dossier.outcome_at = actor, at
    if dossier.state == DossierState.OPEN:
        dossier.state = DossierState.INVESTIGATING
    fields = ["outcome", "outcome_grounds", "outcome_by", "outcome_at", "state"]
    others = [p for p in dossier.parties.filter(role=PartyRole.OFFENDER) if p not in offenders]
    _give_role(others, PartyRole.SUBJECT, at=at)
    dossier.store(reason="decided", at=at, fields=fields)
    _give_role(offenders, PartyRole.OFFENDER, at=at)
    words = f"{outcome.label.capitalize()}: {dossier.outcome_grounds}"
    add_line(dossier, kind=TimelineKind.DECIDED, words=words, actor=actor, at=at)
    decided = events.DossierDecided(outcome=outcome, offenders=tuple(party.pk for party in offenders))
    record(decided, actor=actor, subject=dossier, at=at)
    for party in offenders:
        weigh_repetition(party, actor=actor, at=at)
    return dossier


def _accused(dossier: Dossier, party_ids: Sequence[UUID], outcome: DossierOutcome) -> list[Party]:
    if party_ids and outcome != DossierOutcome.FOUNDED:
        raise DossierRefused(_("Only a founded complaint has somebody who did it."), field="offenders")
    accused = [party for party in dossier.parties.all() if party.is_accused and party.pk in set(party_ids)]
    if len(accused) != len(set(party_ids)):
        raise DossierRefused(_("Choose people whom this dossier is about."), field="offenders")
    for party in accused:
        party.dossier = dossier
    return accused


def _give_role(parties: Sequence[Party], role: PartyRole, *, at: datetime) -> None:
    for party in parties:
        if party.role != role:
            party.role = role
            party.store(reason="decided", at=at, fields=["role"])


@domain_action
def handle_dossier(*, actor: User, dossier_id: UUID, at: datetime) -> Dossier:
    """Close a dossier: from now it is kept three years. Undone by `reopen_dossier`.

    Raises DossierUnknown, NotAllowed (codes `undecided`, `handled`).
    """
    dossier = lock_dossier(dossier_id, actor=actor)
    require(policy.may_handle(actor, dossier))
    return close_dossier(dossier, handled_at=at, actor=actor, at=at)


def close_dossier(dossier: Dossier, *, handled_at: datetime, actor: User, at: datetime) -> Dossier:
    """Close a locked dossier that was handled at `handled_at`, earlier than now when it is taken over."""
    again = dossier.history.filter(state=DossierState.HANDLED).exists()
    _move(dossier, DossierState.HANDLED)
    dossier.handled_at = handled_at
    dossier.expires_on = clock.years_after(clock.local_day(handled_at), YEARS_KEPT)
    dossier.waiting_for, dossier.waiting_until = "", None
    fields = ["state", "handled_at", "expires_on", "waiting_for", "waiting_until"]
    dossier.store(reason="handled", at=at, fields=fields)
    handled = events.DossierHandled(expires_on=dossier.expires_on, again=again)
    record(handled, actor=actor, subject=dossier, at=at)
    return dossier


@domain_action
def reopen_dossier(*, actor: User, dossier_id: UUID, because: str, at: datetime) -> Dossier:
    """Look into a handled dossier again: its three years stop, and start anew when it is handled again.

    Raises DossierUnknown, NotAllowed (code `not_handled`), DossierRefused (field `because`).
    """
    dossier = lock_dossier(dossier_id, actor=actor)
    require(policy.may_reopen(actor, dossier))
    expired_on = dossier.expires_on
    assert expired_on is not None  # a CHECK gives a handled dossier its end
    _move(dossier, DossierState.INVESTIGATING)
    dossier.handled_at = dossier.expires_on = None
    dossier.store(reason="reopened_dossier", at=at, fields=["state", "handled_at", "expires_on"])
    words = kept_text(because, "because", longest=2000)
    add_line(dossier, kind=TimelineKind.DECIDED, words=words, actor=actor, at=at)
    record(events.DossierReopened(expired_on=expired_on), actor=actor, subject=dossier, at=at)
    return dossier


@domain_action
def hold_dossier(*, actor: User, dossier_id: UUID, because: str, recheck_on: date, at: datetime) -> Dossier:
    """Keep a dossier whatever its end, for a legal claim or inquiry, until it is looked at again.

    Undone by `release_dossier`. Raises DossierUnknown, NotAllowed, DossierRefused (with the field).
    """
    dossier = lock_dossier(dossier_id, actor=actor)
    require(policy.may_hold(actor, dossier))
    dossier.hold_reason = kept_text(because, "because", longest=2000)
    dossier.hold_recheck_on = day_to_come(recheck_on, "recheck_on", on=clock.local_day(at))
    dossier.store(reason="held", at=at, fields=["hold_reason", "hold_recheck_on"])
    record(events.DossierHeld(recheck_on=recheck_on), actor=actor, subject=dossier, at=at)
    return dossier


@domain_action
def release_dossier(*, actor: User, dossier_id: UUID, at: datetime) -> Dossier:
    """Lift a legal hold; the dossier goes at its end again. Doing it again changes nothing.

    Raises DossierUnknown, NotAllowed.
    """
    dossier = lock_dossier(dossier_id, actor=actor)
    require(policy.may_hold(actor, dossier))
    if not dossier.hold_reason:
        return dossier
    dossier.hold_reason, dossier.hold_recheck_on = "", None
    dossier.store(reason="released", at=at, fields=["hold_reason", "hold_recheck_on"])
    record(events.DossierReleased(), actor=actor, subject=dossier, at=at)
    return dossier


def _move(dossier: Dossier, to: DossierState) -> None:
    """Move a dossier as `DOSSIER_TRANSITIONS` allows; the policy has said the same in words before."""
    assert to in DOSSIER_TRANSITIONS[dossier.state]
    dossier.state = to
