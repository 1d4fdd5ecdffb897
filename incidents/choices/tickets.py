"""Words about tickets and their messages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TicketKind(models.TextChoices):
    """What somebody came with (R40). A complaint makes a dossier (R41)."""

    QUESTION = "question", _("question")
    COMPLAINT = "complaint", _("complaint")
    NOTICE = "notice", _("notice of illegal content")


class Channel(models.TextChoices):
    """By which door it came in."""

    MAIL = "mail", _("mail")
    FORM = "form", _("contact form")
    PHONE = "phone", _("telephone")
    REPORT = "report", _("report button")


class TicketState(models.TextChoices):
    """Where a ticket stands. Nothing is closed by time passing."""

    OPEN = "open", _("open")
    WAITING = "waiting", _("waiting")
    CLOSED = "closed", _("handled")
    MERGED = "merged", _("merged into another")


TICKET_TRANSITIONS: dict[str, frozenset[str]] = {
    TicketState.OPEN: frozenset({TicketState.WAITING, TicketState.CLOSED, TicketState.MERGED}),
    TicketState.WAITING: frozenset({TicketState.OPEN, TicketState.CLOSED, TicketState.MERGED}),
    TicketState.CLOSED: frozenset({TicketState.OPEN}),
    TicketState.MERGED: frozenset(),
}

UNDER_WAY = frozenset({TicketState.OPEN, TicketState.WAITING})
"""States in which somebody must still do something, and by when."""


class WaitingFor(models.TextChoices):
    """Whose turn it is while a ticket waits."""

    SENDER = "sender", _("an answer of the sender")
    COLLEAGUE = "colleague", _("a colleague")
    PLATFORM = "platform", _("the makers of the site")
    ELSEWHERE = "elsewhere", _("somebody outside")


class CloseReason(models.TextChoices):
    """How a ticket was handled."""

    ANSWERED = "answered", _("answered by mail")
    SPOKEN = "spoken", _("spoken to")
    NO_ANSWER_NEEDED = "no_answer_needed", _("needs no answer")
    NO_ADDRESS = "no_address", _("no address to answer to")
    SPAM = "spam", _("spam")


class Direction(models.TextChoices):
    """Which way a message went. A note stays in the house."""

    IN = "in", _("received")
    OUT = "out", _("sent")
    NOTE = "note", _("internal note")


class Right(models.TextChoices):
    """What somebody may ask about their own data (AVG articles 15 to 21)."""

    ACCESS = "access", _("access")
    CORRECTION = "correction", _("correction")
    ERASURE = "erasure", _("erasure")
    PORTABILITY = "portability", _("a copy to take along")
    RESTRICTION = "restriction", _("restriction")
    OBJECTION = "objection", _("objection")


class NoticeTarget(models.TextChoices):
    """What a notice is about."""

    MEMBER = "member", _("a member")
    HELP_REQUEST = "help_request", _("a request or an offer")
    MESSAGE = "message", _("a message")
    PAGE = "page", _("a page")


class NotKept(models.TextChoices):
    """Why an attachment was not kept; that it was there is."""

    EMPTY = "file_empty", _("it was empty")
    TOO_LARGE = "file_too_large", _("too large")
    TYPE = "file_type", _("a type we do not keep")
    TOO_MANY = "too_many", _("more than we keep of one message")
    FLOOD = "flood", _("one of very many messages")
