"""Who has a part in a dossier, and when they must hear of it (AVG article 14)."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backoffice import clock
from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.staff.models import User
from backoffice.staff.policy import require
from incidents.choices.dossiers import PartyRole
from incidents.events import dossiers as events
from incidents.given import Person, normal_email, normal_phone
from incidents.models import Dossier, Party
from incidents.policy import dossiers as policy
from incidents.services.locks import DossierRefused, day_to_come, kept_line, kept_text, lock_dossier, party_of

MONTHS_TO_INFORM = 1
_LONGEST = {
    "salutation": 40, "first_name": 80, "infix": 40, "last_name": 120,
    "postcode": 10, "place": 80, "member_id": 80,
}  # fmt: skip


@domain_action
def add_party(*, actor: User, dossier_id: UUID, role: PartyRole, person: Person, at: datetime) -> Party:
    """Write down somebody's part in a dossier: a small copy of who they are, of its own.

    From that moment one month runs in which whoever did not tell it themselves must hear of it.
    Raises DossierUnknown, NotAllowed, DossierRefused (with the field): nobody is written down as the
    offender, that follows from a founded outcome.
    """
    dossier = lock_dossier(dossier_id, actor=actor)
    require(policy.may_change(actor, dossier))
    return write_party(dossier, person=person, role=role, actor=actor, at=at)


def write_party(dossier: Dossier, *, person: Person, role: PartyRole, actor: User, at: datetime) -> Party:
    """Save a party of a dossier that is locked or new. Raises DossierRefused. Part of `add_party`."""
    if role == PartyRole.OFFENDER:
        raise DossierRefused(
            _("Who did it is said with a founded outcome. Choose the person it is about."), field="role"
        )
    person = _checked(person)
    told_by_others = role != PartyRole.REPORTER
    party = Party(
        dossier=dossier,
        role=role,
        salutation=person.salutation,
        first_name=person.first_name,
        infix=person.infix,
        last_name=person.last_name,
        birth_date=person.birth_date,
        postcode=person.postcode,
        place=person.place,
        emails=list(person.emails),
        phones=list(person.phones),
        site=dossier.site,
        member_id=person.member_id,
        added_at=at,
        inform_by_on=clock.months_after(clock.local_day(at), MONTHS_TO_INFORM) if told_by_others else None,
    )
    party.store(reason="added", at=at)
    record(events.PartyAdded(party_id=party.pk, role=role), actor=actor, subject=dossier, at=at)
    return party


@domain_action
def defer_informing(
    *, actor: User, dossier_id: UUID, party_id: UUID, because: str, recheck_on: date, at: datetime
) -> Party:
    """Tell somebody later that a dossier names them, for a reason, until it is looked at again.

    Undone by `lift_deferral`. Raises DossierUnknown, NotAllowed, DossierRefused (with the field).
    """
    dossier = lock_dossier(dossier_id, actor=actor)
    require(policy.may_add_to(actor, dossier))
    return write_deferral(
        party_of(dossier, party_id), because=because, recheck_on=recheck_on, actor=actor, at=at
    )


def write_deferral(party: Party, *, because: str, recheck_on: date, actor: User, at: datetime) -> Party:
    """Save that a party of a locked dossier is told later. Part of `defer_informing`."""
    party.inform_deferred_because = kept_text(because, "because", longest=2000)
    party.inform_recheck_on = day_to_come(recheck_on, "recheck_on", on=clock.local_day(at))
    party.store(reason="deferred", at=at, fields=["inform_deferred_because", "inform_recheck_on"])
    record(
        events.InformingDeferred(party_id=party.pk, recheck_on=recheck_on),
        actor=actor,
        subject=party.dossier,
        at=at,
    )
    return party


@domain_action
def lift_deferral(*, actor: User, dossier_id: UUID, party_id: UUID, at: datetime) -> Party:
    """Let somebody be told again. Doing it again changes nothing. Raises DossierUnknown, NotAllowed."""
    dossier = lock_dossier(dossier_id, actor=actor)
    require(policy.may_add_to(actor, dossier))
    party = party_of(dossier, party_id)
    if not party.inform_deferred_because:
        return party
    party.inform_deferred_because, party.inform_recheck_on = "", None
    party.store(reason="deferral_lifted", at=at, fields=["inform_deferred_because", "inform_recheck_on"])
    record(events.DeferralLifted(party_id=party.pk), actor=actor, subject=dossier, at=at)
    return party


def _checked(person: Person) -> Person:
    """Return somebody as they are kept. Raises DossierRefused with the field."""
    lines = {
        name: kept_line(getattr(person, name), name, longest=longest, needed=False)
        for name, longest in _LONGEST.items()
    }
    phones = tuple(normal_phone(phone) for phone in person.phones)
    if not all(phones):
        raise DossierRefused(_("This is not a phone number."), field="phones")
    emails = tuple(normal_email(kept_line(email, "emails", longest=254)) for email in person.emails)
    kept = replace(person, **lines, emails=emails, phones=phones)  # type: ignore[arg-type] # lines are strings
    if not (kept.first_name or kept.last_name or emails or phones or kept.member_id):
        raise DossierRefused(
            _("Give at least a name, an e-mail address, a phone number or a member number."),
            field="last_name",
        )
    return kept
