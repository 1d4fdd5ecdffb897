"""Dossiers as their pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from backoffice import clock
from backoffice.audit.models import Event
from backoffice.audit.reads import looks_at
from backoffice.audit.words import kind_words
from backoffice.staff.models import User
from backoffice.staff.permissions import Permission
from incidents.choices.dossiers import DossierState, PartyRole, TimelineKind
from incidents.models import Dossier, DossierLink, Party, RepetitionProposal, TimelineEntry
from incidents.models.dossiers import DossierQuerySet

GROUPS: dict[str, frozenset[str]] = {
    "happened": frozenset({TimelineKind.HAPPENED, TimelineKind.SIGNAL}),
    "said": frozenset({TimelineKind.SAID, TimelineKind.SENT, TimelineKind.ADVICE, TimelineKind.HANDED_OVER}),
    "decided": frozenset({TimelineKind.DECIDED}),
    "notes": frozenset({TimelineKind.NOTE}),
    "log": frozenset(),
}
"""Filters of the timeline; `log` is what the house itself wrote down: what was done, and who looked."""

_TOLD_BY_A_LINE = ("timeline.written", "dossier.decided", "dossier.letter_sent", "safety.noted")
MOST_LINES = 200


@dataclass(frozen=True)
class Line:
    """One line of the merged timeline. `entry` is None for what the house itself wrote down."""

    day: date
    written_at: datetime
    what: str
    who: str
    text: str = ""
    entry: TimelineEntry | None = None
    hidden: bool = False


def dossiers_for(user: User, *, show: str) -> QuerySet[Dossier]:
    """Return the dossiers that `user` may see, newest first: open ones, their own, or what `show` says."""
    visible: DossierQuerySet = Dossier.objects.visible_to(user).select_related("owner")
    match show:
        case "mine":
            return visible.filter(owner=user).exclude(state=DossierState.HANDLED)
        case "nobody":
            return visible.filter(owner=None)
        case "handled":
            return visible.filter(state=DossierState.HANDLED)
        case "all":
            return visible
    return visible.exclude(state=DossierState.HANDLED)


def handlers() -> list[User]:
    """Return the people who may handle dossiers, by name."""
    holds = {"groups__permissions__codename": Permission.HANDLE_DOSSIERS}
    found = User.objects.filter(is_active=True, is_system=False, **holds)
    return list(found.order_by("display_name", "username").distinct())


def timeline_of(dossier: Dossier, *, group: str, names_shown: bool) -> list[Line]:
    """Return the merged timeline, newest day first, at most `MOST_LINES`; pinned lines are in it too.

    A letter to the reporter is hidden until their name is shown. Three queries.
    """
    lines = []
    if group != "log":
        entries = TimelineEntry.objects.filter(dossier=dossier).select_related("author", "party")
        if group in GROUPS:
            entries = entries.filter(kind__in=GROUPS[group])
        lines += [_of_entry(entry, names_shown=names_shown) for entry in entries[:MOST_LINES]]
    if group not in GROUPS or group == "log":
        lines += _log_of(dossier)
    return sorted(lines, key=lambda line: (line.day, line.written_at), reverse=True)[:MOST_LINES]


def _of_entry(entry: TimelineEntry, *, names_shown: bool) -> Line:
    to_reporter = entry.party is not None and entry.party.role == PartyRole.REPORTER
    return Line(
        day=entry.happened_on,
        written_at=entry.written_at,
        what=entry.get_kind_display(),
        who=str(entry.author),
        text=entry.text,
        entry=entry,
        hidden=to_reporter and not names_shown,
    )


def _log_of(dossier: Dossier) -> list[Line]:
    done = Event.objects.filter(subject_type="incidents.dossier", subject_id=str(dossier.pk))
    done = done.exclude(kind__in=_TOLD_BY_A_LINE).select_related("actor")
    looked = looks_at(dossier).select_related("reader")
    return [
        Line(clock.local_day(event.at), event.at, kind_words(event.kind), str(event.actor))
        for event in done[:MOST_LINES]
    ] + [
        Line(
            clock.local_day(look.at),
            look.at,
            _("looked at"),
            str(look.reader),
            text=look.get_purpose_display(),
        )
        for look in looked[:MOST_LINES]
    ]


def links_of(dossier: Dossier, *, user: User) -> list[tuple[DossierLink, Dossier]]:
    """Return the dossiers that belong with this one, as far as `user` may see them."""
    links = DossierLink.objects.filter(Q(first=dossier) | Q(second=dossier)).select_related("first", "second")
    others = [(link, link.second if link.first_id == dossier.pk else link.first) for link in links]
    seen = set(
        Dossier.objects.visible_to(user).filter(pk__in=[o.pk for _, o in others]).values_list("pk", flat=True)
    )
    return [(link, other) for link, other in others if other.pk in seen]


def proposals_of(parties: Sequence[Party]) -> list[RepetitionProposal]:
    """Return the proposals that rest on one of these people, with their evidence."""
    found = RepetitionProposal.objects.filter(evidence__party__in=[party.pk for party in parties]).distinct()
    return list(found.prefetch_related("evidence__party__dossier"))
