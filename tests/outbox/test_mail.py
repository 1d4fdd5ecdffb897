"""Letters leave by mail: a row before they are a message, at least once, never against somebody's wish."""

import hmac
import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from backoffice.audit.models import Event
from backoffice.outbox import tasks
from backoffice.outbox.letters import Letter, erase_letters, send_letter, send_letters
from backoffice.outbox.models import Mail, MailClass, MailState
from backoffice.outbox.services.claims import CLAIM
from backoffice.outbox.services.mail import send_due_mail
from backoffice.outbox.services.retries import NotParked, retry_mail
from backoffice.staff.models import User
from backoffice.staff.policy import NotAllowed
from backoffice.staff.system import DELIVERY, system_user
from tests.barrier import at_once
from tests.mail_server import MailServer, mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    with mail_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = running.port
        yield running


def letter(**changed: Any) -> Letter:
    given: dict[str, Any] = {
        "mail_class": MailClass.CONTRACT,
        "template": "decision",
        "site": "wehelpen.nl",
        "member_id": "m-1",
        "recipient": "fatima@voorbeeld.nl",
        "subject": "Je hulpvraag is niet meer zichtbaar",
        "body": "Beste Fatima,\n\nWij hebben je tekst verborgen. Groet, é\n",
        "about": "1",
        **changed,
    }
    return Letter(**given)


def the_mail() -> Mail:
    return Mail.objects.get()


class TestSendDueMail:
    def test_sends_what_is_due(self, server: MailServer, setup_acts: User, at: datetime) -> None:
        send_letter(letter(), at=at)
        assert send_due_mail(at=at) == 1
        (message,) = server.taken
        mail = the_mail()
        assert message["To"] == "fatima@voorbeeld.nl"
        assert message["From"] == "WeHelpen <info@wehelpen.nl>"
        assert message["Subject"] == "Je hulpvraag is niet meer zichtbaar"
        assert message["Message-ID"] == f"<{mail.pk}@wehelpen.nl>"
        assert message["Auto-Submitted"] == "auto-generated"
        assert "Groet, é" in message.get_content()
        assert (mail.state, mail.attempts, mail.claimed_until) == (MailState.SENT, 1, None)
        assert send_due_mail(at=at + timedelta(days=1)) == 0

    def test_leaves_what_is_not_due(self, server: MailServer, at: datetime) -> None:
        send_letter(letter(), at=at)
        assert send_due_mail(at=at - timedelta(seconds=1)) == 0
        assert not server.taken

    def test_parks_what_is_refused_for_good(self, server: MailServer, at: datetime) -> None:
        server.says["fatima"] = "550 unknown fatima@voorbeeld.nl"
        send_letter(letter(), at=at)
        send_due_mail(at=at)
        assert (the_mail().state, the_mail().last_problem) == (MailState.PARKED, "recipient_refused")

    def test_tries_again_what_is_refused_for_now(self, server: MailServer, at: datetime) -> None:
        server.says["fatima"] = "451 try later"
        send_letter(letter(), at=at)
        send_due_mail(at=at)
        assert (the_mail().state, the_mail().last_problem) == (MailState.WAITING, "recipient_refused")
        server.says.clear()
        assert send_due_mail(at=at + timedelta(seconds=5)) == 0
        assert send_due_mail(at=at + timedelta(seconds=15)) == 1
        assert len(server.taken) == 1

    def test_is_not_stopped_by_one_that_fails(self, server: MailServer, at: datetime) -> None:
        server.says["weg"] = "550 no"
        for name in ("weg", "fatima", "weg", "wim"):
            send_letter(letter(recipient=f"{name}@voorbeeld.nl"), at=at)
        assert send_due_mail(at=at) == 4
        assert sorted(str(message["To"]) for message in server.taken) == [
            "fatima@voorbeeld.nl",
            "wim@voorbeeld.nl",
        ]

    @pytest.mark.parametrize(
        "address",
        ["geen adres", "a@b", "x" * 250, "fatima@voorbeeld.nl\nBcc: x@voorbeeld.nl", "a@b.nl,c@d.nl"],
    )
    def test_parks_an_address_that_is_none(self, server: MailServer, at: datetime, address: str) -> None:
        send_letter(letter(recipient=address), at=at)
        send_due_mail(at=at)
        assert (the_mail().state, the_mail().last_problem) == (MailState.PARKED, "bad_address")
        assert not server.taken

    def test_waits_when_there_is_no_server(self, settings: Settings, at: datetime) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
        send_letter(letter(), at=at)
        send_due_mail(at=at)
        assert (the_mail().state, the_mail().last_problem) == (MailState.WAITING, "connect_error")

    def test_parks_after_so_many_attempts(self, settings: Settings, at: datetime) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
        settings.DELIVERY_MAX_ATTEMPTS = 3
        send_letter(letter(), at=at)
        for day in range(5):
            send_due_mail(at=at + timedelta(days=day))
        assert (the_mail().state, the_mail().attempts) == (MailState.PARKED, 3)

    def test_is_refused_inside_a_transaction(self, server: MailServer, at: datetime) -> None:
        send_letter(letter(), at=at)
        with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
            send_due_mail(at=at)
        assert not server.taken

    def test_cannot_be_made_to_write_headers(self, server: MailServer, at: datetime) -> None:
        send_letter(letter(subject="Dag\r\nBcc: iemand@voorbeeld.nl"), at=at)
        send_due_mail(at=at)
        (message,) = server.taken
        assert message["Bcc"] is None
        assert message["Subject"] == "Dag Bcc: iemand@voorbeeld.nl"


@pytest.mark.django_db(transaction=True)
class TestTwoSenders:
    def test_send_each_letter_once(self, server: MailServer, setup_acts: User, at: datetime) -> None:
        for _ in range(15):
            send_letter(letter(), at=at)
        actor = system_user(DELIVERY)
        at_once(*[(actor, lambda: send_due_mail(at=at))] * 3)
        assert len({message["Message-ID"] for message in server.taken}) == len(server.taken) == 15

    def test_after_a_sender_that_died_its_letter_goes_out_under_the_same_id(
        self, server: MailServer, at: datetime
    ) -> None:
        send_letter(letter(), at=at)
        Mail.objects.update(claimed_until=at + CLAIM, attempts=1)
        assert send_due_mail(at=at) == 0
        assert send_due_mail(at=at + CLAIM) == 1
        assert server.taken[0]["Message-ID"] == f"<{the_mail().pk}@wehelpen.nl>"


class TestWhoWantsNoMail:
    """R46, R47: a letter about the agreement always goes; a notification and a newsletter do not."""

    @pytest.mark.parametrize(
        ("mail_class", "goes"),
        [(MailClass.CONTRACT, True), (MailClass.NOTIFICATION, False), (MailClass.NEWSLETTER, False)],
    )
    def test_gets_what_belongs_to_the_agreement_only(
        self, server: MailServer, at: datetime, mail_class: MailClass, goes: bool
    ) -> None:
        url = "https://wehelpen.nl/afmelden/1" if mail_class == MailClass.NEWSLETTER else ""
        send_letters([letter(mail_class=mail_class, unsubscribe_url=url, declined=True)], at=at)
        send_due_mail(at=at)
        assert len(server.taken) == goes
        assert (the_mail().state == MailState.DECLINED, the_mail().recipient == "") == (not goes, not goes)

    def test_finds_the_way_out_in_every_newsletter(self, server: MailServer, at: datetime) -> None:
        url = "https://wehelpen.nl/afmelden/1"
        send_letter(letter(mail_class=MailClass.NEWSLETTER, unsubscribe_url=url), at=at)
        send_due_mail(at=at)
        assert server.taken[0]["List-Unsubscribe"] == f"<{url}>"
        with pytest.raises(IntegrityError), transaction.atomic():
            send_letter(letter(mail_class=MailClass.NEWSLETTER), at=at)


class TestRetryMail:
    def test_tries_again_what_was_given_up(
        self, server: MailServer, administrator: User, at: datetime
    ) -> None:
        send_letter(letter(), at=at)
        Mail.objects.update(state=MailState.PARKED, attempts=12, last_problem="timeout")
        retry_mail(actor=administrator, mail_id=the_mail().pk, at=at)
        assert Event.objects.get(kind="mail.retried").data == {"problem": "timeout"}
        send_due_mail(at=at)
        assert len(server.taken) == 1

    def test_refuses_what_needs_none(self, administrator: User, at: datetime) -> None:
        send_letter(letter(), at=at)
        with pytest.raises(NotParked):
            retry_mail(actor=administrator, mail_id=the_mail().pk, at=at)

    def test_refuses_who_may_not(self, moderator: User, at: datetime) -> None:
        send_letter(letter(), at=at)
        Mail.objects.update(state=MailState.PARKED)
        with pytest.raises(NotAllowed):
            retry_mail(actor=moderator, mail_id=the_mail().pk, at=at)


class TestMandrill:
    URL = "https://backoffice.voorbeeld.nl/mail/mandrill/tracking/"
    KEY = "een-sleutel"

    @pytest.fixture
    def sent(self, settings: Settings, setup_acts: User, at: datetime) -> Mail:
        settings.ANYMAIL = {
            **settings.ANYMAIL,
            "MANDRILL_WEBHOOK_KEY": self.KEY,
            "MANDRILL_WEBHOOK_URL": self.URL,
        }
        mail = send_letter(letter(), at=at)
        Mail.objects.update(state=MailState.SENT, sent_at=at)
        return mail

    def tell(self, mail_id: object, event: str = "hard_bounce", *, key: str = KEY) -> Any:
        body = json.dumps(
            [{"event": event, "ts": 1, "msg": {"email": "x@y.nl", "metadata": {"mail": str(mail_id)}}}]
        )
        signed = f"{self.URL}mandrill_events{body}".encode()
        signature = b64encode(hmac.digest(key.encode(), signed, "sha1")).decode()
        return Client().post(
            "/mail/mandrill/tracking/",
            {"mandrill_events": body},
            headers={"X-Mandrill-Signature": signature},
        )

    @pytest.mark.parametrize("event", ["hard_bounce", "soft_bounce", "reject", "spam"])
    def test_tells_that_a_letter_came_back_once(self, sent: Mail, event: str) -> None:
        for _again in range(2):
            assert self.tell(sent.pk, event).status_code == 200
        assert the_mail().state == MailState.BOUNCED
        assert Event.objects.filter(kind="mail.bounced").count() == 1

    def test_is_not_believed_without_its_signature(self, sent: Mail) -> None:
        assert self.tell(sent.pk, key="een-andere").status_code == 400
        assert the_mail().state == MailState.SENT

    def test_is_not_there_without_a_key(self, sent: Mail, settings: Settings) -> None:
        settings.ANYMAIL = {**settings.ANYMAIL, "MANDRILL_WEBHOOK_KEY": ""}
        assert self.tell(sent.pk, key="").status_code == 404

    @pytest.mark.parametrize("named", ["", "x", uuid4()])
    def test_may_tell_of_letters_that_are_not_here(self, sent: Mail, named: object) -> None:
        assert self.tell(named).status_code == 200
        assert the_mail().state == MailState.SENT

    @pytest.mark.parametrize("event", ["send", "open", "deferral", "anders"])
    def test_may_tell_what_we_do_not_keep(self, sent: Mail, event: str) -> None:
        assert self.tell(sent.pk, event).status_code == 200
        assert the_mail().state == MailState.SENT


class TestTheNudge:
    def test_comes_once_and_after_the_commit(
        self,
        monkeypatch: Any,
        at: datetime,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        sent: list[str] = []
        monkeypatch.setattr(
            "backoffice.outbox.letters.current_app.send_task", lambda name, **_options: sent.append(name)
        )
        with django_capture_on_commit_callbacks(execute=True):
            send_letter(letter(), at=at)
            send_letter(letter(), at=at)
            assert not sent
        assert sent == [tasks.sweep_mail.name]

    def test_is_followed_by_the_sweep(self, server: MailServer, setup_acts: User, at: datetime) -> None:
        send_letter(letter(), at=at)
        tasks.sweep_mail()
        assert len(server.taken) == 1


class TestEraseLetters:
    def test_takes_all_of_a_member_and_nobody_elses(self, at: datetime) -> None:
        send_letter(letter(), at=at)
        send_letter(letter(member_id="m-2"), at=at)
        send_letter(letter(site="huppla.nl"), at=at)
        assert erase_letters(site="wehelpen.nl", members=["m-1"]) == 1
        assert Mail.objects.count() == 2
