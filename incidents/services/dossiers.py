"""Opening a dossier, and who works on it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from backoffice import clock
from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.audit.meanwhile import ChangedMeanwhile
from backoffice.platforms.sites import UnknownSite, canonical
from backoffice.staff.models import User
from backoffice.staff.policy import require
from incidents.choices.dossiers import DossierState, LinkKind, PartyRole, Severity, WaitingFor
from incidents.events import dossiers as events
from incidents.given import Person, Unknown
from incidents.guards import NUMBERS
from incidents.models import Dossier, DossierLink
from incidents.models.dossiers import FIVE
from incidents.policy import dossiers as policy
from incidents.services.locks import (
    LONGEST_TEXT,
    DossierRefused,
    day_to_come,
    kept_line,
    kept_text,
    lock_dossier,
    lock_dossiers,
)
from incidents.services.parties import write_party

_LONGEST = {"reporter_name": 200, "contact": 400, "location": 300, "description": LONGEST_TEXT}


@dataclass(frozen=True, kw_only=True)
class Described:
    """The five things that every dossier says (R42), each as it is or why it is not known."""

    happened_on: date | Unknown
    reporter_name: str | Unknown
    contact: str | Unknown
    location: str | Unknown
    description: str | Unknown


@domain_action
def open_dossier(
    *,
    actor: User,
    site: str,
    happened_on: date | Unknown,
    reporter_name: str | Unknown,
    contact: str | Unknown,
    location: str | Unknown,
    description: str | Unknown,
    at: datetime,
    severity: Severity = Severity.SERIOUS,
    reporter: Person | None = None,
    about: Person | None = None,
    source_ticket_id: UUID | None = None,
    owner: User | None = None,
    opened_at: datetime | None = None,
) -> Dossier:
    """Make a dossier of a complaint, with its reporter as the first party. Cannot be undone.

    Part of the caller's transaction, so that a complaint and its dossier are one (R41). `reporter`
    says more of who complains than the name and the contact line do, `about` whom it is about. With
    an `owner` it is under investigation at once; a person who opens one owns it, a job leaves it to a
    coordinator. `opened_at` is when it came in, for one that is taken over from elsewhere.
    Raises NotAllowed, UnknownSite, DossierRefused (with the field).
    """
    require(policy.may_open_dossiers(actor))
    name = canonical(site)
    if name is None:
        raise UnknownSite(_("This is not a site of WeHelpen."), field="site")
    five = Described(
        happened_on=happened_on,
        reporter_name=reporter_name,
        contact=contact,
        location=location,
        description=description,
    )
    owner = owner or (None if actor.is_system else actor)
    dossier = Dossier(
        number=_next_number(),
        site=name,
        source_ticket_id=source_ticket_id,
        state=DossierState.INVESTIGATING if owner else DossierState.OPEN,
        severity=Severity(severity),
        opened_at=opened_at or at,
        opened_by=actor,
        owner=owner,
        **_columns(five, at=at),
    )
    dossier.store(reason="opened", at=at)
    record(
        events.DossierOpened(
            number=dossier.number,
            ticket_id=source_ticket_id,
            unknown=tuple(field for field in FIVE if getattr(dossier, f"{field}_unknown")),
        ),
        actor=actor,
        subject=dossier,
        at=at,
    )
    who = reporter or Person.told(dossier.reporter_name, dossier.contact)
    if who.full_name or who.emails or who.phones or who.member_id:
        write_party(dossier, person=who, role=PartyRole.REPORTER, actor=actor, at=at)
    if about is not None:
        write_party(dossier, person=about, role=PartyRole.SUBJECT, actor=actor, at=at)
    return dossier


@domain_action
def edit_description(
    *, actor: User, dossier_id: UUID, seen: int, described: Described, at: datetime
) -> Dossier:
    """Change what a dossier says of the complaint; the history keeps what it said.

    `seen` is the version that the person looked at (`backoffice.audit.meanwhile`). What others did
    with the dossier since is no hindrance; that they changed one of the five is. Raises
    ChangedMeanwhile, DossierUnknown, DossierRefused, NotAllowed.
    """
    dossier = lock_dossier(dossier_id, actor=actor)
    require(policy.may_change(actor, dossier))
    columns = _columns(described, at=at)
    looked_at = dossier.history.filter(history_id=seen).first()
    if looked_at is None or any(getattr(looked_at, name) != getattr(dossier, name) for name in columns):
        raise ChangedMeanwhile(
            _("Somebody else changed this in the meantime. Look at what changed, then save again.")
        )
    changed = tuple(name for name, value in columns.items() if getattr(dossier, name) != value)
    if not changed:
        return dossier
    for name in changed:
        setattr(dossier, name, columns[name])
    dossier.store(reason="changed", at=at, fields=changed)
    record(events.DossierDescribed(fields=changed), actor=actor, subject=dossier, at=at)
    return dossier


@domain_action
def assign_dossier(*, actor: User, dossier_id: UUID, owner_id: int, at: datetime) -> Dossier:
    """Let somebody handle a dossier from now on. Doing it again changes nothing.

    Raises DossierUnknown, NotAllowed, DossierRefused (field `owner`).
    """
    dossier = lock_dossier(dossier_id, actor=actor)
    owner = User.objects.filter(pk=owner_id, is_active=True).first()
    if owner is None:
        raise DossierRefused(_("Choose a colleague."), field="owner")
    require(policy.may_assign(actor, dossier, owner))
    if dossier.owner_id == owner.pk:
        return dossier
    dossier.owner = owner
    dossier.state = DossierState.INVESTIGATING
    dossier.store(reason="assigned", at=at, fields=["owner", "state"])
    record(events.DossierAssigned(owner_id=owner.pk), actor=actor, subject=dossier, at=at)
    return dossier


@domain_action
def set_waiting(
    *, actor: User, dossier_id: UUID, waiting_for: WaitingFor | None, until: date | None, at: datetime
) -> Dossier:
    """Say whose turn it is, and until when we wait; None: ours. Raises DossierUnknown, NotAllowed."""
    dossier = lock_dossier(dossier_id, actor=actor)
    require(policy.may_change(actor, dossier))
    dossier.waiting_for = waiting_for or ""
    dossier.waiting_until = until if waiting_for else None
    if dossier.waiting_until:
        day_to_come(dossier.waiting_until, "until", on=clock.local_day(at))
    dossier.store(reason="waits", at=at, fields=["waiting_for", "waiting_until"])
    record(
        events.DossierWaits(waiting_for=dossier.waiting_for, until=dossier.waiting_until),
        actor=actor,
        subject=dossier,
        at=at,
    )
    return dossier


@domain_action
def link_dossiers(
    *, actor: User, dossier_id: UUID, other_id: UUID, kind: LinkKind, at: datetime
) -> DossierLink:
    """Say that two dossiers belong together, and why. Saying it anew replaces why.

    Raises DossierUnknown, DossierRefused (field `other`), NotAllowed.
    """
    if dossier_id == other_id:
        raise DossierRefused(_("Choose another dossier than this one."), field="other")
    dossier, other = lock_dossiers(dossier_id, other_id, actor=actor)
    require(policy.may_add_to(actor, dossier))
    first, second = sorted((dossier, other), key=lambda each: each.number)
    link = DossierLink.objects.filter(first=first, second=second).first()
    if link is not None and link.kind == kind:
        return link
    link = link or DossierLink(first=first, second=second, linked_at=at)
    link.kind = kind
    link.store(reason="linked", at=at)
    record(events.DossiersLinked(other_id=other.pk, link=kind), actor=actor, subject=dossier, at=at)
    return link


def _columns(five: Described, *, at: datetime) -> dict[str, date | str | None]:
    """Return the five and their reasons as columns. Raises DossierRefused."""
    columns: dict[str, date | str | None] = {}
    for field in FIVE:
        value = getattr(five, field)
        if isinstance(value, Unknown):
            columns[field] = None if field == "happened_on" else ""
            columns[f"{field}_unknown"] = kept_line(value.because, field)
        elif isinstance(value, date):
            if value > clock.local_day(at):
                raise DossierRefused(_("This day has not been yet."), field=field)
            columns |= {field: value, f"{field}_unknown": ""}
        else:
            check = kept_text if field == "description" else kept_line
            columns |= {field: check(value, field, longest=_LONGEST[field]), f"{field}_unknown": ""}
    return columns


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [NUMBERS])
        return int(cursor.fetchone()[0])
