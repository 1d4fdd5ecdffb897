"""Statements of reasons, to be made public."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.db.models import Q

from backoffice import clock
from moderation.choices import DecisionState
from moderation.models import Decision, Profile, Statement

AT_ONCE = 500


def statement_of(decision: Decision) -> Statement | None:
    """Return why a decision restricts somebody; None where it does not."""
    return Statement.objects.filter(decision=decision).select_related("decision").first()


def final_statements(*, start: date, end: date) -> Iterator[tuple[Statement, frozenset[str]]]:
    """Yield the statements of decisions that became final from `start` up to, not on, `end`.

    Each with the names that may not be in it: those of the member, as far as we have them. In the
    order in which they became final; a few hundred at a time, however many there are.
    """
    found = (
        Statement.objects.filter(
            decision__state=DecisionState.FINAL,
            decision__final_at__gte=clock.start_of_day(start),
            decision__final_at__lt=clock.start_of_day(end),
        )
        .select_related("decision")
        .order_by("decision__sequence")
        .iterator(chunk_size=AT_ONCE)
    )
    while some := list(islice(found, AT_ONCE)):
        names = _names_of({(one.decision.site, one.decision.member_id) for one in some})
        for one in some:
            yield one, names.get((one.decision.site, one.decision.member_id), frozenset())


def _names_of(members: set[tuple[str, str]]) -> dict[tuple[str, str], frozenset[str]]:
    wanted = Q(site__in={site for site, _ in members}, member_id__in={member for _, member in members})
    rows = Profile.objects.filter(wanted).values_list("site", "member_id", "first_name", "last_name")
    return {
        (site, member): frozenset(name for name in (*first.split(), last) if name)
        for site, member, first, last in rows
    }
