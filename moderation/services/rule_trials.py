"""Trying a version of a signal rule on the last texts that came in, beside the one in use."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from time import thread_time_ns
from typing import Any
from uuid import UUID

from backoffice.audit.events import record
from backoffice.staff.models import User
from moderation import events
from moderation.choices import HelpKind
from moderation.models import HelpRequest, RuleTrial, RuleVersion
from moderation.rules.engine import CompiledRule, Record, RuleSet, read_record
from moderation.selectors.rule_trials import (
    RESTRICTED,
    AnySubject,
    Judged,
    judged,
    latest_texts,
    seen_by_others,
)
from moderation.selectors.rules import compile_version


def store_trial(*, actor: User, version: RuleVersion, at: datetime) -> RuleTrial:
    """Run a version over the last thousand texts and keep what it found: no word of them, only where.

    Part of a service that holds the rule's lock. Takes under a second for texts of the usual length.
    """
    against = version.rule.at_work
    subjects = latest_texts()
    records = [read_subject(subject) for subject in subjects]
    before = _places(compile_version(against) if against else None, records)
    began = thread_time_ns()
    after = _places(compile_version(version), records)
    took = thread_time_ns() - began
    decided = judged(subjects)
    rows = [
        {
            "kind": subject.kind_of_subject.value,
            "subject": str(subject.pk),
            "version": subject.version,
            "before": old,
            "after": new,
            "said": decided[subject.pk].said(house_rule=version.house_rule_id)
            if subject.pk in decided
            else "",
        }
        for subject, old, new in zip(subjects, before, after, strict=True)
    ]
    trial = RuleTrial.objects.create(
        version=version,
        against=against,
        tried_by=actor,
        tried_at=at,
        texts=len(subjects),
        milliseconds=took // 1_000_000,
        found=[row for row in rows if row["before"] or row["after"]],
        missed=_missed(version, rows, decided),
    )
    record(
        events.SignalRuleTried(
            code=version.rule.code,
            version=version.number,
            against=against.number if against else None,
            texts=trial.texts,
            newly=sum(not row["before"] for row in trial.found),
            gone=sum(not row["after"] for row in trial.found),
        ),
        actor=actor,
        subject=version.rule,
        at=at,
    )
    return trial


def read_subject(subject: AnySubject) -> Record:
    """Return a profile or help request as rules read it."""
    return read_record(
        {name: getattr(subject, name) for name in subject.text_fields},
        kind=HelpKind(subject.kind).value if isinstance(subject, HelpRequest) else "profile",
        keywords=subject.keywords,
    )


def _places(compiled: CompiledRule | None, records: Sequence[Record]) -> list[list[list[Any]]]:
    rules = RuleSet([compiled] if compiled else [])
    return [[[match.field, match.start, match.end] for match in rules.find(one)] for one in records]


def _missed(
    version: RuleVersion, rows: Sequence[dict[str, Any]], decided: Mapping[UUID, Judged]
) -> list[dict[str, Any]]:
    """Return what was restricted under the rule's house rule and one of the two does not find.

    First what no other rule or detector found either.
    """
    missed = [row for row in rows if row["said"] == RESTRICTED and not (row["before"] and row["after"])]
    reviews = {row["subject"]: decided[UUID(row["subject"])].review_id for row in missed}
    seen = seen_by_others(reviews.values(), code=version.rule.code)
    found = [{**row, "seen": reviews[row["subject"]] in seen} for row in missed]
    return sorted(found, key=lambda row: bool(row["seen"]))
