"""Filters of a queue; they live in the address, so that a list can be kept and shared."""

from datetime import datetime
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from backoffice.platforms.sites import canonical
from moderation.explanations import LABELS
from moderation.models import Review

_ABSENT = {"waiting", "escalated"}
"""Reasons that a pending review does not keep among its reasons, or that have a filter of their own."""


class QueueFilter(django_filters.FilterSet):
    """What waits in a queue, narrowed (R15). Give `at`: what is overdue or free follows from it."""

    words = django_filters.CharFilter(label=_("Words"), method="with_words", max_length=100)
    site = django_filters.CharFilter(label=_("Site"), method="of_site", max_length=80)
    place = django_filters.CharFilter(label=_("Place"), method="in_place", max_length=120)
    keyword = django_filters.CharFilter(label=_("Keyword"), method="with_keyword", max_length=60)
    why = django_filters.ChoiceFilter(
        label=_("Why"),
        method="because_of",
        choices=[(code, words) for code, words in LABELS.items() if code not in _ABSENT],
        empty_label=_("any reason"),
    )
    overdue = django_filters.BooleanFilter(label=_("Overdue only"), method="only_overdue")
    free = django_filters.BooleanFilter(label=_("Nobody has it"), method="only_free")
    escalated = django_filters.BooleanFilter(label=_("Escalated"), method="only_escalated")

    class Meta:
        model = Review
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    def with_words(self, queryset: QuerySet[Review], _name: str, value: str) -> QuerySet[Review]:
        for word in value.split():
            queryset = queryset.filter(
                Q(help_request__title__icontains=word)
                | Q(help_request__text__icontains=word)
                | Q(profile__first_name__icontains=word)
                | Q(profile__last_name__icontains=word)
                | Q(profile__about__icontains=word)
            )
        return queryset

    def of_site(self, queryset: QuerySet[Review], _name: str, value: str) -> QuerySet[Review]:
        return queryset.filter(site=canonical(value) or value)

    def in_place(self, queryset: QuerySet[Review], _name: str, value: str) -> QuerySet[Review]:
        return queryset.filter(Q(help_request__place__iexact=value) | Q(profile__place__iexact=value))

    def with_keyword(self, queryset: QuerySet[Review], _name: str, value: str) -> QuerySet[Review]:
        return queryset.filter(
            Q(help_request__keywords__contains=[value]) | Q(profile__keywords__contains=[value])
        )

    def because_of(self, queryset: QuerySet[Review], _name: str, value: str) -> QuerySet[Review]:
        return queryset.filter(reasons__contains=[{"code": value}])

    def only_overdue(self, queryset: QuerySet[Review], _name: str, value: bool) -> QuerySet[Review]:  # noqa: FBT001 - django-filter's signature
        late = Q(due_at__lte=self.at)
        return queryset.filter(late if value else ~late)

    def only_free(self, queryset: QuerySet[Review], _name: str, value: bool) -> QuerySet[Review]:  # noqa: FBT001 - django-filter's signature
        held = Q(lease__expires_at__gt=self.at)
        return queryset.exclude(held) if value else queryset.filter(held)

    def only_escalated(self, queryset: QuerySet[Review], _name: str, value: bool) -> QuerySet[Review]:  # noqa: FBT001 - django-filter's signature
        return queryset.filter(escalated=value)
