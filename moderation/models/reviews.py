"""The work: one open review for each subject, and who has it in hand."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backoffice import clock
from backoffice.audit.history import HistoryModel
from moderation.choices import (
    LOOKS_BACK,
    Flag,
    HeavyKind,
    Queue,
    ReviewState,
    SkipReason,
    SubjectKind,
    VoidReason,
)
from moderation.explanations import label
from moderation.models.subjects import HelpRequest, Profile


class Review(HistoryModel):
    """One look at one subject that somebody must take.

    `version` follows the subject's. `points` is the sum of `reasons` (a list of `{code, points,
    count}`); one point moves it an hour forward: `ranks_at` is `opened_at` minus `points` hours,
    so that items keep their order while they wait. `due_at` is never moved by a change.
    `not_for` decided about it before: somebody else looks. `heavy` is what is hard to read in it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    queue = models.CharField(_("queue"), max_length=20, choices=Queue.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=ReviewState.choices, default=ReviewState.PENDING
    )
    subject_kind = models.CharField(_("about"), max_length=20, choices=SubjectKind.choices)
    profile = models.ForeignKey(
        Profile,
        verbose_name=_("profile"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reviews",
    )
    help_request = models.ForeignKey(
        HelpRequest,
        verbose_name=_("help request"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reviews",
    )
    site = models.CharField(_("site"), max_length=80)
    member_id = models.CharField(_("member number"), max_length=80)
    revision = models.BigIntegerField(_("revision"))
    version = models.PositiveIntegerField(_("version"))
    opened_at = models.DateTimeField(_("waits since"))
    due_at = models.DateTimeField(_("due"))
    ranks_at = models.DateTimeField(editable=False)
    points = models.PositiveIntegerField(_("priority"), default=0)
    reasons = models.JSONField(_("why"), default=list)
    heavy = ArrayField(
        models.CharField(max_length=20, choices=HeavyKind.choices),
        verbose_name=_("hard to read"),
        default=list,
        blank=True,
    )
    escalated = models.BooleanField(_("escalated"), default=False)
    escalation_reason = models.TextField(_("reason of escalation"), blank=True)
    not_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("not for"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    void_reason = models.CharField(_("why void"), max_length=20, choices=VoidReason.choices, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ("-opened_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(profile__isnull=True) | Q(help_request__isnull=True),
                name="moderation_review_at_most_one_subject",
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.DECIDED)
                | Q(state=ReviewState.VOID)
                | Q(queue__in=sorted(LOOKS_BACK))
                | Q(profile__isnull=False, subject_kind=SubjectKind.PROFILE)
                | Q(help_request__isnull=False, subject_kind=SubjectKind.HELP_REQUEST),
                name="moderation_review_pending_has_its_subject",
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.PENDING, closed_at__isnull=True)
                | Q(state__in=[ReviewState.DECIDED, ReviewState.VOID], closed_at__isnull=False),
                name="moderation_review_closed_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.VOID) ^ Q(void_reason=""),
                name="moderation_review_void_has_its_reason",
            ),
            models.CheckConstraint(condition=Q(queue__in=Queue.values), name="moderation_review_known_queue"),
            models.CheckConstraint(
                condition=Q(heavy__contained_by=HeavyKind.values), name="moderation_review_known_heavy_kinds"
            ),
            models.CheckConstraint(
                condition=Q(escalated=False) | ~Q(escalation_reason=""),
                name="moderation_review_escalated_has_its_reason",
            ),
            models.UniqueConstraint(
                fields=["profile"],
                condition=Q(state=ReviewState.PENDING) & ~Q(queue__in=sorted(LOOKS_BACK)),
                name="moderation_review_one_open_profile",
            ),
            models.UniqueConstraint(
                fields=["help_request"],
                condition=Q(state=ReviewState.PENDING) & ~Q(queue__in=sorted(LOOKS_BACK)),
                name="moderation_review_one_open_request",
            ),
        ]
        indexes = [
            models.Index(
                fields=["queue", "ranks_at", "id"],
                condition=Q(state=ReviewState.PENDING),
                name="moderation_review_next",
            ),
            models.Index(
                fields=["queue", "due_at", "ranks_at"],
                condition=Q(state=ReviewState.PENDING),
                name="moderation_review_overdue",
            ),
            models.Index(
                fields=["opened_at"],
                condition=Q(state=ReviewState.PENDING) & ~Q(heavy=[]),
                name="moderation_review_heavy",
            ),
            models.Index(fields=["site", "member_id"], name="moderation_review_member"),
            models.Index(fields=["opened_at"], name="moderation_review_opened"),
            models.Index(F("closed_at").desc(nulls_last=True), name="moderation_review_closed"),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_kind_display()} {str(self.pk)[:8]}"

    @classmethod
    def in_words(cls, field: str, value: Any) -> str | None:
        """Return why it stood where it stood as a person reads it, each reason with its points."""
        if field == "heavy":
            return HeavyKind.in_words(value)
        if field != "reasons":
            return super().in_words(field, value)
        said = [(label(one["code"], params=one.get("params", {})), one["points"]) for one in value]
        return ", ".join(f"{why} +{points}" for why, points in said)

    @property
    def subject(self) -> Profile | HelpRequest | None:
        """What is reviewed; None once it was removed."""
        return self.profile or self.help_request

    @property
    def heavy_words(self) -> str:
        """What is hard to read in it, in words; empty when nothing is."""
        return HeavyKind.in_words(self.heavy)

    @property
    def listed_as(self) -> str:
        """What stands for it in a list: its subject, or only the kind of what is hard to read."""
        return self.heavy_words or str(self.subject or self)

    @property
    def due_on(self) -> date:
        """The last day, in Amsterdam, on which a decision is in time; `due_at` is its end."""
        return clock.local_day(self.due_at - timedelta.resolution)


class Lease(models.Model):
    """That somebody has a review in hand until `expires_at`.

    `epoch` goes up whenever the holder changes: a decision made under an older one is refused.
    """

    review = models.OneToOneField(Review, primary_key=True, on_delete=models.CASCADE, related_name="lease")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="leases")
    epoch = models.BigIntegerField(default=1)
    taken_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["holder", "expires_at"], name="moderation_lease_holder")]

    def __str__(self) -> str:
        return f"lease of {self.review_id}, epoch {self.epoch}"


class Draft(models.Model):
    """What somebody was writing about a review; it outlives their lease, not the review."""

    id = models.BigAutoField(primary_key=True)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="drafts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    body = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "author"], name="moderation_draft_one_each"),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class Skip(models.Model):
    """That somebody left a review to a colleague, and why. They are not offered it again."""

    id = models.BigAutoField(primary_key=True)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="skips")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=SkipReason.choices)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "user"], name="moderation_skip_one_each"),
            models.CheckConstraint(
                condition=Q(reason__in=SkipReason.values), name="moderation_skip_known_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"skip {self.pk}"


class Note(models.Model):
    """A remark among colleagues about a review; it goes with the member."""

    id = models.BigAutoField(primary_key=True)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("note"), max_length=2000)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"note {self.pk}"


class Signal(models.Model):
    """Something a detector or a rule found in one version of a subject.

    `rule_version` is the version of the rule that found it, None for a detector. `start` and `end`
    are offsets in characters (half-open) in `field`; both 0 when the signal is about the record as
    a whole. The reason in words follows from `code` and `params`.
    """

    id = models.BigAutoField(primary_key=True)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="signals")
    version = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    rule_version = models.PositiveIntegerField(null=True, blank=True)
    field = models.CharField(max_length=20, blank=True)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    points = models.PositiveIntegerField()
    flag = models.CharField(_("about"), max_length=20, choices=Flag.choices, blank=True)
    severity = models.PositiveSmallIntegerField(_("severity"), default=1)
    params = models.JSONField(default=dict)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dismissed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("field", "start", "id")
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="moderation_signal_span"),
            models.CheckConstraint(
                condition=Q(dismissed_by__isnull=True, dismissed_at__isnull=True)
                | Q(dismissed_by__isnull=False, dismissed_at__isnull=False),
                name="moderation_signal_dismissed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.start}-{self.end}"
