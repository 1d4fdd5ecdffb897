"""Looking up records by what somebody typed: always by an index, whatever the size of the tables.

`typed` has no space around it and is not empty.
"""

import re
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q, QuerySet

from moderation.models import Decision, HelpRequest, Profile, Review

MOST_SUBJECTS = 200
"""So many profiles and requests are looked through for their reviews; a vaguer term finds the newest."""

LONGEST_NUMBER = 18
"""Digits that a decision's number has at most, in PostgreSQL's bigint."""

_WORD = re.compile(r"\w+")


def find_profiles(queryset: QuerySet[Profile], typed: str) -> QuerySet[Profile]:
    """Keep profiles of which every word typed begins a name, or that have this e-mail or number."""
    words = typed.split()
    by_name = Q()
    for word in words:
        by_name &= (
            Q(first_name__istartswith=word) | Q(last_name__istartswith=word) | Q(infix__istartswith=word)
        )
    # Begin with a column that has an index: an infix alone is in half of all names.
    begins = Q()
    for word in words:
        begins |= Q(first_name__istartswith=word) | Q(last_name__istartswith=word)
    return queryset.filter((by_name & begins) | Q(email__istartswith=typed) | Q(member_id=typed))


def find_help_requests(queryset: QuerySet[HelpRequest], typed: str) -> QuerySet[HelpRequest]:
    """Keep requests with all words typed (or words that begin so) in title or text, or with this number."""
    by_number = Q(request_id=typed) | Q(member_id=typed)
    words = _WORD.findall(typed)
    if not words:
        return queryset.filter(by_number)
    query = SearchQuery(" & ".join(f"{word}:*" for word in words), search_type="raw", config="dutch")
    return queryset.annotate(words=SearchVector("title", "text", config="dutch")).filter(
        Q(words=query) | by_number
    )


def find_reviews(queryset: QuerySet[Review], typed: str) -> QuerySet[Review]:
    """Keep reviews of the profiles and requests that were meant, of a member number, or with this key."""
    found = (
        Q(member_id=typed)
        | Q(profile_id__in=_newest(find_profiles(Profile.objects.all(), typed)))
        | Q(help_request_id__in=_newest(find_help_requests(HelpRequest.objects.all(), typed)))
    )
    key = _key(typed)
    return queryset.filter(found | Q(pk=key) if key else found)


def find_decisions(queryset: QuerySet[Decision], typed: str) -> QuerySet[Decision]:
    """Keep decisions about this member or request number, a member of this name or a request with
    these words, or with this number or key.
    """
    members = find_profiles(Profile.objects.all(), typed).values_list("member_id", flat=True)[:MOST_SUBJECTS]
    requests = _newest(find_help_requests(HelpRequest.objects.all(), typed))
    reviews = Review.objects.filter(help_request__in=requests).values_list("pk", flat=True)
    found = Q(member_id__in=[typed, *members]) | Q(subject_external_id=typed) | Q(review__in=list(reviews))
    if typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER:
        found |= Q(sequence=int(typed))
    key = _key(typed)
    return queryset.filter(found | Q(pk=key) | Q(review_id=key) if key else found)


def _newest(subjects: QuerySet[Profile] | QuerySet[HelpRequest]) -> list[UUID]:
    return list(subjects.order_by("-received_at").values_list("pk", flat=True)[:MOST_SUBJECTS])


def _key(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
