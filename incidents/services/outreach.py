"""Reaching the members who were in touch with somebody who did harm."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.audit.history import store_many
from backoffice.staff.models import User
from backoffice.staff.policy import require
from incidents.choices.dossiers import OutreachState
from incidents.events import dossiers as events
from incidents.models import OutreachTask
from incidents.policy import dossiers as policy
from incidents.services.locks import DossierRefused, kept_line, kept_text, lock_dossier

MOST = 1000


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A member who was in touch with an offender, as the platform names them."""

    member_id: str
    name: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)


@domain_action
def add_outreach(*, actor: User, dossier_id: UUID, contacts: Sequence[Contact], at: datetime) -> int:
    """Make a contact task for each member who has none yet in this dossier; return how many.

    Needs a founded outcome. Raises DossierUnknown, NotAllowed, DossierRefused (with the field).
    """
    dossier = lock_dossier(dossier_id, actor=actor)
    require(policy.may_add_to(actor, dossier))
    if not dossier.is_founded:
        raise DossierRefused(_("Reaching out follows a founded outcome."), field="contacts")
    if len(contacts) > MOST:
        raise DossierRefused(_("At most %(most)d people at once.") % {"most": MOST}, field="contacts")
    known = set(dossier.outreach.values_list("member_id", flat=True))
    tasks = {
        task.member_id: task
        for task in (
            OutreachTask(
                dossier=dossier,
                site=dossier.site,
                member_id=kept_line(one.member_id, "member_id", longest=80),
                name=kept_line(one.name, "name", longest=200, needed=False),
                contact=kept_line(one.contact, "contact", longest=400, needed=False),
            )
            for one in contacts
        )
        if task.member_id not in known
    }
    store_many(list(tasks.values()), reason="received", at=at)
    record(events.OutreachReceived(people=len(tasks)), actor=actor, subject=dossier, at=at)
    return len(tasks)


@domain_action
def settle_outreach(
    *, actor: User, dossier_id: UUID, task_id: UUID, state: OutreachState, note: str, at: datetime
) -> OutreachTask:
    """Say how it went to reach somebody; can be said anew.

    Raises DossierUnknown, NotAllowed, DossierRefused (with the field).
    """
    dossier = lock_dossier(dossier_id, actor=actor)
    require(policy.may_add_to(actor, dossier))
    task = OutreachTask.objects.filter(dossier=dossier, pk=task_id).first()
    if task is None:
        raise DossierRefused(_("Choose somebody of this dossier."), field="task")
    task.state = OutreachState(state)
    done = task.state != OutreachState.TO_DO
    task.done_by, task.done_at = (actor, at) if done else (None, None)
    task.note = kept_text(note, "note", longest=2000, needed=False)
    task.store(reason="settled_here", at=at, fields=["state", "note", "done_by", "done_at"])
    record(events.OutreachDone(task_id=task.pk, state=task.state), actor=actor, subject=dossier, at=at)
    return task
