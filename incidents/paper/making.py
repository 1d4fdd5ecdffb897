"""Setting a dossier in type: chosen parts, with the names of others taken out."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import typst
from django.db import models
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice import clock
from backoffice.outbox.paper import CONTROLLER, LANGUAGE
from incidents.models import Dossier, Party
from incidents.models.dossiers import FIVE

TEMPLATE = Path(__file__).with_name("dossier.typ")
STANDARD: Final = "a-2a"
"""PDF/A-2a: to be kept, and tagged for who has it read aloud."""

DAY = "j F Y"


class Part(models.TextChoices):
    """What of a dossier can be put on paper, in the order of the page."""

    TOLD = "told", gettext_lazy("What was told")
    PEOPLE = "people", gettext_lazy("People")
    TIMELINE = "timeline", gettext_lazy("Timeline")
    OUTCOME = "outcome", gettext_lazy("Outcome and measures")


@dataclass(frozen=True)
class Mask:
    """Takes names, addresses and numbers of people out of a text."""

    words: re.Pattern[str] | None
    said: str

    def __call__(self, text: str) -> str:
        return self.words.sub(self.said, text) if self.words else text


def mask_of(others: Sequence[Party], *, kept: Sequence[Party], also: Sequence[str] = ()) -> Mask:
    """Return what masks everybody in `others`, and the words of `also`, but for words of `kept` as well."""
    own = {word.lower() for party in kept for word in _words_of(party)}
    words = {word for party in others for word in _words_of(party)} | set(also)
    hidden = sorted((word for word in words if word.lower() not in own), key=len, reverse=True)
    pattern = "|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in hidden)
    return Mask(re.compile(pattern, re.IGNORECASE) if pattern else None, _("[left out]"))


def pdf_of(dossier: Dossier, *, parts: Sequence[Part], reader: Party | None, at: datetime) -> bytes:
    """Return a dossier as a PDF in Dutch, for `reader`: everybody else is masked; None masks nobody."""
    with translation.override(LANGUAGE):
        data = json.dumps(_data(dossier, parts=parts, reader=reader, at=at), ensure_ascii=False)
    made: bytes = typst.compile(TEMPLATE, format="pdf", pdf_standards=STANDARD, sys_inputs={"data": data})
    return made


def _data(dossier: Dossier, *, parts: Sequence[Part], reader: Party | None, at: datetime) -> dict[str, Any]:
    parties = list(dossier.parties.all())
    others = [party for party in parties if reader is not None and party.pk != reader.pk]
    reporter_kept = reader is None or reader.role == "reporter"
    also = [] if reporter_kept else [word for word in (dossier.reporter_name, dossier.contact) if word]
    mask = mask_of(others, kept=[reader] if reader else [], also=also)
    makers = {Part.TOLD: _told, Part.PEOPLE: _people, Part.TIMELINE: _timeline, Part.OUTCOME: _outcome}
    on = date_format(clock.local_day(at), DAY)
    about = _("Made on %(on)s.") % {"on": on}
    if reader is not None:
        about += " " + _("Names, addresses and numbers of others were left out.")
    return {
        "title": f"Dossier {dossier.reference}",
        "controller": CONTROLLER,
        "header": f"{CONTROLLER} · {dossier.reference}",
        "footer": _("Confidential") + f" · {on}",
        "about": about,
        "parts": [
            {
                "title": str(part.label),
                "items": [
                    {"label": label, "text": mask(text)}
                    for label, text in makers[part](dossier, [one for one in parties if one not in others])
                ],
            }
            for part in Part
            if part in parts
        ],
    }


def _told(dossier: Dossier, _parties: Sequence[Party]) -> list[tuple[str, str]]:
    items = []
    for name in FIVE:
        value = getattr(dossier, name)
        label = str(Dossier._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr] # ours
        why = getattr(dossier, f"{name}_unknown")
        said = date_format(value, DAY) if name == "happened_on" and value else value
        items.append((label, said or f"{_('unknown')}: {why}"))
    return items


def _people(_dossier: Dossier, parties: Sequence[Party]) -> list[tuple[str, str]]:
    return [
        (
            str(party.get_role_display()).capitalize(),
            ", ".join(filter(None, (party.full_name, *party.emails, *party.phones, party.place))),
        )
        for party in parties
    ]


def _timeline(dossier: Dossier, parties: Sequence[Party]) -> list[tuple[str, str]]:
    """The lines, oldest first; a letter to somebody who is masked is left out whole."""
    shown = {party.pk for party in parties}
    lines = dossier.timeline.order_by("happened_on", "written_at")
    return [
        (f"{date_format(line.happened_on, DAY)} · {line.get_kind_display()}", line.text)
        for line in lines
        if line.party_id is None or line.party_id in shown
    ]


def _outcome(dossier: Dossier, parties: Sequence[Party]) -> list[tuple[str, str]]:
    shown = {party.pk for party in parties}
    decided = (
        [(str(dossier.get_outcome_display()).capitalize(), dossier.outcome_grounds)]
        if dossier.outcome
        else [("", _("Not decided yet."))]
    )
    return decided + [
        (f"{measure.get_kind_display()} · {date_format(measure.starts_on, DAY)}".capitalize(), measure.facts)
        for measure in dossier.measures.all()
        if measure.party_id in shown
    ]


def _words_of(party: Party) -> list[str]:
    """Return by what somebody can be known: names, addresses, and numbers as people write them."""
    phones = [re.sub(r"^\+31", "0", phone) for phone in party.phones]
    spaced = [f"{phone[:2]}-{phone[2:]}" for phone in phones] + [
        f"{phone[:2]} {phone[2:]}" for phone in phones
    ]
    words = [
        party.full_name,
        party.first_name,
        " ".join(filter(None, (party.infix, party.last_name))),
        party.last_name,
        party.member_id,
        party.postcode,
        *party.emails,
        *party.phones,
        *phones,
        *spaced,
    ]
    return [word for word in words if word]
