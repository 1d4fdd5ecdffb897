"""The two who work at the servicedesk of the demo office, and what they do, through the services."""

from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from uuid import UUID

from backoffice.audit.meanwhile import version_of
from backoffice.platforms.sites import WEHELPEN
from backoffice.staff.models import User
from backoffice.staff.system import INTAKE, system_user
from incidents.choices import Channel, CloseReason, TicketKind, TicketState, WaitingFor
from incidents.demo.people import Cast
from incidents.given import Person
from incidents.models import Message, Ticket
from incidents.services.inbound import keep_mail, read_mail
from incidents.services.ticket_dossiers import Complaint
from incidents.services.ticket_kinds import classify_ticket
from incidents.services.ticket_messages import add_ticket_note, answer_ticket
from incidents.services.ticket_opening import Contact, Said
from incidents.services.ticket_phone import take_in_call
from incidents.services.tickets import assign_ticket, close_ticket, merge_tickets, put_on_wait

LOOKING_INTO_IT = (
    "Dank je wel dat je dit vertelt. Wij gaan het uitzoeken en houden je op de hoogte.\n\n"
    "Ben je nu in gevaar? Bel dan 112.\n\nMet vriendelijke groet,\nJoke Visser"
)


@dataclass
class Desk:
    """Joke of the servicedesk and Karin who coordinates; `tickets` and `dossiers` by the key of their story."""

    joke: User
    karin: User
    cast: Cast
    tickets: dict[str, UUID] = field(default_factory=dict)
    dossiers: dict[str, UUID] = field(default_factory=dict)
    mails: int = 0

    # What comes in ----------------------------------------------------------------------------

    def mail_in(
        self, who: Person, *, subject: str, body: str, at: datetime, file: tuple[str, bytes] | None = None
    ) -> Ticket:
        """Let a mail come in, and return the ticket that it opened or belongs to."""
        self.mails += 1
        key = f"<demo-{self.mails}@voorbeeld.nl>"
        mail = EmailMessage()
        mail["From"] = formataddr((who.full_name, who.emails[0]))
        mail["To"] = "servicedesk@wehelpen.nl"
        mail["Subject"] = subject
        mail["Date"] = format_datetime(at)
        mail["Message-ID"] = key
        mail.set_content(body)
        if file:
            name, content = file
            mail.add_attachment(content, maintype="image", subtype="png", filename=name)
        keep_mail(raw=mail.as_bytes(), at=at)
        read_mail(actor=system_user(INTAKE), at=at)
        return Message.objects.select_related("ticket").get(message_id=key).ticket

    def call_in(
        self,
        who: Person,
        *,
        kind: TicketKind,
        said: Said,
        at: datetime,
        complaint: Complaint | None = None,
        no_dossier_reason: str = "",
    ) -> Ticket:
        """Let somebody ring, and Joke write down what they tell."""
        return take_in_call(
            actor=self.joke,
            kind=kind,
            site=WEHELPEN,
            contact=contact_of(who),
            said=said,
            complaint=complaint,
            no_dossier_reason=no_dossier_reason,
            at=at,
        )

    def sees_complaint(self, ticket: Ticket, complaint: Complaint, *, at: datetime) -> Ticket:
        """Let Joke find that a mail is a complaint, and make its dossier."""
        assign_ticket(actor=self.joke, ticket_id=ticket.pk, owner_id=self.joke.pk, at=at)
        return classify_ticket(
            actor=self.joke, ticket_id=ticket.pk, kind=TicketKind.COMPLAINT, complaint=complaint, at=at
        )

    def hand_to_dossier(self, ticket: Ticket, *, at: datetime) -> None:
        """Let Joke handle the ticket of a complaint: its dossier goes on with it."""
        if ticket.channel == Channel.PHONE:
            self.close(ticket.pk, CloseReason.SPOKEN, at=at)
        else:
            self.answer(ticket.pk, LOOKING_INTO_IT, then=TicketState.CLOSED, at=at)

    # What is done about it --------------------------------------------------------------------

    def take(self, ticket_id: UUID, *, at: datetime, who: User | None = None) -> None:
        owner = who or self.joke
        assign_ticket(actor=owner, ticket_id=ticket_id, owner_id=owner.pk, at=at)

    def answer(
        self, ticket_id: UUID, text: str, *, at: datetime, then: TicketState, who: User | None = None
    ) -> None:
        ticket = Ticket.objects.get(pk=ticket_id)
        actor, seen = who or self.joke, version_of(ticket)
        answer_ticket(actor=actor, ticket_id=ticket_id, seen=seen, text=text, then=then, at=at)

    def note(self, ticket_id: UUID, text: str, *, at: datetime) -> None:
        add_ticket_note(actor=self.joke, ticket_id=ticket_id, text=text, at=at)

    def wait(self, ticket_id: UUID, waiting_for: WaitingFor, *, at: datetime) -> None:
        put_on_wait(actor=self.joke, ticket_id=ticket_id, waiting_for=waiting_for, at=at)

    def close(self, ticket_id: UUID, how: CloseReason, *, at: datetime) -> None:
        close_ticket(actor=self.joke, ticket_id=ticket_id, how=how, at=at)

    def merge(self, ticket_id: UUID, into: str, *, at: datetime) -> None:
        merge_tickets(actor=self.joke, ticket_id=ticket_id, into_id=self.tickets[into], at=at)


def contact_of(who: Person) -> Contact:
    """Return somebody as they introduce themselves."""
    return Contact(
        name=who.full_name,
        email=next(iter(who.emails), ""),
        phone=next(iter(who.phones), ""),
        member_id=who.member_id,
    )
