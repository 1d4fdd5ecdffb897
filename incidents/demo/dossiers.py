"""How the dossiers of the demo office go: one is opened, and something follows, or nothing yet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backoffice.platforms.sites import WEHELPEN
from backoffice.staff.models import User
from incidents.choices import Channel, TicketKind
from incidents.choices.dossiers import ACCUSED, PartyRole, Severity
from incidents.demo.desk import Desk
from incidents.demo.diary import Story, When, day_before
from incidents.given import Unknown
from incidents.models import Dossier, Party
from incidents.services.dossiers import open_dossier
from incidents.services.parties import add_party
from incidents.services.ticket_dossiers import Complaint
from incidents.services.ticket_opening import Said


@dataclass(frozen=True, kw_only=True)
class Case:
    """A complaint, and what followed. `about` is a key of the cast: the same key is the same person."""

    key: str
    when: When
    by: Channel | None
    who: str
    about: tuple[str, str] | None
    subject: str
    body: str
    location: str = ""
    days_before: int | None = 2
    why_unknown: str = ""
    severity: Severity = Severity.SERIOUS
    then: tuple[tuple[When, "Deed"], ...] = ()


@dataclass
class Work:
    """A dossier while it is worked on; everything is read again, for the services changed it."""

    desk: Desk
    dossier_id: UUID

    @property
    def dossier(self) -> Dossier:
        dossier: Dossier = Dossier.objects.get(pk=self.dossier_id)
        return dossier

    @property
    def handler(self) -> User:
        return self.dossier.owner or self.desk.karin

    def party(self, role: PartyRole) -> Party:
        roles = ACCUSED if role in ACCUSED else [role]
        found = Party.objects.filter(dossier_id=self.dossier_id, role__in=roles).select_related("dossier")
        return found.order_by("added_at", "id")[0]


Deed = Callable[[Work, datetime], None]


def story_of(desk: Desk, case: Case) -> Story:
    """Live through one dossier."""
    at = yield case.when
    dossier_id = _opened(desk, case, at)
    desk.dossiers[case.key] = dossier_id
    work = Work(desk, dossier_id)
    if case.about:
        accused = desk.cast.play(*case.about)
        add_party(actor=work.handler, dossier_id=dossier_id, role=PartyRole.SUBJECT, person=accused, at=at)
    for when, deed in case.then:
        at = yield when
        deed(work, at)


def _opened(desk: Desk, case: Case, at: datetime) -> UUID:
    who = desk.cast.play(f"reporter of {case.key}", case.who)
    happened_on = None if case.days_before is None else day_before(at, case.days_before)
    complaint = Complaint(happened_on=happened_on, location=case.location, why_unknown=case.why_unknown)
    if case.by == Channel.PHONE:
        said = Said(subject=case.subject, body=case.body)
        ticket = desk.call_in(who, kind=TicketKind.COMPLAINT, said=said, complaint=complaint, at=at)
    elif case.by == Channel.MAIL:
        mail = desk.mail_in(who, subject=case.subject, body=case.body, at=at)
        ticket = desk.sees_complaint(mail, complaint, at=at)
    else:
        return _found_ourselves(desk, case, at)
    desk.tickets[case.key] = ticket.pk
    if case.then:  # the dossier goes on with it; what came in last still waits
        desk.hand_to_dossier(ticket, at=at)
    assert ticket.dossier_id is not None  # a complaint by telephone or mail makes one here
    return ticket.dossier_id


def _found_ourselves(desk: Desk, case: Case, at: datetime) -> UUID:
    unknown = Unknown(case.why_unknown)
    return open_dossier(
        actor=desk.joke,
        site=WEHELPEN,
        happened_on=unknown if case.days_before is None else day_before(at, case.days_before),
        reporter_name=unknown,
        contact=unknown,
        location=case.location or unknown,
        description=case.body,
        severity=case.severity,
        at=at,
    ).pk


def stories(desk: Desk, cases: tuple[Case, ...]) -> Iterator[Story]:
    """Yield the story of each dossier."""
    yield from (story_of(desk, case) for case in cases)
