"""Letters that were given up cannot be missed; whom they are to is for who may see records only."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from backoffice import clock
from backoffice.audit.models import Event
from backoffice.outbox.letters import Letter, send_letter
from backoffice.outbox.models import Mail, MailClass, MailState
from backoffice.outbox.problems import explain_letter_problem
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from tests.pages.conftest import as_

pytestmark = pytest.mark.django_db

LIST = "/outbox/mail/"
PERSONAL = ("fatima@voorbeeld.nl", "m-77", "Je hulpvraag", "Beste Fatima")


def make(at: datetime, **values: Any) -> Mail:
    mail = send_letter(
        Letter(
            mail_class=MailClass.CONTRACT,
            template="decision",
            site="wehelpen.nl",
            member_id="m-77",
            recipient="fatima@voorbeeld.nl",
            subject="Je hulpvraag is niet meer zichtbaar",
            body="Beste Fatima, je tekst is verborgen.",
            about="1",
        ),
        at=at,
    )
    Mail.objects.filter(pk=mail.pk).update(**values)
    mail.refresh_from_db()
    return mail


@pytest.fixture
def parked(setup_acts: User, at: datetime) -> Mail:
    return make(at, state=MailState.PARKED, attempts=12, last_problem="recipient_refused")


class TestList:
    def test_says_in_words_what_stood_in_the_way(self, at_the_administrator: Client, parked: Mail) -> None:
        page = at_the_administrator.get(LIST).text
        assert explain_letter_problem("recipient_refused") in page
        for words in PERSONAL:
            assert words not in page

    def test_counts_what_was_written_lately_by_kind_and_state(
        self, at_the_administrator: Client, parked: Mail
    ) -> None:
        moment = clock.now()
        Mail.objects.update(created_at=moment - timedelta(days=29))
        make(moment, mail_class=MailClass.NOTIFICATION, state=MailState.SENT, sent_at=moment)
        make(moment - timedelta(days=31))
        counted = {
            (kind.value, state.value): count
            for kind, states in at_the_administrator.get(LIST).context["kinds"]
            for state, count in states
            if count
        }
        assert counted == {("contract", "parked"): 1, ("notification", "sent"): 1}

    def test_finds_by_the_key_only(self, at_the_administrator: Client, parked: Mail) -> None:
        for typed, found in ((str(parked.pk), [parked]), ("1", [parked]), ("fatima", []), ("m-77", [])):
            answer = at_the_administrator.get(LIST, {"q": typed})
            assert list(answer.context["cl"].result_list) == found

    def test_costs_the_same_for_one_as_for_many(
        self,
        at_the_administrator: Client,
        at: datetime,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for _ in range(20):
            make(at, state=MailState.PARKED)
        with django_assert_num_queries(9):
            at_the_administrator.get(LIST)

    def test_is_closed_to_other_roles(self, other_role: Client, parked: Mail) -> None:
        for page in (LIST, f"{LIST}{parked.pk}/change/"):
            assert other_role.get(page).status_code == 403


class TestWhatWasGivenUp:
    def test_stands_in_the_menu_and_on_the_first_page(
        self, at_the_administrator: Client, parked: Mail
    ) -> None:
        page = at_the_administrator.get("/").text
        assert '<span class="house-count is-late">1</span>' in page
        assert f"{LIST}?state__exact=parked" in page
        assert "/outbox/delivery/?state__exact=parked" not in page

    def test_is_nothing_for_other_roles(self, other_role: Client, parked: Mail) -> None:
        assert LIST not in other_role.get("/").text


class TestWords:
    def test_are_not_for_an_administrator(self, at_the_administrator: Client, parked: Mail) -> None:
        page = at_the_administrator.get(f"{LIST}{parked.pk}/change/").text
        assert str(parked.pk) in page
        for words in PERSONAL:
            assert words not in page

    def test_are_for_who_may_see_records_as_well(self, administrator: User, parked: Mail) -> None:
        administrator.groups.add(Group.objects.get(name=Role.SERVICEDESK.value))
        page = as_(administrator).get(f"{LIST}{parked.pk}/change/").text
        for words in PERSONAL:
            assert words in page


class TestRetry:
    def test_of_one_from_its_page(self, at_the_administrator: Client, parked: Mail) -> None:
        assert at_the_administrator.post(f"{LIST}{parked.pk}/retry/").status_code == 303
        parked.refresh_from_db()
        assert (parked.state, parked.attempts) == (MailState.WAITING, 0)
        assert [event.kind for event in Event.objects.all()] == ["mail.retried"]

    def test_of_what_was_not_given_up_is_refused(self, at_the_administrator: Client, at: datetime) -> None:
        mail = make(at)
        assert at_the_administrator.post(f"{LIST}{mail.pk}/retry/").status_code == 403
        assert not Event.objects.exists()

    def test_of_those_chosen_in_the_list(self, at_the_administrator: Client, at: datetime) -> None:
        chosen, other = [make(at, state=MailState.PARKED) for _ in range(2)], make(at, state=MailState.PARKED)
        waiting = make(at)
        self.choose(at_the_administrator, [*chosen, waiting])
        assert list(Mail.objects.filter(state=MailState.PARKED)) == [other]
        assert Event.objects.filter(kind="mail.retried").count() == 2

    def test_of_those_chosen_is_refused_to_other_roles(self, other_role: Client, parked: Mail) -> None:
        assert self.choose(other_role, [parked]).status_code == 403
        parked.refresh_from_db()
        assert parked.state == MailState.PARKED

    @staticmethod
    def choose(client: Client, letters: list[Mail]) -> Any:
        keys = [str(mail.pk) for mail in letters]
        return client.post(LIST, {"action": "retry_chosen", "_selected_action": keys})


class TestExplainLetterProblem:
    @pytest.mark.parametrize(
        "code", ["timeout", "bad_address", "recipient_refused", "smtp_451", "invalid", "spam", "complained"]
    )
    def test_has_words(self, code: str) -> None:
        assert " " in explain_letter_problem(code)

    def test_keeps_a_code_that_nobody_gave_words(self) -> None:
        assert (explain_letter_problem("iets_nieuws"), explain_letter_problem("")) == ("iets_nieuws", "")
