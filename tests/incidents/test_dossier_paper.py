"""A dossier on paper: chosen parts, and of everybody else no name, address or number."""

from datetime import datetime

import pytest

from backoffice.audit.models import Event
from backoffice.staff.models import User
from backoffice.staff.policy import NotAllowed
from incidents.choices.dossiers import PartyRole, TimelineKind
from incidents.models import Dossier, Party
from incidents.paper.making import Part, _data
from incidents.services.locks import DossierRefused
from incidents.services.paper import print_dossier
from incidents.services.timeline import write_timeline
from tests.incidents.dossiers import KAREL, about, decided, opened

pytestmark = pytest.mark.django_db


def on_paper(dossier: Dossier, reader: Party | None, at: datetime) -> str:
    return str(_data(dossier, parts=list(Part), reader=reader, at=at))


def test_takes_everybody_else_out_of_every_part(coordinator: User, at: datetime) -> None:
    said = "Mevrouw De Vries (06-12345678, 0612345678) zei dat Karel belde. ANNA huilde. Devriesstraat."
    dossier, karel = decided(coordinator, at, description=said)
    for kind in (TimelineKind.SAID, TimelineKind.NOTE):
        write_timeline(
            actor=coordinator, dossier_id=dossier.pk, kind=kind, happened_on=at.date(), text=said, at=at
        )
    his = on_paper(dossier, karel, at)
    for word in ("Anna", "ANNA", "De Vries", "Vries ", "12345678"):
        assert word not in his, word
    for word in ("Karel", "Devriesstraat", "karel.zwart@voorbeeld.nl", "Gegrond"):
        assert word in his, word
    hers = on_paper(dossier, dossier.parties.get(role=PartyRole.REPORTER), at)
    assert "Anna de Vries" in hers
    assert "Zwart" not in hers
    assert "Karel" not in hers
    assert "Anna" in on_paper(dossier, None, at)
    assert "Zwart" in on_paper(dossier, None, at)


def test_is_a_tagged_pdf_to_be_kept_and_is_written_down(
    coordinator: User, servicedesk: User, at: datetime
) -> None:
    dossier = opened(servicedesk, at, description='#include "geheim" *vet* \\ $x$ ]')
    party = about(dossier, servicedesk, at, KAREL)
    made = print_dossier(
        actor=servicedesk, dossier_id=dossier.pk, parts=list(Part), reader_id=party.pk, at=at
    )
    for mark in (b"%PDF-1.", b"/StructTreeRoot", b"<pdfaid:part>2</pdfaid:part>", b"/Lang(nl)"):
        assert mark in made.replace(b" (", b"("), mark
    event = Event.objects.get(kind="dossier.printed")
    assert event.data["reader_id"] == str(party.pk)
    with pytest.raises(NotAllowed) as refusal:
        print_dossier(actor=servicedesk, dossier_id=dossier.pk, parts=[Part.TOLD], reader_id=None, at=at)
    assert refusal.value.code == "unmasked"
    assert print_dossier(actor=coordinator, dossier_id=dossier.pk, parts=[Part.TOLD], reader_id=None, at=at)
    with pytest.raises(DossierRefused):
        print_dossier(actor=coordinator, dossier_id=dossier.pk, parts=[], reader_id=None, at=at)
