"""A member who does not agree."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backoffice.audit.history import HistoryModel
from moderation.choices import AppealChannel, Outcome, ReviewState
from moderation.models.decisions import Decision
from moderation.models.reviews import Review


class Appeal(HistoryModel):
    """An objection of a member against a final decision, judged once in a review of its own.

    The ruling is the decision that stands on that review. `external_id` is the platform's number,
    empty when the servicedesk took it in.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    decision = models.OneToOneField(
        Decision, verbose_name=_("against"), on_delete=models.PROTECT, related_name="appeal"
    )
    review = models.OneToOneField(
        Review, verbose_name=_("review"), on_delete=models.PROTECT, related_name="appeal"
    )
    site = models.CharField(_("site"), max_length=80)
    member_id = models.CharField(_("member number"), max_length=80)
    external_id = models.CharField(_("its number"), max_length=80, blank=True)
    channel = models.CharField(_("came by"), max_length=20, choices=AppealChannel.choices)
    text = models.TextField(_("what the member says"))
    received_at = models.DateTimeField(_("received"))

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ("-received_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=AppealChannel.values) & ~Q(text=""),
                name="moderation_appeal_says_something",
            ),
            models.UniqueConstraint(
                fields=["site", "external_id"],
                condition=~Q(external_id=""),
                name="moderation_appeal_number_once",
            ),
        ]
        indexes = [models.Index(fields=["site", "member_id"], name="moderation_appeal_member")]

    def __str__(self) -> str:
        return f"{_('appeal')} {str(self.pk)[:8]}"

    @property
    def ruling(self) -> Decision | None:
        """The decision on the appeal, which may still be taken back; None while it is open."""
        if self.review.state != ReviewState.DECIDED:
            return None
        return (
            self.review.decisions.filter(outcome__in=(Outcome.UPHOLD, Outcome.OVERTURN))
            .exclude(state="undone")
            .first()
        )
