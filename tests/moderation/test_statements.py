"""The statement of reasons that comes with every decision that restricts somebody."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from backoffice import clock
from backoffice.staff.models import User
from backoffice.staff.system import INTAKE, system_user
from moderation.choices import DsaCategory, Outcome, PolicyGround
from moderation.models import Decision, Policy, Review, Signal, Statement
from moderation.services.decisions import decide_review
from moderation.services.erasure import erase_account
from moderation.services.leases import claim_review
from moderation.transparency.terms import AccountMeasure, ContentType, Source, Specification, Visibility
from tests.factories import HelpRequestFactory, ProfileFactory, ReviewFactory

pytestmark = pytest.mark.django_db


def decided(actor: User, at: datetime, review: Review | None = None, **changed: Any) -> Decision:
    review = review or ReviewFactory()
    claim_review(actor=actor, review_id=review.pk, at=at)
    given = {"outcome": Outcome.HIDE, "policies": ["1.1"], "reason": "nummer", **changed}
    return decide_review(actor=actor, review_id=review.pk, epoch=1, version=1, at=at, **given)


class TestEveryRestrictingDecision:
    def test_has_one_with_its_history(self, moderator: User, at: datetime) -> None:
        statement = decided(moderator, at).statement
        (version,) = statement.history.all()
        assert (version.history_user_id, version.history_date) == (moderator.pk, at)

    def test_an_approval_has_none(self, moderator: User, at: datetime) -> None:
        decided(moderator, at, outcome=Outcome.APPROVE, policies=[], reason="")
        assert not Statement.objects.exists()

    @pytest.mark.parametrize(
        ("outcome", "rule", "measure"),
        [
            (Outcome.REQUEST_CHANGE, "1.1", (Visibility.OTHER, "", "")),
            (Outcome.HIDE, "1.1", (Visibility.DISABLED, "", "")),
            (Outcome.HOLD_ACCOUNT, "4.4", ("", "", AccountMeasure.SUSPENDED)),
            (Outcome.CONFIRM_UNDER_16, "1.5", ("", "", AccountMeasure.TERMINATED)),
        ],
    )
    def test_says_what_happens(
        self, moderator: User, at: datetime, outcome: Outcome, rule: str, measure: tuple[str, str, str]
    ) -> None:
        about = {"profile": ProfileFactory(birth_date=None)} if outcome == Outcome.CONFIRM_UNDER_16 else {}
        said = decided(moderator, at, ReviewFactory(**about), outcome=outcome, policies=[rule]).statement
        assert (said.visibility, said.service, said.account) == measure
        assert "NL" in said.territory
        assert (said.starts_on, said.ends_on) == (date(2026, 11, 17), None)
        assert said.object_until == date(2027, 5, 17)
        assert said.automated_decision == "AUTOMATED_DECISION_NOT_AUTOMATED"

    def test_counts_from_the_day_on_which_it_can_no_longer_be_taken_back(self, moderator: User) -> None:
        at = datetime.fromisoformat("2026-11-17T22:59:30+00:00")  # half a minute before midnight here
        review = ReviewFactory(opened_at=at)
        assert decided(moderator, at, review).statement.starts_on == date(2026, 11, 18)


class TestFacts:
    def test_are_what_the_signals_said_with_the_words_found(self, moderator: User, at: datetime) -> None:
        review = ReviewFactory(help_request=HelpRequestFactory(text="Bel 0612345678 of mail."))
        Signal.objects.create(
            review=review, version=1, code="phone_number", field="text", start=4, end=14, points=30
        )
        said = decided(moderator, at, review).statement
        assert said.automated_detection
        (fact,) = said.facts_found
        assert (fact.code, fact.found) == ("phone_number", "0612345678")
        assert fact.sentence

    def test_leave_out_signals_that_were_wrong_or_of_an_older_version(
        self, moderator: User, at: datetime
    ) -> None:
        review = ReviewFactory()
        Signal.objects.create(
            review=review, version=1, code="link", points=20, dismissed_by=moderator, dismissed_at=at
        )
        Signal.objects.create(review=review, version=0, code="link", points=20)
        said = decided(moderator, at, review).statement
        assert not said.automated_detection
        assert said.facts == []

    def test_say_of_what_and_since_when(self, moderator: User, at: datetime) -> None:
        request = HelpRequestFactory(title="Tuin op orde", posted_at=at - timedelta(days=3))
        said = decided(moderator, at, ReviewFactory(help_request=request)).statement
        assert (said.content_title, said.content_on) == ("Tuin op orde", date(2026, 11, 14))
        assert said.content_types == [ContentType.TEXT]
        assert said.source == Source.OWN_INITIATIVE

    def test_name_the_photo_of_a_profile_that_has_one(self, moderator: User, at: datetime) -> None:
        profile = ProfileFactory(photo="photos/x.jpg", member_since=date(1899, 1, 1))
        review = ReviewFactory(profile=profile)
        said = decided(moderator, at, review, outcome=Outcome.REQUEST_CHANGE).statement
        assert said.content_types == [ContentType.TEXT, ContentType.IMAGE]
        assert said.content_title == ""
        assert said.content_on == clock.local_day(profile.first_received_at)

    def test_are_not_dated_in_the_future(self, moderator: User, at: datetime) -> None:
        request = HelpRequestFactory(posted_at=at + timedelta(days=40))
        said = decided(moderator, at, ReviewFactory(help_request=request)).statement
        assert said.content_on == said.starts_on


class TestGround:
    def test_is_the_house_rule_in_the_words_of_that_day(self, moderator: User, at: datetime) -> None:
        said = decided(moderator, at, policies=["1.1"]).statement
        rule = Policy.objects.get(code="1.1")
        before = rule.text
        rule.text, rule.version = "Heel anders", 2
        rule.store(reason="changed", at=at, fields=["text", "version"])
        (kept,) = Statement.objects.get(pk=said.pk).rules_as_they_were
        assert (kept.text, kept.version) == (before, 1)
        assert said.about_personal_data

    def test_puts_the_law_first(self, moderator: User, at: datetime) -> None:
        said = decided(moderator, at, policies=["2.1", "2.3", "1.1"]).statement
        assert [rule.code for rule in said.rules_as_they_were] == ["2.3", "1.1", "2.1"]
        assert said.ground == PolicyGround.LAW
        assert said.category == DsaCategory.SCAMS
        assert said.more_categories == [DsaCategory.DATA_PROTECTION, DsaCategory.TERMS]

    def test_is_specified_where_the_rule_is(self, moderator: User, at: datetime) -> None:
        said = decided(moderator, at, policies=["3.2", "3.1"]).statement
        assert said.specifications == [Specification.DISCRIMINATION]
        assert not said.about_personal_data


class TestErasure:
    def test_leaves_nothing_of_it(self, moderator: User, at: datetime) -> None:
        decision = decided(moderator, at)
        intake = system_user(INTAKE)
        erase_account(actor=intake, site=decision.site, member_id=decision.member_id, at=at)
        assert not Statement.objects.exists()
        assert not Statement.history.exists()


class TestTheDatabase:
    @pytest.mark.parametrize(
        "broken",
        [{"visibility": ""}, {"ends_on": date(2026, 11, 17)}, {"object_until": date(2026, 11, 17)}],
        ids=["restricts nothing", "ends before it starts", "cannot be objected to"],
    )
    def test_refuses_half_a_statement(self, moderator: User, at: datetime, broken: dict[str, Any]) -> None:
        said = decided(moderator, at).statement
        for name, value in broken.items():
            setattr(said, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            said.store(reason="broken", at=at)
