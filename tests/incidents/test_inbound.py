"""Mail in: none is lost, none is answered twice, none stops the others."""

import hmac
import io
import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from backoffice.outbox.models import Mail, MailState
from backoffice.staff.models import User
from backoffice.staff.system import INTAKE, system_user
from incidents.choices import CloseReason, Direction, NotKept, TicketState
from incidents.mail.mailbox import LARGEST_MAIL, Address
from incidents.mail.parsing import parse
from incidents.models import Enclosure, InboundMail, Message, Receipt, StoredFile, Ticket
from incidents.services import inbound, inbound_messages
from incidents.services.inbound import Tally, keep_mail, read_mail
from incidents.services.inbound_messages import FLOOD
from incidents.services.tickets import close_ticket, merge_tickets
from tests.imap_server import PASSWORD, USER, ImapServer, imap_server
from tests.incidents import awkward
from tests.incidents.awkward import mail
from tests.incidents.tickets import answer, ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def intake(setup_acts: User) -> User:
    return system_user(INTAKE)


def take_in(actor: User, at: datetime, *raws: bytes) -> Tally:
    for raw in raws:
        keep_mail(raw=raw, at=at)
    return read_mail(actor=actor, at=at, limit=5_000)


class TestAwkwardMail:
    def test_is_all_read_and_none_stops_the_others(
        self, intake: User, media: Path, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(inbound_messages, "FLOOD", 10_000)
        others = [*awkward.UNREADABLE.values(), *awkward.MACHINES.values(), *awkward.DEAF.values()]
        raws = [*awkward.ONE_BY_ONE, *others]
        tally = take_in(intake, at, *raws)
        assert (tally.left, tally.unreadable, tally.known) == (0, len(awkward.UNREADABLE), 0)
        assert Message.objects.count() == len(raws) > 60
        copies = [b"Received: by elders\r\n" + raw for raw in awkward.ONE_BY_ONE]
        assert take_in(intake, at, *copies).known == len(copies)
        assert (Message.objects.count(), InboundMail.objects.count()) == (len(raws), 0)

    def test_has_its_words_read(self) -> None:
        read = {name: parse(raw).body for name, (raw, _words) in awkward.READ.items()}
        wanted = {name: words for name, (_raw, words) in awkward.READ.items()}
        read["a thousand parts"] = read["a thousand parts"][:4]
        assert read == wanted

    def test_that_nothing_can_be_made_of_is_kept_as_it_arrived(
        self, intake: User, media: Path, at: datetime
    ) -> None:
        take_in(intake, at, *awkward.UNREADABLE.values())
        kept = [(media / file.path).read_bytes() for file in StoredFile.objects.all()]
        assert sorted(kept) == sorted(awkward.UNREADABLE.values())
        assert set(StoredFile.objects.values_list("content_type", flat=True)) == {"application/octet-stream"}

    def test_that_breaks_us_is_tried_three_times_and_then_kept_as_it_arrived(
        self, intake: User, media: Path, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def breaks(raw: bytes) -> Any:
            if b"breekt" in raw:
                raise RecursionError
            return parse(raw)

        monkeypatch.setattr(inbound, "parse", breaks)
        tally = take_in(intake, at, mail(b"Subject: breekt"), mail(b"Subject: gewoon"))
        assert (tally.taken, tally.left) == (1, 1)
        assert read_mail(actor=intake, at=at).left == 1
        assert read_mail(actor=intake, at=at).unreadable == 1
        assert not InboundMail.objects.exists()
        assert StoredFile.objects.get().name == "bericht.eml"

    def test_keeps_files_by_what_they_are_and_says_which_it_did_not(
        self, intake: User, media: Path, at: datetime
    ) -> None:
        names = ("a photo", "a program called a photo", "a file named to climb out", "winmail.dat")
        take_in(intake, at, *[awkward.READ[name][0] for name in names], awkward.heavy(30))
        kept = dict(StoredFile.objects.values_list("name", "content_type"))
        assert kept == {
            "foto.jpg": "image/jpeg",
            "_.._x.txt": "text/plain",
            "bijlage.ms-tnef": "application/vnd.ms-tnef",
        }
        assert set(Enclosure.objects.filter(file=None).values_list("name", "not_kept")) == {
            ("foto.jpg", NotKept.TYPE),
            ("groot.pdf", NotKept.TOO_LARGE),
        }


class TestAReceipt:
    def test_is_sent_once_with_the_number_to_answer_to(self, intake: User, at: datetime) -> None:
        take_in(intake, at, mail(b"Subject: Hulp", body=b"Graag"))
        take_in(intake, at + timedelta(minutes=1), mail(b"Subject: Nog iets", body=b"En dit"))
        first = Ticket.objects.order_by("number")[0]
        letter = Mail.objects.get()
        assert (letter.recipient, letter.template) == ("riet@voorbeeld.nl", "ticket_receipt")
        assert letter.subject == f"[{first.reference}] Re: Hulp"
        take_in(intake, at + timedelta(hours=2), mail(b"Subject: Een derde", body=b"Later"))
        assert Mail.objects.count() == 2

    def test_is_never_sent_to_a_machine_or_a_list(self, intake: User, media: Path, at: datetime) -> None:
        take_in(intake, at, *awkward.MACHINES.values(), *awkward.DEAF.values())
        assert Ticket.objects.count() == len(awkward.MACHINES) + len(awkward.DEAF)
        assert not Mail.objects.exists()
        machines = Message.objects.filter(automatic=True)
        assert machines.count() == len(awkward.MACHINES)

    def test_feeds_no_loop(self, intake: User, at: datetime) -> None:
        take_in(intake, at, mail(b"Subject: Vraag"))
        for turn in range(30):  # a machine that says of itself that it is none
            letter = Mail.objects.latest("created_at")
            reply = mail(f"Subject: Re: {letter.subject} {turn}".encode(), body=b"%d: " % turn + b"Dank u.")
            take_in(intake, at + timedelta(minutes=5 * turn), reply)
        assert Mail.objects.count() == 1
        assert Ticket.objects.get().messages.count() == 31

    def test_comes_once_of_a_bomb_of_a_thousand_and_all_are_kept(
        self, intake: User, media: Path, at: datetime
    ) -> None:
        photo = awkward.READ["a photo"][0]
        bomb = [photo.replace(b"Zie foto", b"foto %d" % number) for number in range(FLOOD + 5)]
        bomb += [mail(b"Subject: boem", body=b"boem %d" % number) for number in range(1_000 - len(bomb))]
        tally = take_in(intake, at, *bomb)
        assert (tally.taken, tally.left, Message.objects.count()) == (1_000, 0, 1_000)
        assert Ticket.objects.count() == FLOOD
        assert (
            StoredFile.objects.count() + Enclosure.objects.filter(not_kept=NotKept.FLOOD).count() == FLOOD + 5
        )
        assert Mail.objects.count() == Receipt.objects.count() == 1


class TestAThread:
    def test_goes_on_by_reference_whoever_writes(self, intake: User, servicedesk: User, at: datetime) -> None:
        made = ticket(servicedesk, at)
        sent = answer(servicedesk, made, at)
        reply = mail(
            b"Subject: dank",
            b"In-Reply-To: " + sent.message_id.encode(),
            sender=b"From: Dochter <dochter@voorbeeld.nl>\r\n",
        )
        take_in(intake, at, reply)
        made.refresh_from_db()
        assert (made.state, made.messages.count(), made.waiting_for) == ("open", 3, "")

    def test_goes_on_by_number_for_who_belongs_to_it_only(
        self, intake: User, servicedesk: User, at: datetime
    ) -> None:
        made = ticket(servicedesk, at)
        subject = f"Subject: RE: [{made.reference}] Re: Mijn hulpvraag".encode()
        take_in(intake, at, mail(subject), mail(subject, sender=b"From: vreemd@elders.nl\r\n", body=b"Ha"))
        assert made.messages.count() == 2
        assert Ticket.objects.exclude(pk=made.pk).get().contact_email == "vreemd@elders.nl"

    def test_leads_to_where_a_ticket_was_merged_and_opens_what_was_handled(
        self, intake: User, servicedesk: User, at: datetime
    ) -> None:
        made, other = ticket(servicedesk, at), ticket(servicedesk, at)
        merge_tickets(actor=servicedesk, ticket_id=made.pk, into_id=other.pk, at=at)
        close_ticket(actor=servicedesk, ticket_id=other.pk, how=CloseReason.SPOKEN, at=at)
        take_in(intake, at, mail(f"Subject: [{made.reference}]".encode()))
        other.refresh_from_db()
        assert (other.state, other.messages.count(), other.erase_content_on) == ("open", 3, None)

    def test_is_not_woken_by_a_machine(self, intake: User, servicedesk: User, at: datetime) -> None:
        made = ticket(servicedesk, at)
        sent = answer(servicedesk, made, at, then=TicketState.CLOSED)
        away = mail(
            b"Subject: x", b"Auto-Submitted: auto-replied", b"References: " + sent.message_id.encode()
        )
        take_in(intake, at, away)
        made.refresh_from_db()
        assert (made.state, made.messages.filter(automatic=True).count()) == ("closed", 1)

    def test_is_woken_when_our_letter_came_back(self, intake: User, servicedesk: User, at: datetime) -> None:
        made = ticket(servicedesk, at)
        sent = answer(servicedesk, made, at, then=TicketState.CLOSED)
        Mail.objects.update(state=MailState.SENT, sent_at=at)
        take_in(intake, at, awkward.bounce(sent.message_id))
        made.refresh_from_db()
        assert made.state == "open"
        assert Mail.objects.get().state == MailState.BOUNCED
        assert Mail.objects.get().last_problem == "bounced_5.1.1"

    def test_sees_a_copy_as_one_and_another_message_with_the_same_id_as_two(
        self, intake: User, at: datetime
    ) -> None:
        head = (b"Subject: x", b"Message-ID: <een@voorbeeld.nl>")
        first = mail(*head, body=b"Een")
        take_in(intake, at, first, b"Received: by elders\r\n" + first, mail(*head, body=b"Iets anders"))
        assert list(Message.objects.order_by("body").values_list("body", flat=True)) == ["Een", "Iets anders"]

    def test_marks_a_request_for_a_right_with_when_it_came(
        self, intake: User, servicedesk: User, at: datetime
    ) -> None:
        made = ticket(servicedesk, at)
        later = at + timedelta(days=2)
        take_in(
            intake,
            later,
            mail(f"Subject: [{made.reference}]".encode(), body=b"Verwijder mijn gegevens"),
        )
        made.refresh_from_db()
        assert (made.rights, made.rights_from) == (["erasure"], later)


@pytest.fixture
def imap(settings: Settings) -> Iterator[ImapServer]:
    with imap_server() as running:
        settings.INBOUND_IMAP_URL = (
            f"imap:{'//'}{USER}:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{running.port}/INBOX"
        )
        yield running


def fetch() -> str:
    said = io.StringIO()
    call_command("fetch_mail", stdout=said)
    return said.getvalue()


class TestFetchingMail:
    def test_empties_the_mailbox_and_says_what_became_of_it(
        self, intake: User, imap: ImapServer, media: Path
    ) -> None:
        imap.put(*awkward.ONE_BY_ONE, *awkward.UNREADABLE.values())
        assert "unreadable: 2, to be tried again: 0" in fetch()
        assert imap.mail == {}
        assert Message.objects.count() == len(awkward.READ) + len(awkward.UNREADABLE)
        assert "fetched: 0" in fetch()

    def test_loses_nothing_when_the_line_breaks(self, intake: User, imap: ImapServer) -> None:
        imap.put(*[mail(b"Subject: nummer %d" % number, body=b"%d" % number) for number in range(12)])
        imap.cut_after = 5
        with pytest.raises(CommandError, match="cannot be reached"):
            fetch()
        assert Message.objects.count() == 5
        fetch()
        assert (Message.objects.count(), imap.mail) == (12, {})

    def test_leaves_what_is_too_large_and_tells_of_it(
        self, intake: User, imap: ImapServer, media: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert LARGEST_MAIL > 30_000_000
        monkeypatch.setattr("incidents.mail.mailbox.LARGEST_MAIL", 1_000)
        imap.put(mail(b"Subject: Groot", body=b"x" * 2_000), mail(b"Subject: klein"))
        assert "fetched: 1, too large: 1" in fetch()
        (left,) = imap.flags.values()
        assert left == {"\\Flagged"}
        assert "te groot" in Message.objects.get(subject="Groot").body
        assert "fetched: 0, too large: 0" in fetch()

    def test_says_what_is_wrong_without_the_password(self, intake: User, settings: Settings) -> None:
        settings.INBOUND_IMAP_URL = ""
        with pytest.raises(CommandError, match="INBOUND_IMAP_URL"):
            fetch()
        with pytest.raises(ValueError, match="imaps:") as problem:
            Address.of(f"http:{'//'}a:geheim@b")
        assert "geheim" not in str(problem.value)


class TestMandrill:
    URL = "https://backoffice.voorbeeld.nl/mail/mandrill/inbound/"
    KEY = "een-sleutel"

    def post(self, *raws: bytes, key: str = KEY) -> Any:
        said = [{"event": "inbound", "ts": 1, "msg": {"raw_msg": raw.decode("latin-1")}} for raw in raws]
        body = json.dumps(said)
        signature = b64encode(hmac.digest(key.encode(), f"{self.URL}mandrill_events{body}".encode(), "sha1"))
        return Client().post(
            "/mail/mandrill/inbound/",
            urlencode({"mandrill_events": body}),
            content_type="application/x-www-form-urlencoded",
            headers={"X-Mandrill-Signature": signature.decode()},
        )

    def test_hands_mail_over_once_signed_and_however_large(
        self, intake: User, settings: Settings, media: Path, at: datetime
    ) -> None:
        assert self.post(mail()).status_code == 404
        settings.MANDRILL_INBOUND_KEY, settings.MANDRILL_INBOUND_URL = self.KEY, self.URL
        assert self.post(mail(), key="een-andere").status_code == 400
        assert not InboundMail.objects.exists()
        film = awkward.heavy(5)
        for _again in range(2):
            assert self.post(mail(b"Subject: Hallo"), film).status_code == 200
        assert InboundMail.objects.count() == 2
        read_mail(actor=intake, at=at)
        assert set(Message.objects.values_list("subject", flat=True)) == {"Hallo", "Groot"}
        assert Message.objects.filter(direction=Direction.IN).count() == 2
