"""What reached the servicedesk, and what was said about it."""

from datetime import date, datetime
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backoffice import clock
from backoffice.audit.history import HistoryModel, HistoryQuerySet
from backoffice.errors import DomainError
from backoffice.staff.models import User
from backoffice.staff.permissions import Permission
from backoffice.staff.policy import may
from incidents.choices import (
    TICKET_TRANSITIONS,
    UNDER_WAY,
    Channel,
    CloseReason,
    NoticeTarget,
    Right,
    TicketKind,
    TicketState,
    WaitingFor,
)


class IllegalTransition(DomainError):
    """A ticket cannot go there from where it stands."""

    code = "illegal_transition"


class TicketQuerySet(HistoryQuerySet["Ticket"]):
    """Tickets, in words."""

    def visible_to(self, user: User) -> "TicketQuerySet":
        """Those that `user` may read: all for who handles tickets, none for anybody else."""
        return self.all() if may(user, Permission.HANDLE_TICKETS) else self.none()

    def under_way(self) -> "TicketQuerySet":
        """Those about which somebody must still do something."""
        return self.filter(state__in=UNDER_WAY)


class Ticket(HistoryModel):
    """A question, a complaint or a notice (R40). `reference` is what people name it by: WH-12.

    `due_at` is when somebody must have looked, counted in office hours; none once it is handled.
    `erase_content_on` is the night that takes what it says (R72); none while it is under way, and none
    when a dossier keeps it (R73). `external_id` is the platform's idempotency key.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.BigIntegerField(_("number"), unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=TicketKind.choices)
    channel = models.CharField(_("came by"), max_length=20, choices=Channel.choices)
    site = models.CharField(_("site"), max_length=80)
    state = models.CharField(_("state"), max_length=20, choices=TicketState.choices, default=TicketState.OPEN)
    waiting_for = models.CharField(_("waits for"), max_length=20, choices=WaitingFor.choices, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who handles it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tickets",
    )
    subject = models.CharField(_("subject"), max_length=200)
    contact_name = models.CharField(_("name"), max_length=120, blank=True)
    contact_email = models.CharField(_("e-mail address"), max_length=254, blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    member_id = models.CharField(_("member number"), max_length=80, blank=True)
    received_at = models.DateTimeField(_("received"))
    last_message_at = models.DateTimeField(_("last message"))
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    answered_at = models.DateTimeField(_("first answered"), null=True, blank=True)
    closed_at = models.DateTimeField(_("handled on"), null=True, blank=True)
    close_reason = models.CharField(_("how"), max_length=20, choices=CloseReason.choices, blank=True)
    erase_content_on = models.DateField(_("content goes on"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged_from",
    )
    dossier = models.ForeignKey(
        "incidents.Dossier",
        verbose_name=_("dossier"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tickets",
    )
    no_dossier_reason = models.CharField(_("why no dossier"), max_length=500, blank=True)
    rights = ArrayField(
        models.CharField(max_length=20, choices=Right.choices),
        verbose_name=_("rights it seems to ask for"),
        default=list,
        blank=True,
    )
    rights_from = models.DateTimeField(_("the month runs from"), null=True, blank=True)
    external_id = models.CharField(max_length=80, blank=True)
    external_digest = models.CharField(max_length=64, blank=True, editable=False)

    history_excluded = ("external_digest",)
    objects: ClassVar[models.Manager["Ticket"]] = models.Manager.from_queryset(TicketQuerySet)()

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        ordering = ("due_at", "number")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=TicketKind.values, channel__in=Channel.values)
                & Q(state__in=TicketState.values),
                name="incidents_ticket_known_words",
            ),
            models.CheckConstraint(
                condition=Q(state=TicketState.WAITING, waiting_for__in=WaitingFor.values)
                | (~Q(state=TicketState.WAITING) & Q(waiting_for="")),
                name="incidents_ticket_waits_for_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(UNDER_WAY), due_at__isnull=False)
                | (~Q(state__in=sorted(UNDER_WAY)) & Q(due_at__isnull=True)),
                name="incidents_ticket_under_way_is_due",
            ),
            models.CheckConstraint(
                condition=Q(state=TicketState.CLOSED, closed_at__isnull=False)
                & Q(close_reason__in=CloseReason.values)
                | (~Q(state=TicketState.CLOSED) & Q(closed_at__isnull=True, close_reason="")),
                name="incidents_ticket_closed_says_how",
            ),
            models.CheckConstraint(
                condition=Q(state=TicketState.MERGED, merged_into__isnull=False)
                | (~Q(state=TicketState.MERGED) & Q(merged_into__isnull=True)),
                name="incidents_ticket_merged_has_its_other",
            ),
            models.CheckConstraint(
                condition=~Q(kind=TicketKind.COMPLAINT)
                | Q(dossier__isnull=False)
                | ~Q(no_dossier_reason="")
                | Q(state=TicketState.MERGED),
                name="incidents_ticket_complaint_has_its_dossier",
            ),
            models.CheckConstraint(
                condition=Q(state=TicketState.CLOSED, dossier__isnull=True, erase_content_on__isnull=False)
                | ((~Q(state=TicketState.CLOSED) | Q(dossier__isnull=False)) & Q(erase_content_on=None)),
                name="incidents_ticket_handled_goes",
            ),
            models.CheckConstraint(
                condition=Q(rights=[], rights_from__isnull=True)
                | (~Q(rights=[]) & Q(rights_from__isnull=False)),
                name="incidents_ticket_rights_have_their_clock",
            ),
            models.UniqueConstraint(
                fields=["site", "external_id"],
                condition=~Q(external_id=""),
                name="incidents_ticket_number_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state__in=sorted(UNDER_WAY)), name="incidents_ticket_due"
            ),
            models.Index(fields=["owner", "due_at"], name="incidents_ticket_owner"),
            models.Index(fields=["contact_email", "-received_at"], name="incidents_ticket_sender"),
            models.Index(
                fields=["erase_content_on"],
                condition=Q(erase_content_on__isnull=False),
                name="incidents_ticket_goes",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What people name it by, also in the subject of a mail."""
        return f"WH-{self.number}"

    def is_overdue(self, at: datetime) -> bool:
        """Return whether somebody should have looked before `at`."""
        return self.due_at is not None and self.due_at <= at

    def move_to(self, state: TicketState, *, at: datetime, due_at: datetime | None = None) -> None:
        """Set the state and what follows from it; saves nothing. Raises IllegalTransition.

        `due_at` is for a state that is under way. The caller sets what the new state needs besides:
        `waiting_for`, `close_reason`, `merged_into`.
        """
        if state not in TICKET_TRANSITIONS[self.state]:
            raise IllegalTransition(_("This ticket stands elsewhere now. Look at it again."))
        self.state = state
        self.waiting_for = ""
        self.due_at = due_at if state in UNDER_WAY else None
        self.closed_at = at if state == TicketState.CLOSED else None
        self.close_reason = ""
        self.erase_content_on = self._goes_on(at)

    def _goes_on(self, at: datetime) -> date | None:
        if self.state != TicketState.CLOSED or self.dossier_id is not None:
            return None
        return clock.local_day(at)


class Notice(HistoryModel):
    """What the DSA asks of a notice (article 16(2)) beside the explanation, which is the first message.

    `nameless` says why there is no name and address: only about the abuse of children may there be none.
    """

    ticket = models.OneToOneField(
        Ticket, primary_key=True, on_delete=models.PROTECT, related_name="notice", verbose_name=_("ticket")
    )
    target = models.CharField(_("about"), max_length=20, choices=NoticeTarget.choices)
    target_id = models.CharField(_("its number"), max_length=80, blank=True)
    url = models.URLField(_("where it stands"), max_length=500, blank=True)
    about_child_abuse = models.BooleanField(_("about the sexual abuse of children"), default=False)
    in_good_faith = models.BooleanField(_("in good faith"))
    outcome_told_at = models.DateTimeField(_("outcome told"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.CheckConstraint(
                condition=Q(target__in=NoticeTarget.values) & (~Q(target_id="") | ~Q(url="")),
                name="incidents_notice_says_where",
            ),
        ]

    def __str__(self) -> str:
        return f"{_('notice')} {self.ticket_id}"


class StandardAnswer(HistoryModel):
    """A text that coordinators keep, to answer tickets of a kind with; of every kind when empty."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(_("for"), max_length=20, choices=TicketKind.choices, blank=True)
    title = models.CharField(_("title"), max_length=120, unique=True)
    body = models.TextField(_("text"))
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("standard answer")
        verbose_name_plural = _("standard answers")
        ordering = ("title", "id")

    def __str__(self) -> str:
        return self.title


class Receipt(models.Model):
    """That an address was told that its message came in: counted, so that no loop is ever fed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="receipts")
    mail_id = models.UUIDField()
    address = models.CharField(max_length=254)
    sent_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["address", "-sent_at"], name="incidents_receipt_address")]

    def __str__(self) -> str:
        return f"receipt {self.pk}"
