"""What is done about somebody: on a ladder, told with its reasons, heard by the platform."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backoffice import clock
from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.outbox.announcements import Announcement
from backoffice.staff.models import User
from backoffice.staff.policy import require
from incidents.choices.dossiers import LADDER, WEIGHED, MeasureKind, Severity
from incidents.events import dossiers as events
from incidents.letters.dossiers import letter_of_measure
from incidents.models import Measure, Party
from incidents.models.measures import FACTORS
from incidents.policy import dossiers as policy
from incidents.services.letters import hand_over
from incidents.services.locks import DossierRefused, day_to_come, kept_text, lock_dossier, party_of
from incidents.services.same_person import same_person

_FIRST_RUNG = {Severity.SLIGHT: 0, Severity.SERIOUS: 1, Severity.GRAVE: 2}


@dataclass(frozen=True)
class Ladder:
    """What was done about somebody before, oldest first, and the next step. It forces nothing."""

    earlier: Sequence[Measure]
    proposed: MeasureKind

    @property
    def proposed_words(self) -> str:
        """The next step, as people say it."""
        return str(self.proposed.label)

    @property
    def warned(self) -> bool:
        """Whether a warning stands: a suspension follows one, says DSA article 23."""
        return any(measure.kind != MeasureKind.TIP for measure in self.earlier)


def ladder_of(party: Party) -> Ladder:
    """Return the measures against this person in every dossier, lifted ones left out, and the next step.

    The first step follows from how serious the dossier is; each later one is a rung higher.
    """
    same = [party.pk, *(match.party.pk for match in same_person(party))]
    earlier = list(Measure.objects.filter(party__in=same, lifted_at__isnull=True).select_related("dossier"))
    first = _FIRST_RUNG[Severity(party.dossier.severity)]
    rungs = [LADDER.index(MeasureKind(measure.kind)) + 1 for measure in earlier]
    return Ladder(earlier, LADDER[min(max([first, *rungs]), len(LADDER) - 1)])


@domain_action
def take_measure(
    *,
    actor: User,
    dossier_id: UUID,
    party_id: UUID,
    kind: MeasureKind,
    facts: str,
    ground: str,
    at: datetime,
    factors: dict[str, str] | None = None,
    ends_on: date | None = None,
) -> Measure:
    """Take a measure against the offender of a founded dossier; they get a letter with its reasons.

    The platform hears of it (`measure.taken`) when they have an account. Undone by `lift_measure`.
    A suspension needs `ends_on`, and like a termination all `factors` (`FACTORS`). Raises NotAllowed,
    GivesAway, DossierUnknown, DossierRefused (with the field).
    """
    dossier = lock_dossier(dossier_id, actor=actor)
    party = party_of(dossier, party_id)
    require(policy.may_take_measure(actor, party))
    kind, today = MeasureKind(kind), clock.local_day(at)
    if (kind == MeasureKind.SUSPENSION) != (ends_on is not None):
        raise DossierRefused(_("A suspension has a last day, and nothing else has."), field="ends_on")
    measure = Measure(
        dossier=dossier,
        party=party,
        kind=kind,
        proposed=ladder_of(party).proposed,
        facts=kept_text(facts, "facts", longest=5000),
        ground=kept_text(ground, "ground", longest=2000),
        site=dossier.site,
        member_id=party.member_id,
        starts_on=today,
        ends_on=day_to_come(ends_on, "ends_on", on=today) if ends_on else None,
        taken_at=at,
        taken_by=actor,
    )
    for name in FACTORS:
        given = (factors or {}).get(name, "")
        setattr(measure, name, kept_text(given, name, longest=2000, needed=kind in WEIGHED))
    letter = letter_of_measure(measure, object_until=clock.months_after(today, policy.MONTHS_TO_OBJECT))
    measure.letter = letter.body
    measure.store(reason="taken", at=at)
    hand_over(letter, party=party, template="measure", actor=actor, at=at)
    record(
        events.MeasureTaken(
            measure_id=measure.pk, measure=kind, proposed=MeasureKind(measure.proposed), ends_on=ends_on
        ),
        actor=actor,
        subject=dossier,
        at=at,
        announce=_announcements("measure.taken", measure),
    )
    return measure


@domain_action
def lift_measure(*, actor: User, measure_id: UUID, because: str, at: datetime) -> Measure:
    """Take a measure back, with a reason; the platform hears `measure.lifted`. Cannot be undone.

    An appeal that overturns a measure calls this. Raises NotAllowed (code `lifted`), DossierRefused.
    """
    found = Measure.objects.get(pk=measure_id)
    dossier = lock_dossier(found.dossier_id, actor=actor)
    measure = Measure.objects.select_for_update(no_key=True).get(pk=measure_id)
    require(policy.may_lift(actor, measure))
    measure.lifted_at, measure.lifted_because = at, kept_text(because, "because", longest=2000)
    measure.store(reason="lifted", at=at, fields=["lifted_at", "lifted_because"])
    record(
        events.MeasureLifted(measure_id=measure.pk),
        actor=actor,
        subject=dossier,
        at=at,
        announce=_announcements("measure.lifted", measure),
    )
    return measure


def _announcements(kind: str, measure: Measure) -> list[Announcement]:
    """What the platform hears: nothing of somebody without an account, and never a word of the reasons."""
    if not measure.member_id:
        return []
    told: dict[str, Any] = {
        "id": str(measure.pk),
        "site": measure.site,
        "member_id": measure.member_id,
        "kind": measure.kind,
        "starts_on": measure.starts_on.isoformat(),
        "ends_on": measure.ends_on.isoformat() if measure.ends_on else None,
        "lifted_at": measure.lifted_at.isoformat() if measure.lifted_at else None,
    }
    return [Announcement(site=measure.site, type=kind, about=str(measure.pk), data=told)]
