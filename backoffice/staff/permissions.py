"""Who may do what: one enum of permissions, and the roles as sets of them.

`sync_roles` (run after every migrate) keeps Django's groups and permissions in step with this
file, so that what stands here is what the database holds.
"""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """One thing somebody may do. The value is the codename of Django's permission."""

    VIEW_QUEUES = "view_queues"
    DECIDE_REVIEWS = "decide_reviews"
    DECIDE_ESCALATED = "decide_escalated"
    SEE_RECORDS = "see_records"
    SEE_PHOTOS = "see_photos"
    SEE_EVENTS = "see_events"
    TAKE_IN_APPEALS = "take_in_appeals"
    HANDLE_TICKETS = "handle_tickets"
    SETTLE_SECOND_LOOKS = "settle_second_looks"
    HANDLE_DOSSIERS = "handle_dossiers"
    SEE_ALL_DOSSIERS = "see_all_dossiers"
    DECIDE_OUTCOMES = "decide_outcomes"
    MANAGE_STANDARD_TEXTS = "manage_standard_texts"
    MANAGE_HOUSE_RULES = "manage_house_rules"
    MANAGE_SIGNAL_RULES = "manage_signal_rules"
    MANAGE_STAFF = "manage_staff"
    MANAGE_CONNECTIONS = "manage_connections"

    @property
    def full_name(self) -> str:
        """The name as `User.has_perm` wants it."""
        return f"staff.{self.value}"


class Role(StrEnum):
    """The kinds of people in the house. The value is the name of the group."""

    MODERATOR = "moderator"
    SERVICEDESK = "servicedesk"
    COORDINATOR = "coordinator"
    PRIVACY_OFFICER = "privacy officer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> Promise:
        """The role as it stands on the screen."""
        return ROLE_LABELS[self]


ROLE_LABELS: dict[Role, Promise] = {
    Role.MODERATOR: _("moderator"),
    Role.SERVICEDESK: _("servicedesk"),
    Role.COORDINATOR: _("coordinator"),
    Role.PRIVACY_OFFICER: _("privacy officer"),
    Role.AUDITOR: _("auditor"),
    Role.ADMINISTRATOR: _("administrator"),
}

P = Permission
_MODERATOR = {P.VIEW_QUEUES, P.DECIDE_REVIEWS, P.SEE_RECORDS, P.SEE_PHOTOS}

ROLES: dict[Role, frozenset[Permission]] = {
    Role.MODERATOR: frozenset(_MODERATOR),
    Role.SERVICEDESK: frozenset(
        {P.SEE_RECORDS, P.SEE_PHOTOS, P.TAKE_IN_APPEALS, P.HANDLE_TICKETS, P.HANDLE_DOSSIERS}
    ),
    Role.COORDINATOR: frozenset(
        _MODERATOR
        | {
            P.DECIDE_ESCALATED,
            P.TAKE_IN_APPEALS,
            P.HANDLE_TICKETS,
            P.SETTLE_SECOND_LOOKS,
            P.HANDLE_DOSSIERS,
            P.SEE_ALL_DOSSIERS,
            P.DECIDE_OUTCOMES,
            P.MANAGE_STANDARD_TEXTS,
            P.MANAGE_HOUSE_RULES,
            P.MANAGE_SIGNAL_RULES,
        }
    ),
    Role.PRIVACY_OFFICER: frozenset(
        {P.VIEW_QUEUES, P.SEE_RECORDS, P.SEE_PHOTOS, P.SEE_EVENTS, P.SEE_ALL_DOSSIERS}
    ),
    Role.AUDITOR: frozenset({P.VIEW_QUEUES, P.SEE_EVENTS}),
    Role.ADMINISTRATOR: frozenset({P.MANAGE_STAFF, P.MANAGE_CONNECTIONS, P.SEE_EVENTS}),
}
