"""The letter that explains a decision to the member."""

import re
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice.audit.models import Event
from backoffice.leaks import LeakKind, Person
from backoffice.outbox.models import Mail, MailClass, MailState
from backoffice.staff.models import User
from backoffice.staff.system import DELIVERY, INTAKE, system_user
from moderation.choices import Outcome
from moderation.letters import to_member
from moderation.letters.rendering import render
from moderation.letters.to_member import letter_to_member
from moderation.models import Decision, Policy, Profile, Signal, Statement
from moderation.services.decisions import decide_review, finalise_due, undo_decision
from moderation.services.erasure import erase_account
from moderation.services.leases import claim_review
from moderation.services.letters import (
    LetterGivesAway,
    Report,
    find_leaks,
    hand_over_letters,
    write_letters,
)
from moderation.transparency.terms import Source
from tests.factories import HelpRequestFactory, ProfileFactory, ReviewFactory
from tests.leaks.test_leaks import FIRST, LAST

pytestmark = pytest.mark.django_db

FATIMA = {"first_name": "Fatima", "infix": "van", "last_name": "Dijk", "email": "fatima@voorbeeld.nl"}
PIET = Report(
    reporter=Person(first_name="Piet", last_name="Jansen", email="piet@voorbeeld.nl"),
    text="Hij stond vorige week dronken voor mijn deur te schreeuwen.",
)


def decided(actor: User, at: datetime, *, about_profile: bool = False, **changed: Any) -> Decision:
    profile = ProfileFactory(**{**FATIMA, **changed.pop("profile", {})})
    request = HelpRequestFactory(
        site=profile.site,
        member_id=profile.member_id,
        title="Tuin op orde",
        text="Bel 0612345678 of kom langs.",
    )
    review = ReviewFactory(**({"profile": profile} if about_profile else {"help_request": request}))
    Signal.objects.create(
        review=review, version=1, code="phone_number", field="about" if about_profile else "text", start=4,
        end=14, points=30,
    )  # fmt: skip
    claim_review(actor=actor, review_id=review.pk, at=at)
    given = {
        "outcome": Outcome.HIDE,
        "policies": ["1.1"],
        "reason": "nummer",
        "message": "Beste Fatima,\n\nIn je tekst staat een nummer.",
        **changed,
    }
    return decide_review(actor=actor, review_id=review.pk, epoch=1, version=1, at=at, **given)


def letter(decision: Decision) -> Any:
    statement = Statement.objects.select_related("decision").get(decision=decision)
    profile = Profile.objects.get(site=decision.site, member_id=decision.member_id)
    return letter_to_member(statement=statement, profile=profile, on=date(2026, 11, 17))


class TestLetter:
    def test_reads_as_one_letter(self, moderator: User, at: datetime) -> None:
        said = letter(decided(moderator, at))
        assert said.subject == "Je tekst “Tuin op orde” is niet meer zichtbaar"
        assert said.body.startswith(
            "Beste Fatima,\n\nJe tekst “Tuin op orde” op wehelpen.nl is niet meer zichtbaar"
            " vanaf 17 november 2026.\n\nIn je tekst staat een nummer.\n\nWAAROM\n\n"
        )
        assert "“0612345678”" in said.body
        assert (said.recipient, said.mail_class) == ("fatima@voorbeeld.nl", MailClass.CONTRACT)

    def test_says_who_we_are_and_how_to_object(self, moderator: User, at: datetime) -> None:
        said = letter(decided(moderator, at)).body
        for part in (
            "WeHelpen Coöperatie U.A., KvK 56029837",  # R01
            "Autoriteit Persoonsgegevens",  # R89
            "tot en met 17 mei 2027",
            "gratis",
            "info@wehelpen.nl",
            "Iemand anders",
            "rechter",
            "17 november 2026",
            "hebben hier zelf naar gekeken",
        ):
            assert part in said

    def test_names_the_supervisor_only_where_it_is_about_personal_data(
        self, moderator: User, at: datetime
    ) -> None:
        assert "Autoriteit" not in letter(decided(moderator, at, policies=["2.1"])).body

    def test_gives_the_house_rule_in_the_words_of_that_day(self, moderator: User, at: datetime) -> None:
        decision = decided(moderator, at)
        rule = Policy.objects.get(code="1.1")
        before = rule.text
        rule.text = "Heel anders"
        rule.store(reason="changed", at=at, fields=["text"])
        assert f"1.1 {rule.title}\n{before}\n" in letter(decision).body

    def test_names_the_article_where_it_is_the_law_too(self, moderator: User, at: datetime) -> None:
        assert "artikel 326" in letter(decided(moderator, at, policies=["2.3"])).body

    @pytest.mark.parametrize(
        ("outcome", "rule", "said"),
        [
            (Outcome.REQUEST_CHANGE, "1.1", ("Wil je je profiel aanpassen?", "kijken wij er opnieuw naar")),
            (Outcome.HOLD_ACCOUNT, "4.4", ("Je account op wehelpen.nl staat stil", "weer open is")),
            (Outcome.CONFIRM_UNDER_16, "1.5", ("Je account op wehelpen.nl is gestopt", "voorgoed")),
        ],
    )
    def test_says_what_each_outcome_means(
        self, moderator: User, at: datetime, outcome: Outcome, rule: str, said: tuple[str, str]
    ) -> None:
        child = {"birth_date": None} if outcome == Outcome.CONFIRM_UNDER_16 else {}
        decision = decided(moderator, at, about_profile=True, outcome=outcome, policies=[rule], profile=child)
        written = letter(decision)
        assert (written.subject, said[1] in written.body) == (said[0], True)

    def test_promises_no_objection_where_nothing_is_left_to_judge(
        self, moderator: User, at: datetime
    ) -> None:
        decision = decided(
            moderator, at, about_profile=True, outcome=Outcome.CONFIRM_UNDER_16, policies=["1.5"],
            profile={"birth_date": None},
        )  # fmt: skip
        said = letter(decision).body
        assert "Je kunt bezwaar maken" not in said
        for part in ("geen bezwaar", "nieuw account", "info@wehelpen.nl", "rechter", "Autoriteit Persoons"):
            assert part in said

    def test_says_until_when(self, moderator: User, at: datetime) -> None:
        decision = decided(moderator, at, outcome=Outcome.HOLD_ACCOUNT, policies=["4.4"])
        decision.statement.ends_on = date(2027, 2, 1)
        decision.statement.store(reason="until", at=at)
        assert "Dit duurt tot 1 februari 2027." in letter(decision).body

    def test_says_that_somebody_reported_it_never_who(self, moderator: User, at: datetime) -> None:
        decision = decided(moderator, at)
        decision.statement.source = Source.NOTICE
        decision.statement.store(reason="reported", at=at)
        assert "Iemand heeft ons hierop gewezen. Wij zeggen niet wie dat was." in letter(decision).body

    @pytest.mark.parametrize(
        ("message", "begins"),
        [
            ("", "Beste Fatima,\n\nJe tekst"),
            ("Kort en goed.", "Beste Fatima,\n\nJe tekst"),
            ("Dag Fatima, kort en goed.", "Dag Fatima,\n\nJe tekst"),
            ("Geachte mevrouw Van Dijk,\n\nKort.", "Geachte mevrouw Van Dijk,\n\nJe tekst"),
        ],
    )
    def test_greets_once(self, moderator: User, at: datetime, message: str, begins: str) -> None:
        said = letter(decided(moderator, at, message=message)).body
        assert said.startswith(begins)
        assert len(re.findall(r"Fatima,|Dijk,", said)) == 1

    @pytest.mark.parametrize("site", ["huppla.nl", "zwolle.wehelpen.nl"])
    def test_is_plain_text_whatever_stands_in_it(self, moderator: User, at: datetime, site: str) -> None:
        said = letter(decided(moderator, at, message="<b>Hé</b> & {{ on }} {% if %}", profile={"site": site}))
        assert "<b>Hé</b> & {{ on }} {% if %}" in said.body
        assert "\n\n\n" not in said.body
        assert not re.search(r"\b[Uu]w?\b", said.body.replace("U.A.", ""))  # je throughout


class TestOurOwnWords:
    @pytest.mark.parametrize(
        ("outcome", "rules"),
        [
            (Outcome.REQUEST_CHANGE, ["1.1", "4.1"]),
            (Outcome.HIDE, ["2.3", "1.3"]),
            (Outcome.HOLD_ACCOUNT, ["3.3"]),
        ],
    )
    def test_give_nobody_away(
        self, moderator: User, at: datetime, outcome: Outcome, rules: list[str]
    ) -> None:
        decision = decided(moderator, at, outcome=outcome, policies=rules, message="")
        profile = Profile.objects.get(member_id=decision.member_id)
        for first, last in product(FIRST[::3], LAST[::6]):
            report = Report(reporter=Person(first_name=first, last_name=last), text="Hij belt mij elke dag.")
            found = find_leaks(statement=decision.statement, profile=profile, subject=None, report=report)
            assert found == []


class TestHandOver:
    def test_is_in_the_outbox_once_it_can_no_longer_be_taken_back(
        self, moderator: User, at: datetime
    ) -> None:
        decision = decided(moderator, at)
        assert not Mail.objects.exists()
        finalise_due(actor=system_user(DELIVERY), at=at + timedelta(seconds=60))
        mail = Mail.objects.get()
        assert (mail.recipient, mail.about, mail.template) == (
            "fatima@voorbeeld.nl",
            str(decision.pk),
            "decision",
        )
        assert mail.body == letter(decision).body
        finalise_due(actor=system_user(DELIVERY), at=at + timedelta(seconds=90))
        assert Mail.objects.count() == 1

    def test_is_written_before_numbers_are_given_for_which_others_wait(
        self, moderator: User, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        decided(moderator, at)
        numbered: list[bool] = []

        def spy(template: str, **context: Any) -> str:
            numbered.append(any("moderation_numbering" in query["sql"] for query in queries))
            return render(template, **context)

        monkeypatch.setattr(to_member, "render", spy)
        with CaptureQueriesContext(connection) as queries:
            finalise_due(actor=system_user(DELIVERY), at=at + timedelta(seconds=60))
        assert any("moderation_numbering" in query["sql"] for query in queries)
        assert numbered == [False, False]  # the subject and the body

    def test_is_not_when_it_was_taken_back(self, moderator: User, at: datetime) -> None:
        undo_decision(actor=moderator, decision_id=decided(moderator, at).pk, at=at)
        finalise_due(actor=system_user(DELIVERY), at=at + timedelta(days=1))
        assert not Mail.objects.exists()

    def test_is_not_for_an_approval(self, moderator: User, at: datetime) -> None:
        decided(moderator, at, outcome=Outcome.APPROVE, policies=[], reason="", message="")
        finalise_due(actor=system_user(DELIVERY), at=at + timedelta(days=1))
        assert not Mail.objects.exists()

    def test_is_for_a_member_who_wants_no_mail_too(self, moderator: User, at: datetime) -> None:
        decided(moderator, at, profile={"wants_mail": False})  # R46
        finalise_due(actor=system_user(DELIVERY), at=at + timedelta(days=1))
        assert Mail.objects.get().state == MailState.WAITING

    def test_is_not_without_an_address(self, moderator: User, at: datetime) -> None:
        decided(moderator, at, profile={"email": ""})
        assert finalise_due(actor=system_user(DELIVERY), at=at + timedelta(days=1)) == 1
        assert not Mail.objects.exists()

    def test_goes_with_the_account(self, moderator: User, at: datetime) -> None:
        decision = decided(moderator, at)
        finalise_due(actor=system_user(DELIVERY), at=at + timedelta(days=1))
        erase_account(actor=system_user(INTAKE), site=decision.site, member_id=decision.member_id, at=at)
        assert not Mail.objects.exists()

    def test_takes_the_same_queries_however_many(
        self, moderator: User, at: datetime, django_assert_max_num_queries: Any
    ) -> None:
        for _each in range(12):
            decided(moderator, at)
        with django_assert_max_num_queries(20):
            assert finalise_due(actor=system_user(DELIVERY), at=at + timedelta(days=1)) == 12
        assert Mail.objects.count() == 12


class TestReporter:
    @pytest.mark.parametrize(
        "message",
        ["Piet Jansen vindt dit niet goed.", "Je stond vorige week dronken voor mijn deur te schreeuwen."],
    )
    def test_stops_a_decision_whose_letter_gives_them_away(
        self, moderator: User, at: datetime, message: str
    ) -> None:
        with pytest.raises(LetterGivesAway) as refusal:
            decided(moderator, at, message=message, report=PIET)
        assert refusal.value.field == "message"
        assert [leak.found in message for leak in refusal.value.leaks] == [True]
        assert "Piet" not in str(refusal.value)
        assert "Piet" not in repr(PIET)
        assert not Decision.objects.exists()
        assert not Statement.objects.exists()

    def test_lets_a_discreet_letter_through(self, moderator: User, at: datetime) -> None:
        assert decided(moderator, at, report=PIET).statement.source == Source.NOTICE

    def test_stops_the_letter_at_the_door_too_and_writes_down_no_words(
        self, moderator: User, at: datetime
    ) -> None:
        decision = decided(moderator, at, message="Mail piet@voorbeeld.nl of vraag het Jansen.")
        written = write_letters(decisions=[decision], reports={decision.pk: PIET}, at=at)
        assert written.letters == []
        hand_over_letters(written, actor=system_user(DELIVERY), at=at)
        assert not Mail.objects.exists()
        event = Event.objects.get(kind="letter.stopped")
        assert event.data == {"kinds": [LeakKind.EMAIL, LeakKind.NAME]}
