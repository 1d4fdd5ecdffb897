"""Did somebody do it again? Only founded dossiers count, and not all of them for whole (R50, R55).

A proposal needs what two whole dossiers count. A dossier counts for half when its reporter is the
same as, or linked to, the reporter of one that counts already; or when most of what that reporter
told before turned out to be unfounded. What was too little to propose anything is written down too.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.staff.models import User
from backoffice.staff.policy import require
from incidents.choices.dossiers import CountsHalf, DossierOutcome, PartyRole, ProposalState
from incidents.events import dossiers as events
from incidents.models import Evidence, Party, RepetitionProposal
from incidents.policy import dossiers as policy
from incidents.services.locks import DossierRefused, kept_text
from incidents.services.same_person import Match, same_by, same_person

WHOLE, HALF = 2, 1
ENOUGH = 2 * WHOLE
FEW = 2
"""From so many unfounded complaints on, their number says something about a reporter."""

_LOCK = 7_104_550
"""Number of the advisory lock under which repetition is weighed: one of two at once sees the other."""


def weigh_repetition(offender: Party, *, actor: User, at: datetime) -> RepetitionProposal | None:
    """Raise a proposal, or add to the open one, when founded dossiers about one person count for enough.

    Part of `decide_outcome`, in its transaction. Returns None when they do not; when there is more than
    one, an event says how much they count and why.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    earlier = [
        match for match in same_person(offender, among=[PartyRole.OFFENDER]) if match.party.dossier.is_founded
    ]
    if not earlier:
        return None
    rows = _evidence(offender, earlier)
    halves = sum(row.halves for row in rows)
    dossiers = tuple(row.party.dossier_id for row in rows)
    if halves < ENOUGH:
        because = tuple(sorted({row.because for row in rows if row.because}))
        weighed = events.RepetitionWeighed(dossiers=dossiers, halves=halves, because=because)
        record(weighed, actor=actor, subject=offender.dossier, at=at)
        return None
    proposal = _open_proposal(earlier)
    if proposal is None:
        proposal = RepetitionProposal(raised_at=at)
        proposal.store(reason="proposed", at=at)
    known = set(proposal.evidence.values_list("party_id", flat=True))
    for row in rows:
        if row.party_id not in known:
            row.proposal = proposal
            row.store(reason="proposed", at=at)
    proposed = events.RepetitionProposed(proposal_id=proposal.pk, dossiers=dossiers, halves=halves)
    record(proposed, actor=actor, subject=offender.dossier, at=at)
    return proposal


@domain_action
def settle_proposal(
    *, actor: User, proposal_id: UUID, state: ProposalState, note: str, at: datetime
) -> RepetitionProposal:
    """Say what becomes of a proposal: taken up (the blacklist's own procedure follows) or set aside.

    Cannot be undone; the next founded dossier raises another. One of which an outcome was changed since,
    so that it counts for too little, is not taken up. Raises NotAllowed, DossierRefused.
    """
    proposal = RepetitionProposal.objects.select_for_update(no_key=True).get(pk=proposal_id)
    require(policy.may_settle_proposal(actor, proposal))
    if state == ProposalState.OPEN:
        raise DossierRefused(_("Choose what becomes of it."), field="state")
    if state == ProposalState.TAKEN_UP and _still_counts(proposal) < ENOUGH:
        raise DossierRefused(_("It no longer rests on enough founded dossiers. Set it aside."), field="state")
    proposal.state = state
    proposal.note = kept_text(note, "note", longest=2000)
    proposal.settled_at, proposal.settled_by = at, actor
    proposal.store(reason="settled_here", at=at, fields=["state", "note", "settled_at", "settled_by"])
    record(events.ProposalSettled(state=state), actor=actor, subject=proposal, at=at)
    return proposal


def _still_counts(proposal: RepetitionProposal) -> int:
    """Return in halves what the dossiers count that are founded about this person to this day."""
    rows = proposal.evidence.filter(party__role=PartyRole.OFFENDER)
    return sum(rows.values_list("halves", flat=True))


def _evidence(offender: Party, earlier: Sequence[Match]) -> list[Evidence]:
    """Return what each dossier counts, the oldest first: it is the later one that may count for half."""
    by = {match.party.pk: match.by for match in earlier}
    parties = [offender, *(match.party for match in earlier)]
    parties.sort(key=lambda party: (party.dossier.opened_at, party.dossier.number))
    rows: list[Evidence] = []
    heard: list[Party] = []
    seen: set[UUID] = set()
    for party in parties:
        if party.dossier_id in seen:
            continue
        seen.add(party.dossier_id)
        reporters = list(Party.objects.filter(dossier_id=party.dossier_id, role=PartyRole.REPORTER))
        because = _why_half(reporters, heard)
        heard += reporters
        rows.append(
            Evidence(
                party=party,
                same_by=[str(each) for each in by.get(party.pk, ())],
                halves=HALF if because else WHOLE,
                because=because,
            )
        )
    return rows


def _why_half(reporters: Sequence[Party], heard: Sequence[Party]) -> str:
    if any(same_by(one, other) or _share_a_home(one, other) for one in reporters for other in heard):
        return CountsHalf.LINKED
    return CountsHalf.OFTEN_UNFOUNDED if any(_often_unfounded(reporter) for reporter in reporters) else ""


def _share_a_home(one: Party, other: Party) -> bool:
    """The same last name at the same postcode."""
    return bool(
        one.postcode
        and one.last_name
        and (one.postcode, one.last_name.casefold()) == (other.postcode, other.last_name.casefold())
    )


def _often_unfounded(reporter: Party) -> bool:
    outcomes = [match.party.dossier.outcome for match in same_person(reporter, among=[PartyRole.REPORTER])]
    unfounded = outcomes.count(DossierOutcome.UNFOUNDED)
    return unfounded >= FEW and unfounded > outcomes.count(DossierOutcome.FOUNDED)


def _open_proposal(earlier: Sequence[Match]) -> RepetitionProposal | None:
    found = RepetitionProposal.objects.filter(
        state=ProposalState.OPEN, evidence__party__in=[match.party for match in earlier]
    )
    return found.order_by("raised_at").first()
