"""Who may do what with a ticket."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from backoffice.staff.models import User
from backoffice.staff.permissions import Permission
from backoffice.staff.policy import Verdict, denied, may
from incidents.choices import UNDER_WAY, TicketState
from incidents.models import Ticket

HANDLED = denied("handled", _("This ticket was handled. Reopen it first."))
MERGED = denied("merged", _("This ticket was merged into another: go on there."))
NO_ADDRESS = denied("no_address", _("There is no e-mail address to answer to."))
NOT_HANDLED = denied("under_way", _("This ticket is not handled yet."))


def may_handle_tickets(user: User | AnonymousUser) -> Verdict:
    """Return whether `user` may read tickets and work on them."""
    return may(user, Permission.HANDLE_TICKETS)


def may_work_on(user: User | AnonymousUser, ticket: Ticket) -> Verdict:
    """Return whether `user` may change a ticket: not once it is handled."""
    if not (verdict := may_handle_tickets(user)):
        return verdict
    if ticket.state == TicketState.MERGED:
        return MERGED
    return verdict if ticket.state in UNDER_WAY else HANDLED


def may_note_at(user: User | AnonymousUser, ticket: Ticket) -> Verdict:
    """Return whether `user` may write an internal note: also at a ticket that was handled."""
    verdict = may_handle_tickets(user)
    return MERGED if verdict and ticket.state == TicketState.MERGED else verdict


def may_answer(user: User | AnonymousUser, ticket: Ticket) -> Verdict:
    """Return whether `user` may write to who sent a ticket."""
    verdict = may_work_on(user, ticket)
    return NO_ADDRESS if verdict and not ticket.contact_email else verdict


def may_reopen(user: User | AnonymousUser, ticket: Ticket) -> Verdict:
    """Return whether `user` may take up a handled ticket again."""
    if not (verdict := may_handle_tickets(user)):
        return verdict
    if ticket.state == TicketState.MERGED:
        return MERGED
    return verdict if ticket.state == TicketState.CLOSED else NOT_HANDLED


def may_manage_answers(user: User | AnonymousUser) -> Verdict:
    """Return whether `user` may keep the standard answers."""
    return may(user, Permission.MANAGE_STANDARD_TEXTS)
