"""Members, found while somebody types: by name (also a little misspelt), e-mail, number or postcode."""

import re

from django.db.models import Q

from backoffice.leaks.words import fold, osa
from moderation.models import Profile
from moderation.selectors.lookup import find_profiles

MOST = 8
CANDIDATES = 500
"""So many names that begin alike are compared with a misspelt one."""

FEWEST_LETTERS = 4
_POSTCODE = re.compile(r"(\d{4})\s?([A-Za-z]{2})\Z")


def people_like(typed: str) -> list[Profile]:
    """Return at most `MOST` members who may be meant, the surest first.

    A misspelt last name is found when its first two letters are right and no more than one in four
    letters differs: that much the index of names allows.
    """
    if postcode := _POSTCODE.match(typed):
        written = (f"{postcode[1]}{postcode[2]}".upper(), f"{postcode[1]} {postcode[2]}".upper())
        return list(Profile.objects.filter(postcode__in=written).order_by("last_name", "pk")[:MOST])
    found = list(find_profiles(Profile.objects.all(), typed).order_by("last_name", "first_name", "pk")[:MOST])
    word = fold(typed.rsplit(maxsplit=1)[-1])
    if len(found) == MOST or len(word) < FEWEST_LETTERS:
        return found
    most = len(word) // FEWEST_LETTERS
    known = {profile.pk for profile in found}
    begins = Q(last_name__istartswith=word[:2])
    near = [
        (distance, profile)
        for profile in Profile.objects.filter(begins).exclude(pk__in=known)[:CANDIDATES]
        if (distance := osa(word, fold(profile.last_name), most=most)) <= most
    ]
    near.sort(key=lambda pair: (pair[0], pair[1].last_name, pair[1].first_name, str(pair[1].pk)))
    return [*found, *(profile for _distance, profile in near)][:MOST]
