"""Files of a dossier."""

from datetime import datetime
from pathlib import Path

import pytest

from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from incidents.models import Attachment, StoredFile
from incidents.services.attachments import attach_file, attach_stored_file
from incidents.services.files import Upload
from incidents.services.locks import DossierUnknown
from tests.factories import StaffFactory
from tests.incidents.dossiers import opened
from tests.pictures import jpeg_of_a_place

pytestmark = pytest.mark.django_db


def test_a_picture_is_kept_with_its_dossier_and_once(
    servicedesk: User, coordinator: User, media: Path, at: datetime
) -> None:
    first, second = opened(servicedesk, at), opened(coordinator, at)
    upload = Upload(name="foto.jpg", content=jpeg_of_a_place("straat"))
    attachment = attach_file(actor=servicedesk, dossier_id=first.pk, upload=upload, says="De deur", at=at)
    assert (attachment.file.content_type, attachment.says) == ("image/jpeg", "De deur")
    for _again in range(2):
        attach_stored_file(actor=coordinator, dossier_id=second.pk, file_id=attachment.file_id, at=at)
    assert (Attachment.objects.count(), StoredFile.objects.count()) == (2, 1)


def test_nothing_is_kept_of_a_file_for_somebody_elses_dossier(
    servicedesk: User, media: Path, at: datetime
) -> None:
    dossier = opened(StaffFactory(role=Role.SERVICEDESK), at)
    upload = Upload(name="foto.jpg", content=jpeg_of_a_place("straat"))
    with pytest.raises(DossierUnknown):
        attach_file(actor=servicedesk, dossier_id=dossier.pk, upload=upload, says="", at=at)
    assert not StoredFile.objects.exists()
    assert [path for path in media.rglob("*") if path.is_file()] == []
