"""The first page: my work today, every queue, the servicedesk, seven days, what could not be delivered."""

from typing import Any

from django.http import HttpRequest
from django.utils import formats
from django.utils.translation import gettext as _

from backoffice import clock
from backoffice.outbox.models import Delivery, Mail
from backoffice.outbox.policy import may_manage_receivers
from backoffice.outbox.selectors import undelivered
from backoffice.staff.permissions import Permission
from backoffice.staff.policy import may
from backoffice.ui.charts import Series, stacked_bars
from backoffice.ui.pages import staff_of
from incidents.selectors.day import dossiers_today, tickets_today
from moderation.selectors.care import handed_to_nobody, heavy_today, heavy_today_in_all
from moderation.selectors.desk import just_done
from moderation.selectors.queues import Day, decided_today, held_by, last_days, progress_by_queue


def context(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add what Unfold's dashboard shows: to nobody anything that they may not see elsewhere."""
    user, at = staff_of(request), clock.now()
    if may_manage_receivers(user):
        context["post"] = undelivered(Delivery)
        context["letters"] = undelivered(Mail)
    tickets, dossiers = tickets_today(user, at=at), dossiers_today(user, at=at)
    if tickets or dossiers:
        context["servicedesk"] = {"tickets": tickets, "dossiers": dossiers}
    if not may(user, Permission.VIEW_QUEUES):
        return context
    queues = progress_by_queue(at=at)
    days = last_days(at=at)
    context |= {
        "queues": queues,
        "today": {
            "decided": sum(queue.decided for queue in queues),
            "total": sum(queue.total for queue in queues),
            "overdue": sum(queue.overdue for queue in queues),
            "oldest": min((queue.oldest for queue in queues if queue.oldest), default=None),
        },
        "days": days,
        "chart": _chart(days),
        "may_decide": may(user, Permission.DECIDE_REVIEWS),
    }
    if context["may_decide"]:
        context |= {
            "mine_today": decided_today(user=user, at=at),
            "held": list(held_by(user=user, at=at)),
            "heavy_today": heavy_today(user, at=at),
            "undoable": len(just_done(user=user, at=at)),
        }
    if may(user, Permission.DECIDE_ESCALATED):
        context |= {"handed_to_nobody": handed_to_nobody(at=at), "heavy_in_all": heavy_today_in_all(at=at)}
    return context


def _chart(days: list[Day]) -> Any:
    return stacked_bars(
        title=_("Arrived in the last seven days, and what became of it"),
        labels=[formats.date_format(day.on, "D\nj b") for day in days],
        series=[
            Series(_("decided in time"), [day.in_time for day in days]),
            Series(_("decided late"), [day.late for day in days]),
            Series(_("still open"), [day.open for day in days]),
        ],
    )
