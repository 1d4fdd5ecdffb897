"""Writing in the timeline of a dossier."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backoffice import clock
from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.staff.models import User
from backoffice.staff.policy import require
from incidents.choices.dossiers import TimelineKind
from incidents.events import dossiers as events
from incidents.models import Dossier, Party, TimelineEntry
from incidents.policy import dossiers as policy
from incidents.services.locks import DossierRefused, kept_text, lock_dossier, party_of


@domain_action
def write_timeline(
    *,
    actor: User,
    dossier_id: UUID,
    kind: TimelineKind,
    happened_on: date,
    text: str,
    at: datetime,
    party_id: UUID | None = None,
) -> TimelineEntry:
    """Add a line to a dossier's timeline, under the day on which it happened. Cannot be undone.

    Raises DossierUnknown, NotAllowed, DossierRefused (with the field).
    """
    dossier = lock_dossier(dossier_id, actor=actor)
    require(policy.may_add_to(actor, dossier))
    if happened_on > clock.local_day(at):
        raise DossierRefused(_("This day has not been yet."), field="happened_on")
    party = party_of(dossier, party_id) if party_id else None
    entry = add_line(dossier, kind=kind, words=text, party=party, happened_on=happened_on, actor=actor, at=at)
    record(events.TimelineWritten(entry_id=entry.pk, entry_kind=kind), actor=actor, subject=dossier, at=at)
    return entry


def add_line(
    dossier: Dossier,
    *,
    kind: TimelineKind,
    words: str,
    actor: User,
    at: datetime,
    party: Party | None = None,
    happened_on: date | None = None,
    mail_id: UUID | None = None,
) -> TimelineEntry:
    """Save a line of a locked dossier; of today unless it says otherwise. The verb records its own event."""
    return TimelineEntry(
        dossier=dossier,
        kind=kind,
        happened_on=happened_on or clock.local_day(at),
        text=kept_text(words, "text"),
        party=party,
        mail_id=mail_id,
        author=actor,
        written_at=at,
    ).store(reason="written", at=at)


@domain_action
def pin_entry(*, actor: User, dossier_id: UUID, entry_id: UUID, pinned: bool, at: datetime) -> TimelineEntry:
    """Let a line stand above the timeline, or no longer.

    Raises DossierUnknown, NotAllowed, DossierRefused (field `entry`).
    """
    dossier = lock_dossier(dossier_id, actor=actor)
    require(policy.may_add_to(actor, dossier))
    entry = TimelineEntry.objects.filter(dossier=dossier, pk=entry_id).first()
    if entry is None:
        raise DossierRefused(_("Choose a line of this dossier."), field="entry")
    if entry.pinned != pinned:
        entry.pinned = pinned
        entry.store(reason="pinned" if pinned else "unpinned", at=at, fields=["pinned"])
    return entry
