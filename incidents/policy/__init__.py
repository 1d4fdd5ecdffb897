"""Who may do what at the servicedesk: the one place that services, pages and admin ask."""

from incidents.policy.tickets import (
    may_answer,
    may_handle_tickets,
    may_manage_answers,
    may_note_at,
    may_reopen,
    may_work_on,
)

__all__ = [
    "may_answer",
    "may_handle_tickets",
    "may_manage_answers",
    "may_note_at",
    "may_reopen",
    "may_work_on",
]
