"""Putting files in a dossier."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.staff.models import User
from backoffice.staff.policy import require
from incidents.events import dossiers as events
from incidents.models import Attachment, StoredFile
from incidents.policy import dossiers as policy
from incidents.services.files import Upload, files_on_disk, keep_file
from incidents.services.locks import DossierRefused, kept_line, lock_dossier


def attach_file(*, actor: User, dossier_id: UUID, upload: Upload, says: str, at: datetime) -> Attachment:
    """Store a file that somebody uploads, and put it in a dossier.

    Raises DossierUnknown, NotAllowed, FileRefused and DossierRefused (with the field).
    """
    with files_on_disk([upload], at=at) as (file,):
        return _attach(actor=actor, dossier_id=dossier_id, file=file, says=says, at=at)


@domain_action
def attach_stored_file(*, actor: User, dossier_id: UUID, file_id: UUID, at: datetime) -> Attachment:
    """Put a file that came with a message in a dossier as well. Doing it again changes nothing.

    Raises DossierUnknown, NotAllowed, DossierRefused (field `file`).
    """
    file = StoredFile.objects.filter(pk=file_id).first()
    if file is None:
        raise DossierRefused(_("There is no such file."), field="file")
    return _attach(actor=actor, dossier_id=dossier_id, file=file, says="", at=at)


@domain_action
def _attach(*, actor: User, dossier_id: UUID, file: StoredFile, says: str, at: datetime) -> Attachment:
    dossier = lock_dossier(dossier_id, actor=actor)
    require(policy.may_add_to(actor, dossier))
    if file._state.adding:  # noqa: SLF001 - Django documents it
        keep_file(file, at=at)
    elif known := dossier.attachments.filter(file=file).first():
        return known
    attachment = Attachment(
        dossier=dossier,
        file=file,
        says=kept_line(says, "says", needed=False),
        attached_by=actor,
        attached_at=at,
    )
    attachment.store(reason="attached", at=at)
    record(events.FileAttached(attachment_id=attachment.pk), actor=actor, subject=dossier, at=at)
    return attachment
