"""What was decided, by whom, on which version: a chain of rows, never an edit."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backoffice.audit.history import HistoryModel
from moderation.choices import APPROVING, ON_APPEAL, DecisionState, Outcome, SubjectKind
from moderation.models.reviews import Review


class Decision(HistoryModel):
    """One decision of one person about one version of a subject.

    It is held until `undo_until`; then it becomes final, gets the next `sequence` (the cursor of
    the decisions feed, in order of commit) and leaves by webhook. Those of one `lot` were made with
    one press.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    review = models.ForeignKey(
        Review, verbose_name=_("review"), null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    site = models.CharField(_("site"), max_length=80)
    subject_kind = models.CharField(_("about"), max_length=20, choices=SubjectKind.choices)
    subject_external_id = models.CharField(_("its number"), max_length=80)
    member_id = models.CharField(_("member number"), max_length=80)
    revision = models.BigIntegerField(_("revision"))
    version = models.PositiveIntegerField(_("version"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    rules_on = models.ForeignKey(
        "self",
        verbose_name=_("rules on"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rulings",
    )
    reason = models.TextField(_("reason"), blank=True)
    message = models.TextField(_("text to the member"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=DecisionState.choices, default=DecisionState.HELD
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    decided_at = models.DateTimeField(_("decided"))
    lot = models.UUIDField(_("approved together"), null=True, blank=True)
    lease_epoch = models.BigIntegerField(editable=False)
    undo_until = models.DateTimeField(_("can be taken back until"))
    final_at = models.DateTimeField(_("final"), null=True, blank=True)
    sequence = models.BigIntegerField(_("number"), null=True, blank=True, unique=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("-decided_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="moderation_decision_known_outcome"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=sorted(APPROVING)) | ~Q(reason=""),
                name="moderation_decision_restricting_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=DecisionState.FINAL, sequence__isnull=False, final_at__isnull=False)
                | (~Q(state=DecisionState.FINAL) & Q(sequence__isnull=True, final_at__isnull=True)),
                name="moderation_decision_final_has_its_number",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.TIP) | ~Q(message=""),
                name="moderation_decision_tip_says_something",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=sorted(ON_APPEAL), rules_on__isnull=False)
                | (~Q(outcome__in=sorted(ON_APPEAL)) & Q(rules_on__isnull=True)),
                name="moderation_decision_on_appeal_rules_on_another",
            ),
            models.UniqueConstraint(
                fields=["review"],
                condition=~Q(state=DecisionState.UNDONE),
                name="moderation_decision_one_that_stands",
            ),
        ]
        indexes = [
            models.Index(
                fields=["undo_until"], condition=Q(state=DecisionState.HELD), name="moderation_decision_held"
            ),
            models.Index(fields=["site", "sequence"], name="moderation_decision_feed"),
            models.Index(fields=["site", "member_id"], name="moderation_decision_member"),
            models.Index(fields=["decided_by", "-decided_at"], name="moderation_decision_mine"),
            models.Index(fields=["decided_at"], name="moderation_decision_at"),
            models.Index(fields=["lot"], condition=Q(lot__isnull=False), name="moderation_decision_lot"),
        ]

    def __str__(self) -> str:
        return f"{self.done} {str(self.pk)[:8]}"

    @property
    def done(self) -> str:
        """What was decided, in words."""
        return Outcome(self.outcome).done


class Numbering(models.Model):
    """The last number given in a series; numbers are never given twice, also after an erasure."""

    series = models.CharField(primary_key=True, max_length=40)
    last = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"


class StandardText(HistoryModel):
    """A text that coordinators keep, offered when a decision is explained to a member."""

    id = models.BigAutoField(primary_key=True)
    outcome = models.CharField(_("for"), max_length=20, choices=Outcome.choices)
    policy = models.ForeignKey(
        "moderation.Policy",
        verbose_name=_("house rule"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="texts",
    )
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"))
    position = models.PositiveIntegerField(_("order"), default=0)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("standard text")
        verbose_name_plural = _("standard texts")
        ordering = ("outcome", "position", "id")
        constraints = [
            models.UniqueConstraint(fields=["outcome", "title"], name="moderation_text_title_once"),
        ]

    def __str__(self) -> str:
        return self.title
