"""An item through somebody's eyes: what they see of it, and what of that is not for them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from backoffice.platforms.sites import HUPPLA
from moderation.explanations import explain, field_name
from moderation.marks import Piece, pieces
from moderation.models import HelpRequest, Profile, Signal
from moderation.visibility import (
    ON_HUPPLA,
    ON_THE_PROFILE,
    Eyes,
    seen_beside,
    seen_of_member,
    seen_of_text,
    told_by,
    who_may_see,
)

OWN_FIELD = "own_field"
"""Code of what no detector looks for: a text that gives a field of the member's own away."""

SHORTEST_NAME = 3
NAMES = ("first_name", "infix", "last_name")
FACTS = ("place", "postcode", "member_since", "email", "phone")


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something in a text that these eyes may not see, in words, and who may."""

    sentence: str
    found: str
    for_whom: str


@dataclass(frozen=True, slots=True)
class SeenText:
    """A text that is seen, cut where something stands in it that is not for these eyes."""

    name: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Look:
    """An item as `eyes` see it. `shown` names the fields that they see and that are filled in."""

    eyes: Eyes
    shown: dict[str, str]
    name: str
    photo: bool
    facts: list[tuple[str, str]]
    texts: list[SeenText]
    keywords: list[str]
    hidden: list[str]
    wrong: list[Wrong]
    why_nothing: str


def looks_at(
    subject: Profile | HelpRequest, *, profile: Profile | None, signals: Sequence[Signal]
) -> list[Look]:
    """Return an item through each kind of eyes. `profile` is the member's, `signals` what was found in it."""
    return [_look(eyes, subject, profile, signals) for eyes in Eyes]


def _look(
    eyes: Eyes, subject: Profile | HelpRequest, profile: Profile | None, signals: Sequence[Signal]
) -> Look:
    of_member = seen_of_member(eyes, site=subject.site, profile=profile)
    values, allowed = _values(subject, profile), of_member
    if isinstance(subject, HelpRequest):
        beside = seen_beside(eyes, subject=subject, profile=profile)
        allowed = {**beside, **seen_of_text(eyes, subject=subject)}
    shown = {name: by for name, by in allowed.items() if values.get(name)}
    found = list(_wrong(subject, profile, signals, shown=shown, may_see=of_member))
    return Look(
        eyes=eyes,
        shown=shown,
        name=" ".join(values[part] for part in ("salutation", *NAMES) if part in shown),
        photo="photo" in shown,
        facts=[(field_name(name), _in_words(values[name])) for name in FACTS if name in shown],
        texts=[
            SeenText(name, pieces(values[name], [one for one in found if one.field == name]))
            for name in subject.text_fields
            if name in shown
        ],
        keywords=values["keywords"] if "keywords" in shown else [],
        hidden=[field_name(name) for name, value in values.items() if value and name not in shown],
        wrong=[_in_full(one, values[one.field], subject.site, profile) for one in found],
        why_nothing="" if shown else _why_nothing(eyes, subject),
    )


def _values(subject: Profile | HelpRequest, profile: Profile | None) -> dict[str, Any]:
    """Return every field of an item by its name: those of the member, and over them those of the text."""
    names = ("salutation", *NAMES, "photo", *FACTS, "birth_date", "about", "keywords")
    values = {name: getattr(profile, name) for name in names} if profile else {}
    if isinstance(subject, HelpRequest):
        values = {name: value for name, value in values.items() if name not in ON_THE_PROFILE}
        values |= {name: getattr(subject, name) for name in ("kind", "title", "text", "keywords", "place")}
    return values


def _wrong(
    subject: Profile | HelpRequest,
    profile: Profile | None,
    signals: Sequence[Signal],
    *,
    shown: dict[str, str],
    may_see: dict[str, str],
) -> Iterator[Signal]:
    """Yield what stands in the texts that are seen and is not for these eyes, by text and place."""
    for name in subject.text_fields:
        if name not in shown:
            continue
        standing = [one for one in signals if one.field == name and one.dismissed_at is None]
        found = [one for one in standing if told_by(one) not in {None, *may_see}]
        if profile:
            found += _own(getattr(subject, name), name, profile, may_see=may_see, besides=found)
        yield from sorted(found, key=lambda one: (one.start, one.end))


def _own(
    text: str, name: str, profile: Profile, *, may_see: Iterable[str], besides: Sequence[Signal]
) -> Iterator[Signal]:
    """Yield where a text gives the member's own name or postcode away; not what is marked already."""
    marked = bytearray(len(text))
    for one in besides:
        marked[one.start : one.end] = bytes(len(text[one.start : one.end]) * [1])
    for field, pattern in _patterns(profile):
        if field in may_see:
            continue
        for match in re.finditer(pattern, text):
            start, end = match.span()
            if not all(marked[start:end]):
                told = {"field": field, "rule": _("%(field)s of the member") % {"field": field_name(field)}}
                yield Signal(code=OWN_FIELD, field=name, start=start, end=end, params=told)


def _patterns(profile: Profile) -> Iterator[tuple[str, str]]:
    for field in ("first_name", "last_name"):
        name = getattr(profile, field)
        if len(name) >= SHORTEST_NAME:
            yield field, rf"\b(?:{re.escape(name)}|{re.escape(name.upper())})\b"
    if postcode := re.fullmatch(r"(\d{4})\s*([A-Za-z]{2})", profile.postcode):
        yield "postcode", rf"(?i)\b{postcode[1]}\s?{postcode[2]}\b"


def _in_full(one: Signal, text: str, site: str, profile: Profile | None) -> Wrong:
    thing = one.params["field"] if one.code == OWN_FIELD else told_by(one)
    may = [str(eyes.label) for eyes in who_may_see(str(thing), site=site, profile=profile)]
    return Wrong(
        explain(one.code, params=one.params, field=one.field),
        text[one.start : one.end],
        _("only for: %(eyes)s") % {"eyes": ", ".join(may)} if may else _("for nobody"),
    )


def _why_nothing(eyes: Eyes, subject: Profile | HelpRequest) -> str:
    if eyes in ON_HUPPLA and subject.site != HUPPLA:
        return _("They see nothing of this: %(site)s is not their network.") % {"site": subject.site}
    if isinstance(subject, Profile) and not subject.visible:
        return _("The member has hidden this profile: nobody sees it.")
    return _("They see nothing of this: the privacy statement does not name it for them.")


def _in_words(value: Any) -> str:
    return value if isinstance(value, str) else formats.date_format(value, "F Y")
