"""What follows from a founded dossier: a measure, and when it happens again a proposal."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backoffice.audit.history import HistoryModel
from incidents.choices.dossiers import WEIGHED, CountsHalf, MeasureKind, ProposalState, SameBy
from incidents.models.dossiers import Dossier
from incidents.models.parties import Party

FACTORS = ("how_many", "how_large_a_part", "how_bad", "intention")


class Measure(HistoryModel):
    """What is done about somebody, with its statement of reasons (DSA article 17).

    `facts` says what happened and `ground` which term or rule that broke: both stand in the letter.
    `FACTORS` are those of DSA article 23(3): how many times, how large a part of all they do, how
    bad and with what consequences, and their intention. `proposed` is what the ladder proposed:
    another `kind` was a person's choice. Half-open: `starts_on` to `ends_on`; no end for what is for
    good. `site` and `member_id` are empty for somebody without an account.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(
        Dossier, verbose_name=_("dossier"), on_delete=models.PROTECT, related_name="measures"
    )
    party = models.ForeignKey(
        Party, verbose_name=_("party"), on_delete=models.PROTECT, related_name="measures"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=MeasureKind.choices)
    proposed = models.CharField(_("the next step was"), max_length=20, choices=MeasureKind.choices)
    facts = models.TextField(_("facts"))
    ground = models.TextField(_("rule or term"))
    how_many = models.TextField(_("how many times"), blank=True)
    how_large_a_part = models.TextField(_("how large a part of what they do"), blank=True)
    how_bad = models.TextField(_("how bad, with what consequences"), blank=True)
    intention = models.TextField(_("intention"), blank=True)
    site = models.CharField(_("site"), max_length=80)
    member_id = models.CharField(_("member number"), max_length=80, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    taken_at = models.DateTimeField(_("taken at"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("taken by"), on_delete=models.PROTECT, related_name="+"
    )
    letter = models.TextField(_("letter"))
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)
    lifted_because = models.TextField(_("why it was lifted"), blank=True)

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ("taken_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=MeasureKind.values, proposed__in=MeasureKind.values),
                name="incidents_measure_known_kind",
            ),
            models.CheckConstraint(
                condition=~Q(facts="") & ~Q(ground="") & ~Q(letter=""), name="incidents_measure_has_reasons"
            ),
            models.CheckConstraint(
                condition=Q(kind=MeasureKind.SUSPENSION, ends_on__gt=F("starts_on"))
                | (~Q(kind=MeasureKind.SUSPENSION) & Q(ends_on__isnull=True)),
                name="incidents_measure_only_a_suspension_ends",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(WEIGHED))
                | (~Q(how_many="") & ~Q(how_large_a_part="") & ~Q(how_bad="") & ~Q(intention="")),
                name="incidents_measure_is_weighed",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_because="")
                | (Q(lifted_at__isnull=False) & ~Q(lifted_because="")),
                name="incidents_measure_lifted_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["site", "member_id"], condition=~Q(member_id=""), name="incidents_measure_member"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {str(self.pk)[:8]}"


class RepetitionProposal(HistoryModel):
    """Two or more founded dossiers about the same person: a proposal to a coordinator, and no more (R50).

    Nothing follows from it by itself. `note` says what the coordinator made of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN
    )
    raised_at = models.DateTimeField(_("raised at"))
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("settled by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("proposal after repetition")
        verbose_name_plural = _("proposals after repetition")
        ordering = ("-raised_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state=ProposalState.OPEN, settled_at__isnull=True, settled_by__isnull=True, note=""
                )
                | (
                    Q(state__in=[ProposalState.TAKEN_UP, ProposalState.SET_ASIDE])
                    & Q(settled_at__isnull=False, settled_by__isnull=False)
                    & ~Q(note="")
                ),
                name="incidents_proposal_settled_with_a_note",
            ),
        ]

    def __str__(self) -> str:
        return f"{_('proposal')} {str(self.pk)[:8]}"


class Evidence(HistoryModel):
    """One founded dossier that a proposal rests on, and by what its person is the same.

    `halves` is what it counts: 2 for a whole dossier, 1 where `because` says why it counts for half.
    """

    id = models.BigAutoField(primary_key=True)
    proposal = models.ForeignKey(
        RepetitionProposal, verbose_name=_("proposal"), on_delete=models.PROTECT, related_name="evidence"
    )
    party = models.ForeignKey(
        Party, verbose_name=_("party"), on_delete=models.PROTECT, related_name="evidence"
    )
    same_by = ArrayField(
        models.CharField(max_length=20, choices=SameBy.choices), default=list, verbose_name=_("the same by")
    )
    halves = models.PositiveSmallIntegerField(_("counts in halves"))
    because = models.CharField(_("why half"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("evidence of repetition")
        verbose_name_plural = _("evidence of repetition")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "party"], name="incidents_evidence_once"),
            models.CheckConstraint(
                condition=Q(halves=2, because="") | (Q(halves=1) & ~Q(because="")),
                name="incidents_evidence_says_why_half",
            ),
        ]

    def __str__(self) -> str:
        return f"{_('evidence of repetition')} {self.pk}"

    @property
    def same_by_words(self) -> str:
        """By what this is the same person, as people say it."""
        return ", ".join(str(SameBy(each).label) for each in self.same_by)

    @property
    def because_words(self) -> str:
        """Why it counts for half, empty when it counts for whole."""
        return str(CountsHalf(self.because).label) if self.because else ""
