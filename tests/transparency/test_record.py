"""Five hundred decisions of every sort, as records that the Commission's database takes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice
from random import Random

import pytest

from backoffice import clock
from backoffice.audit.history import store_many
from backoffice.staff.models import User
from backoffice.staff.system import DELIVERY, system_user
from moderation.choices import Outcome, SubjectKind
from moderation.detectors import scan
from moderation.house_rule_defaults import RULES
from moderation.models import HelpRequest, Lease, Profile, Review, Signal
from moderation.selectors.statements import final_statements
from moderation.services.decisions import decide_review, finalise_due
from moderation.transparency.checks import check_transparency
from moderation.transparency.privacy import LEFT_OUT, personal_data, suppress
from moderation.transparency.record import transparency_json
from tests.factories import HelpRequestFactory, LeaseFactory, ProfileFactory, ReviewFactory

MANY = 500
FREE = (
    "decision_facts",
    "incompatible_content_ground",
    "incompatible_content_explanation",
    "illegal_content_legal_ground",
    "illegal_content_explanation",
)
TOLD_APART = ("decision_ground", "decision_account", "automated_detection", "content_date", "category")
NAMES = [
    ("Fatima", "El Amrani"), ("Mei", "de Boer"), ("Regel", "Tekst"), ("Jan-Peter", "van 't Hof"),
    ("Roos", "Vos"), ("Ümit", "Yıldırım"), ("王", "芳"), ("Huis", "Regels"), ("O", "Brien"),
    ("José", "de la Cruz"), ("", ""),
]  # fmt: skip
TEXTS = [
    "Bel 06-12345678 of mail piet.jansen@voorbeeld.nl.",
    "nul zes een twee drie vier vijf zes zeven acht",
    "\u202eneleh ne tnew\u202c \u200b\u200d wie helpt?",
    "<script>alert(1)</script> {{ statement }} {% now 'Y' %}",
    "Kijk op https://voorbeeld.nl/?a=1&b=2 ; groet, Fatima",
    "🦊🦊🦊 tuin om te spitten\u2028volgende regel\u0085nog een",
    "x" * 3000,
    "Mijn naam is Mei de Boer en ik woon in de Dorpsstraat 5, 8011 AB Zwolle",
    "\t \n",
    "Regel, tekst, moderator, huisregel: alles wat er al staat",
]


WAYS = [
    (rule.code, outcome, kind)
    for rule in RULES
    for outcome in rule.outcomes
    for kind in SubjectKind
    if (kind, outcome)
    not in {(SubjectKind.PROFILE, Outcome.HIDE), (SubjectKind.HELP_REQUEST, Outcome.CONFIRM_UNDER_16)}
]
"""Each outcome under each house rule that allows it, on each kind of subject."""


@dataclass
class Case:
    """One decision to come."""

    at: datetime
    rules: list[str]
    outcome: Outcome
    profile: Profile
    request: HelpRequest | None
    review: Review

    @property
    def subject(self) -> Profile | HelpRequest:
        return self.request or self.profile


def cases(chance: Random) -> list[Case]:
    start = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
    return [
        case(chance, start + timedelta(hours=11 * number), *way)
        for number, way in enumerate(islice(cycle(WAYS), MANY))
    ]


def case(chance: Random, at: datetime, rule: str, outcome: Outcome, kind: SubjectKind) -> Case:
    first, last = chance.choice(NAMES)
    profile = ProfileFactory.build(
        first_name=first,
        last_name=last,
        about=chance.choice(TEXTS),
        photo=chance.choice(["", "photos/x.jpg"]),
        birth_date=None if outcome == Outcome.CONFIRM_UNDER_16 else date(1970, 1, 1),
        member_since=chance.choice([None, date(2014, 5, 5), date(1, 1, 1), date(2039, 1, 1)]),
        first_received_at=at,
    )
    request = None
    if kind == SubjectKind.HELP_REQUEST:
        request = HelpRequestFactory.build(
            member_id=profile.member_id,
            title=chance.choice(TEXTS)[:190].strip() or "?",
            text=chance.choice(TEXTS),
            posted_at=chance.choice([None, at - timedelta(days=900), at + timedelta(days=900)]),
        )
    about = {"help_request": request} if request else {"profile": profile}
    others = [one.code for one in RULES if outcome in one.outcomes and chance.random() < 0.15]
    review = ReviewFactory.build(**about, opened_at=at)
    return Case(at, sorted({rule, *others}), outcome, profile, request, review)


def signals(chance: Random, one: Case, actor: User) -> Iterator[Signal]:
    for found in scan({name: getattr(one.subject, name) for name in one.subject.text_fields}):
        wrong = chance.random() < 0.3
        yield Signal(
            review=one.review,
            version=1,
            code=found.code,
            field=found.field,
            start=found.start,
            end=found.end,
            points=found.points,
            params=found.params,
            dismissed_by=actor if wrong else None,
            dismissed_at=one.at if wrong else None,
        )


@pytest.fixture
def many(moderator: User) -> None:
    """Decide five hundred items and make them final."""
    chance = Random("statements")
    all_of_them = cases(chance)
    now = all_of_them[0].at
    store_many([one.profile for one in all_of_them], reason="received", at=now)
    store_many([one.request for one in all_of_them if one.request], reason="received", at=now)
    store_many([one.review for one in all_of_them], reason="opened", at=now)
    Lease.objects.bulk_create(
        LeaseFactory.build(review=one.review, holder=moderator, taken_at=one.at) for one in all_of_them
    )
    Signal.objects.bulk_create(found for one in all_of_them for found in signals(chance, one, moderator))
    for one in all_of_them:
        decide_review(
            actor=moderator,
            review_id=one.review.pk,
            epoch=1,
            version=1,
            outcome=one.outcome,
            policies=one.rules,
            reason=chance.choice(TEXTS).strip() or "nummer",
            message=chance.choice(TEXTS),
            at=one.at,
        )
    end = all_of_them[-1].at + timedelta(minutes=2)
    finalise_due(actor=system_user(DELIVERY), at=end, limit=MANY)


@pytest.mark.django_db
class TestFiveHundredDecisions:
    def test_are_all_taken_name_nobody_and_say_what_was_found(self, many: None) -> None:
        faults, named, seen, found = [], [], set(), 0
        for statement, names in final_statements(start=date(2026, 1, 1), end=date(2027, 1, 1)):
            record = transparency_json(statement, names=names)
            assert statement.decision.final_at
            faults += check_transparency(record, on=clock.local_day(statement.decision.final_at))
            texts = [record[field] for field in FREE if field in record]
            named += [text for text in texts if personal_data(text, names=names)]
            seen.add(tuple(record.get(field) for field in TOLD_APART))
            for fact in statement.facts_found:
                assert suppress(fact.sentence, names=names) in record["decision_facts"]
                assert not fact.found.strip() or fact.found not in str(texts)
            found += 1
        assert found == MANY
        assert faults == []
        assert named == []
        assert len(seen) > 12  # it was not the same record five hundred times


class TestPersonalData:
    @pytest.mark.parametrize(
        ("text", "kept"),
        [
            ("Bel 06-12345678 nu", f"Bel {LEFT_OUT} nu"),
            ("mail piet@voorbeeld.nl", f"mail {LEFT_OUT}"),
            ("over Fatima's tuin", f"over {LEFT_OUT}'s tuin"),
            ("FATIMA en Jansen", f"{LEFT_OUT} en {LEFT_OUT}"),
            ("Jansens tuin", f"{LEFT_OUT} tuin"),
            ("Jansensweg blijft, en regel 1.1 ook", "Jansensweg blijft, en regel 1.1 ook"),
            ("op 17 november 2026", "op 17 november 2026"),
        ],
    )
    def test_is_left_out(self, text: str, kept: str) -> None:
        assert suppress(text, names=["Fatima", "Jansen", "", "x"]) == kept
