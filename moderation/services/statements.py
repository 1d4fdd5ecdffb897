"""Saying why: what follows from an outcome, the house rules and what was found is worked out here."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from backoffice import clock
from moderation.choices import Outcome, PolicyGround
from moderation.explanations import explain
from moderation.models import (
    Decision,
    Fact,
    HelpRequest,
    Policy,
    Profile,
    RuleAsItWas,
    Signal,
    Statement,
)
from moderation.models.statements import MONTHS_TO_OBJECT, frozen
from moderation.transparency.terms import EUROPE, AccountMeasure, ContentType, Source, Visibility

LANGUAGE = "NL"
OLDEST_CONTENT = date(2000, 1, 1)
"""A platform that says an earlier day than this is mistaken."""

_MEASURES: dict[str, dict[str, str]] = {
    Outcome.REQUEST_CHANGE: {"visibility": Visibility.OTHER},
    Outcome.HIDE: {"visibility": Visibility.DISABLED},
    Outcome.HOLD_ACCOUNT: {"account": AccountMeasure.SUSPENDED},
    Outcome.CONFIRM_UNDER_16: {"account": AccountMeasure.TERMINATED},
}


def state_reasons(
    *,
    decision: Decision,
    subject: Profile | HelpRequest,
    rules: Sequence[Policy],
    source: Source = Source.OWN_INITIATIVE,
    ends_on: date | None = None,
    at: datetime,
) -> Statement:
    """Write down why a decision restricts somebody, in the transaction that makes it.

    `rules` is what it rests on (at least one), `ends_on` the day on which it is over, None for
    until further notice. Part of `decide_review`: it asks no permission and records no event.
    """
    statement = draft_statement(decision=decision, subject=subject, rules=rules, source=source)
    statement.ends_on = ends_on
    return statement.store(reason="decided", at=at)


def draft_statement(
    *,
    decision: Decision,
    subject: Profile | HelpRequest,
    rules: Sequence[Policy],
    source: Source = Source.OWN_INITIATIVE,
) -> Statement:
    """Return the statement that belongs to a decision, not stored. Asks for the signals only.

    It takes effect when the undo window has closed, and that day counts. When several rules
    apply, one that is also the law is the main one; then the order of the house.
    """
    in_order = sorted(rules, key=lambda rule: (rule.ground != PolicyGround.LAW, rule.position, rule.code))
    signals = _standing_signals(decision)
    starts_on = clock.local_day(decision.undo_until)
    categories = list(dict.fromkeys(rule.category for rule in in_order))
    return Statement(
        decision=decision,
        **_MEASURES[decision.outcome],
        territory=list(EUROPE),
        starts_on=starts_on,
        content_title=subject.title if isinstance(subject, HelpRequest) else "",
        content_types=_content_types(subject),
        content_on=_content_day(subject, starts_on),
        content_language=LANGUAGE,
        source=source,
        facts=_facts(signals, subject),
        automated_detection=bool(signals),
        ground=in_order[0].ground,
        rules=[frozen(_as_it_is(rule)) for rule in in_order],
        category=categories[0],
        more_categories=categories[1:],
        specifications=sorted({rule.specification for rule in in_order if rule.specification}),
        object_until=clock.months_after(starts_on, MONTHS_TO_OBJECT),
    )


def _standing_signals(decision: Decision) -> list[Signal]:
    """Return the signals that led to it: those of the version decided on that nobody dismissed."""
    standing = Signal.objects.filter(review=decision.review, version=decision.version)
    return list(standing.filter(dismissed_at__isnull=True))


def _facts(signals: Iterable[Signal], subject: Profile | HelpRequest) -> list[dict[str, Any]]:
    with translation.override(settings.LANGUAGE_CODE):
        facts = [
            Fact(
                code=signal.code,
                sentence=explain(signal.code, params=signal.params, field=signal.field),
                found=getattr(subject, signal.field, "")[signal.start : signal.end],
            )
            for signal in signals
        ]
    return [frozen(fact) for fact in dict.fromkeys(facts)]


def _as_it_is(rule: Policy) -> RuleAsItWas:
    return RuleAsItWas(
        code=rule.code,
        title=rule.title,
        text=rule.text,
        version=rule.version,
        ground=rule.ground,
        legal_reference=rule.legal_reference,
        category=rule.category,
        specification=rule.specification,
        about_personal_data=rule.about_personal_data,
    )


def _content_types(subject: Profile | HelpRequest) -> list[ContentType]:
    with_photo = isinstance(subject, Profile) and bool(subject.photo)
    return [ContentType.TEXT, ContentType.IMAGE] if with_photo else [ContentType.TEXT]


def _content_day(subject: Profile | HelpRequest, latest: date) -> date:
    """Return since when the content was there, as the platform said; when it first came here otherwise."""
    if isinstance(subject, Profile):
        said = subject.member_since
    else:
        said = clock.local_day(subject.posted_at) if subject.posted_at else None
    received = clock.local_day(subject.first_received_at)
    return min(said if said and said >= OLDEST_CONTENT else received, latest)
