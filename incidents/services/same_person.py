"""Are two parties one person? A seam: the blacklist's comparison of identities takes its place.

For now only what is exactly the same counts: a member number of the same site, an e-mail address, a
phone number, or the whole name with the birth date. A name alone is never enough.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from incidents.choices.dossiers import SameBy
from incidents.models import Party


@dataclass(frozen=True)
class Match:
    """A party that is the same person, and by what, the surest first."""

    party: Party
    by: tuple[SameBy, ...]

    @property
    def by_words(self) -> str:
        """By what, as people say it."""
        return ", ".join(str(each.label) for each in self.by)


def same_by(one: Party, other: Party) -> tuple[SameBy, ...]:
    """Return by what two parties are the same person, the surest first; empty when nothing says so."""
    found = []
    if one.member_id and (one.site, one.member_id) == (other.site, other.member_id):
        found.append(SameBy.MEMBER)
    if set(one.emails) & set(other.emails):
        found.append(SameBy.EMAIL)
    if set(one.phones) & set(other.phones):
        found.append(SameBy.PHONE)
    if one.birth_date and one.birth_date == other.birth_date and _folded(one) == _folded(other) != "":
        found.append(SameBy.NAME_AND_BIRTH_DATE)
    return tuple(found)


def same_person(party: Party, *, among: Sequence[str] = ()) -> list[Match]:
    """Return the parties of other dossiers that are this person, newest first; in these roles, if given."""
    wanted = Q(emails__overlap=party.emails) | Q(phones__overlap=party.phones)
    if party.member_id:
        wanted |= Q(site=party.site, member_id=party.member_id)
    if party.birth_date:
        wanted |= Q(birth_date=party.birth_date)
    found = Party.objects.filter(wanted).exclude(dossier_id=party.dossier_id).select_related("dossier")
    if among:
        found = found.filter(role__in=among)
    pairs = ((other, same_by(party, other)) for other in found.order_by("-added_at", "id"))
    return [Match(other, by) for other, by in pairs if by]


def _folded(party: Party) -> str:
    plain = unicodedata.normalize("NFKD", party.full_name.casefold())
    return "".join(character for character in plain if character.isalnum())
