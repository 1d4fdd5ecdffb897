"""Filters of the tickets; they live in the address, so that a list can be kept and shared."""

from datetime import datetime
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from backoffice.staff.models import User
from incidents.choices import UNDER_WAY, Channel, TicketKind, TicketState
from incidents.models import Ticket

_STATES = [("under_way", _("under way")), *TicketState.choices]


class TicketFilter(django_filters.FilterSet):
    """Tickets, narrowed. Give `at` (what is overdue follows from it) and `user` (whose "mine" is)."""

    words = django_filters.CharFilter(label=_("Words or number"), method="with_words", max_length=100)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=TicketKind.choices, empty_label=_("any kind"))
    channel = django_filters.ChoiceFilter(
        label=_("Came by"), choices=Channel.choices, empty_label=_("any way")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), method="in_state", choices=_STATES, empty_label=_("any state")
    )
    mine = django_filters.BooleanFilter(label=_("Mine"), method="only_mine")
    free = django_filters.BooleanFilter(label=_("Nobody handles it"), method="only_free")
    overdue = django_filters.BooleanFilter(label=_("Overdue only"), method="only_overdue")
    rights = django_filters.BooleanFilter(label=_("Asks about their data"), method="only_rights")

    class Meta:
        model = Ticket
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, at: datetime, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.user = user

    def with_words(self, queryset: QuerySet[Ticket], _name: str, value: str) -> QuerySet[Ticket]:
        for word in value.split():
            found = (
                Q(subject__icontains=word)
                | Q(contact_name__icontains=word)
                | Q(contact_email__icontains=word)
                | Q(contact_phone__icontains=word)
                | Q(member_id=word)
                | Q(pk__in=Ticket.objects.filter(messages__body__icontains=word).values("pk"))
            )
            number = word.upper().removeprefix("WH-")
            if number.isascii() and number.isdigit() and len(number) <= 12:  # noqa: PLR2004 - a number of ours
                found |= Q(number=int(number))
            queryset = queryset.filter(found)
        return queryset

    def in_state(self, queryset: QuerySet[Ticket], _name: str, value: str) -> QuerySet[Ticket]:
        return queryset.filter(state__in=UNDER_WAY if value == "under_way" else [value])

    def only_mine(self, queryset: QuerySet[Ticket], _name: str, value: bool) -> QuerySet[Ticket]:  # noqa: FBT001 - django-filter's signature
        mine = Q(owner=self.user)
        return queryset.filter(mine) if value else queryset.exclude(mine)

    def only_free(self, queryset: QuerySet[Ticket], _name: str, value: bool) -> QuerySet[Ticket]:  # noqa: FBT001 - django-filter's signature
        return queryset.filter(owner__isnull=value)

    def only_overdue(self, queryset: QuerySet[Ticket], _name: str, value: bool) -> QuerySet[Ticket]:  # noqa: FBT001 - django-filter's signature
        late = Q(due_at__lte=self.at)
        return queryset.filter(late) if value else queryset.exclude(late)

    def only_rights(self, queryset: QuerySet[Ticket], _name: str, value: bool) -> QuerySet[Ticket]:  # noqa: FBT001 - django-filter's signature
        return queryset.exclude(rights=[]) if value else queryset.filter(rights=[])
