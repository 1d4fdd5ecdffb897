"""Putting a dossier on paper: who may, and that it was done."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.staff.models import User
from backoffice.staff.policy import require
from incidents.events import dossiers as events
from incidents.paper.making import Part, pdf_of
from incidents.policy import dossiers as policy
from incidents.services.locks import DossierRefused, lock_dossier, party_of


@domain_action
def print_dossier(
    *, actor: User, dossier_id: UUID, parts: Sequence[Part], reader_id: UUID | None, at: datetime
) -> bytes:
    """Return chosen parts of a dossier as a PDF, and write down that it was made.

    For `reader_id`, a party, everybody else is masked; without one nobody is, and that is a
    coordinator's to ask. Raises DossierUnknown, NotAllowed, DossierRefused (with the field).
    """
    dossier = lock_dossier(dossier_id, actor=actor)
    require(policy.may_print(actor, dossier, masked=reader_id is not None))
    if not parts:
        raise DossierRefused(_("Choose what is put on paper."), field="parts")
    reader = party_of(dossier, reader_id) if reader_id else None
    made = pdf_of(dossier, parts=parts, reader=reader, at=at)
    printed = events.DossierPrinted(parts=tuple(parts), reader_id=reader_id)
    record(printed, actor=actor, subject=dossier, at=at)
    return made
