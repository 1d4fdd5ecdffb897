"""Who may do what with a dossier.

Servicedesk handles its own; coordinators see all, and decide what was found and what follows;
the privacy officer sees all and changes nothing.
"""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from backoffice import clock
from backoffice.staff.models import User
from backoffice.staff.permissions import Permission
from backoffice.staff.policy import ALLOWED, Verdict, denied, may
from incidents.choices.dossiers import DossierState, PartyRole, ProposalState
from incidents.models import Dossier, Measure, Party, RepetitionProposal

NOT_YOURS = denied("not_yours", _("A colleague handles this dossier. Ask a coordinator to give it to you."))
HANDLED = denied("handled", _("This dossier is handled. Reopen it first."))
MONTHS_TO_OBJECT = 6


def may_open_dossiers(user: User | AnonymousUser) -> Verdict:
    """Return whether `user` may make a dossier."""
    return may(user, Permission.HANDLE_DOSSIERS)


def may_see(user: User, dossier: Dossier) -> Verdict:
    """Return whether `user` may open a dossier."""
    if may(user, Permission.SEE_ALL_DOSSIERS):
        return ALLOWED
    if not (verdict := may(user, Permission.HANDLE_DOSSIERS)):
        return verdict
    return ALLOWED if user.pk in {dossier.owner_id, dossier.opened_by_id} else NOT_YOURS


def may_add_to(user: User, dossier: Dossier) -> Verdict:
    """Return whether `user` may write in a dossier, send its letters, and do its tasks."""
    return may(user, Permission.HANDLE_DOSSIERS) and may_see(user, dossier)


def may_change(user: User, dossier: Dossier) -> Verdict:
    """Return whether `user` may change what a dossier says: not once it is handled."""
    if not (verdict := may_add_to(user, dossier)):
        return verdict
    return HANDLED if dossier.is_handled else ALLOWED


def may_assign(user: User, dossier: Dossier, to: User) -> Verdict:
    """Return whether `user` may give a dossier to somebody: who may handle dossiers at all."""
    if not (verdict := may_change(user, dossier)):
        return verdict
    if not may(to, Permission.HANDLE_DOSSIERS):
        return denied("cannot_handle", _("This colleague does not handle dossiers."))
    return ALLOWED


def may_decide(user: User, dossier: Dossier) -> Verdict:
    """Return whether `user` may say what was found: coordinators, while the dossier is worked on."""
    if not (verdict := may(user, Permission.DECIDE_OUTCOMES)):
        return verdict
    return may_change(user, dossier)


def may_handle(user: User, dossier: Dossier) -> Verdict:
    """Return whether `user` may close a dossier: once its outcome is decided."""
    if not (verdict := may_change(user, dossier)):
        return verdict
    if not dossier.outcome:
        return denied("undecided", _("Decide first what was found: founded, unfounded or undetermined."))
    return ALLOWED


def may_reopen(user: User, dossier: Dossier) -> Verdict:
    """Return whether `user` may look into a handled dossier again."""
    if not (verdict := may_add_to(user, dossier)):
        return verdict
    if dossier.state != DossierState.HANDLED:
        return denied("not_handled", _("This dossier is open already."))
    return ALLOWED


def may_hold(user: User, dossier: Dossier) -> Verdict:
    """Return whether `user` may keep a dossier from being erased, or stop keeping it."""
    return may(user, Permission.DECIDE_OUTCOMES) and may_add_to(user, dossier)


def may_print(user: User, dossier: Dossier, *, masked: bool) -> Verdict:
    """Return whether `user` may put a dossier on paper: with everybody on it, only coordinators."""
    if not (verdict := may_add_to(user, dossier)):
        return verdict
    if not masked and not may(user, Permission.DECIDE_OUTCOMES):
        return denied("unmasked", _("Choose for whom it is: only a coordinator prints all names."))
    return ALLOWED


def may_write_to(user: User, party: Party) -> Verdict:
    """Return whether `user` may send a letter to a party: not while it is unsafe that they know."""
    if not (verdict := may_add_to(user, party.dossier)):
        return verdict
    if party.is_accused and party.inform_deferred_because:
        return denied("deferred", _("For safety this person is not told yet. Lift the deferral first."))
    return ALLOWED


def may_take_measure(user: User, party: Party) -> Verdict:
    """Return whether `user` may take a measure against a party: the offender of a founded dossier."""
    if not (verdict := may_decide(user, party.dossier)):
        return verdict
    if not party.dossier.is_founded or party.role != PartyRole.OFFENDER:
        return denied("not_founded", _("A measure needs a founded outcome, and somebody who did it."))
    return may_write_to(user, party)


def may_lift(user: User, measure: Measure) -> Verdict:
    """Return whether `user` may take a measure back."""
    if not (verdict := may(user, Permission.DECIDE_OUTCOMES)):
        return verdict
    return denied("lifted", _("This measure was lifted before.")) if measure.lifted_at else ALLOWED


def may_object(measure: Measure, *, on: date) -> Verdict:
    """Return whether somebody may still object to a measure: for six months (DSA article 20)."""
    last = clock.months_after(clock.local_day(measure.taken_at), MONTHS_TO_OBJECT)
    if measure.lifted_at is not None:
        return denied("lifted", _("This measure was lifted before."))
    if on > last:
        return denied("too_late", _("The six months in which a member may object are over."))
    return ALLOWED


def may_settle_proposal(user: User, proposal: RepetitionProposal) -> Verdict:
    """Return whether `user` may say what becomes of a proposal."""
    if not (verdict := may(user, Permission.DECIDE_OUTCOMES)):
        return verdict
    if proposal.state != ProposalState.OPEN:
        return denied("settled", _("This proposal was settled before."))
    return ALLOWED
