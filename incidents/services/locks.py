"""Taking a dossier in hand for a write, and refusing what was written badly."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from backoffice.errors import DomainError
from backoffice.platforms.plain_text import NotPlain, plain_line, plain_text
from backoffice.staff.models import User
from incidents.models import Dossier, Party

LONGEST_TEXT = 20_000
LONGEST_LINE = 300


class DossierUnknown(DomainError):
    """There is no such dossier, or not for this person."""

    code = "dossier_unknown"


class DossierRefused(DomainError):
    """Something that was filled in is not what it should be; `field` says what."""

    code = "invalid"


def lock_dossier(dossier_id: UUID, *, actor: User) -> Dossier:
    """Return a dossier that `actor` may see, locked until the transaction ends. Raises DossierUnknown."""
    return _one(Dossier.objects.visible_to(actor).filter(pk=dossier_id))


def lock_dossiers(first: UUID, second: UUID, *, actor: User) -> tuple[Dossier, Dossier]:
    """Return two dossiers, always locked in the same order: two who lock the same two wait for each other."""
    held = {key: lock_dossier(key, actor=actor) for key in sorted({first, second})}
    return held[first], held[second]


def _one(dossiers: QuerySet[Dossier]) -> Dossier:
    dossier = dossiers.select_for_update(no_key=True, of=("self",)).first()
    if dossier is None:
        raise DossierUnknown(_("There is no such dossier, or a colleague handles it."), field="dossier")
    return dossier


def party_of(dossier: Dossier, party_id: UUID) -> Party:
    """Return a party of a dossier that is locked. Raises DossierRefused (field `party`)."""
    party = Party.objects.filter(dossier=dossier, pk=party_id).first()
    if party is None:
        raise DossierRefused(_("Choose somebody of this dossier."), field="party")
    party.dossier = dossier
    return party


def kept_text(value: str, field: str, *, longest: int = LONGEST_TEXT, needed: bool = True) -> str:
    """Return text as it is kept. Raises DossierRefused when it is empty, too long or hides something."""
    try:
        kept = plain_text(value, longest=longest).strip()
    except NotPlain as problem:
        raise _unfit(field, longest) from problem
    if needed and not kept:
        raise _unfit(field, longest)
    return kept


def kept_line(value: str, field: str, *, longest: int = LONGEST_LINE, needed: bool = True) -> str:
    """Return one line as it is kept. Raises DossierRefused when it is empty, too long or hides something."""
    try:
        kept = plain_line(value, longest=longest)
    except NotPlain as problem:
        raise _unfit(field, longest) from problem
    if needed and not kept:
        raise _unfit(field, longest)
    return kept


def day_to_come(value: date, field: str, *, on: date) -> date:
    """Return a day on which something is looked at again. Raises DossierRefused unless it is after `on`."""
    if value <= on:
        raise DossierRefused(_("Choose a day after today."), field=field)
    return value


def _unfit(field: str, longest: int) -> DossierRefused:
    return DossierRefused(
        _("Write 1 to %(longest)d characters here, without hidden ones.") % {"longest": longest}, field=field
    )
