"""Texts that somebody else wrote before, nearly word for word. Only hashes are kept of a text."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from moderation.detectors import Found, near_copies
from moderation.detectors.near_copies import Sketch, Sketches, sketch_of
from moderation.models import HelpRequest, Profile, TextSketch

LOOKS_BACK = timedelta(days=90)
MOST_LOADED = 2_000
"""So many sketches are loaded for the texts that come together."""

# Each probe is looked up by itself: `&&` would compare all of thousands with every row. OFFSET 0 keeps the
# planner from turning it around, into a walk through the sketches with all probes for each.
_SHARES_A_PROBE = """
SELECT DISTINCT sketch.subject FROM unnest(%s::bigint[]) AS probe
CROSS JOIN LATERAL (
    SELECT subject FROM moderation_textsketch WHERE probes @> ARRAY[probe] AND seen_at > %s OFFSET 0
) AS sketch
"""

_KEEP = """
INSERT INTO moderation_textsketch (subject, site, member_id, runs, probes, seen_at)
VALUES (%s, %s, %s, %s::bigint[], %s::bigint[], %s)
ON CONFLICT (subject) DO UPDATE
SET runs = excluded.runs, probes = excluded.probes, seen_at = excluded.seen_at
"""

Member = tuple[str, str]


@dataclass(frozen=True)
class Copies:
    """How alike each text is to those of other members, by the key of its subject: 0 to 1.

    `given` are the texts that were asked about, `earlier` those that they turn out to be alike.
    """

    given: Mapping[UUID, Collection[float]]
    earlier: Mapping[UUID, Collection[float]]


def find_copies(subjects: Sequence[Profile | HelpRequest], *, at: datetime) -> Copies:
    """Return which texts are near-copies of another member's, and keep the sketches of those given.

    Looks back 90 days; sketches older than that are removed. The subjects are locked by the caller.
    """
    sketches = {subject.pk: sketch_of(_text(subject)) for subject in subjects}
    kept, members = _known(list(sketches.values()), at=at)
    shares: dict[UUID, list[float]] = defaultdict(list)
    for subject in subjects:
        sketch = sketches[subject.pk]
        own = (subject.site, subject.member_id)
        for key, share in kept.like(sketch).items():
            if key != subject.pk and members[key] != own:
                shares[subject.pk].append(share)
                shares[key].append(share)
        kept.add(subject.pk, runs=sketch.runs, probes=sketch.probes)
        members[subject.pk] = own
    _keep(subjects, sketches, at=at)
    return Copies(
        given={key: found for key, found in shares.items() if key in sketches},
        earlier={key: found for key, found in shares.items() if key not in sketches},
    )


def forget_sketches(*, subjects: Sequence[UUID]) -> None:
    """Remove what was kept of these texts. Cannot be undone."""
    TextSketch.objects.filter(subject__in=subjects).delete()


def _text(subject: Profile | HelpRequest) -> str:
    return str(getattr(subject, subject.text_fields[-1]))


def _known(sketches: Sequence[Sketch], *, at: datetime) -> tuple[Sketches[UUID], dict[UUID, Member]]:
    """Load the sketches that any of these may be alike, the latest of them when there are very many."""
    kept: Sketches[UUID] = Sketches()
    members: dict[UUID, Member] = {}
    probes = sorted({probe for sketch in sketches for probe in sketch.probes})
    if probes:
        with connection.cursor() as cursor:
            cursor.execute(_SHARES_A_PROBE, [probes, at - LOOKS_BACK])
            alike = [subject for (subject,) in cursor.fetchall()]
        rows = (
            TextSketch.objects.filter(subject__in=alike)
            .order_by("-seen_at")
            .values_list("subject", "runs", "probes", "site", "member_id")
        )
        for subject, runs, shared, site, member_id in reversed(list(rows[:MOST_LOADED])):
            kept.add(subject, runs=runs, probes=shared)
            members[subject] = (site, member_id)
    return kept, members


def copy_signal(subject: Profile | HelpRequest, shares: Collection[float]) -> Found:
    """Return the signal of a text that is so alike to others."""
    return Found(
        near_copies.CODE,
        subject.text_fields[-1],
        0,
        len(_text(subject)),
        near_copies.POINTS,
        {"copies": len(shares), "percent": round(100 * max(shares))},
        near_copies.FLAG,
        near_copies.SEVERITY,
    )


def _keep(
    subjects: Sequence[Profile | HelpRequest], sketches: Mapping[UUID, Sketch], *, at: datetime
) -> None:
    TextSketch.objects.filter(seen_at__lte=at - LOOKS_BACK).delete()
    too_short = [key for key, sketch in sketches.items() if not sketch.runs]
    if too_short:
        forget_sketches(subjects=too_short)
    kept = [subject for subject in subjects if sketches[subject.pk].runs]
    with connection.cursor() as cursor:
        cursor.executemany(
            _KEEP,
            [
                (
                    subject.pk,
                    subject.site,
                    subject.member_id,
                    _literal(sketches[subject.pk].runs),
                    _literal(sketches[subject.pk].probes),
                    at,
                )
                for subject in kept
            ],
        )


def _literal(hashes: Sequence[int]) -> str:
    """Return an array as PostgreSQL reads it: a hundred numbers at once, not one by one."""
    return f"{{{','.join(map(str, hashes))}}}"
