"""House rules: what people agreed to when they became a member, and what a decision rests on."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backoffice.audit.history import HistoryModel
from moderation.choices import RESTRICTING, DsaCategory, Outcome, PolicyGround
from moderation.models.decisions import Decision
from moderation.transparency.terms import Specification


class Policy(HistoryModel):
    """A house rule in a short tree: a chapter has no outcomes, a rule has a chapter and some.

    `version` goes up with every change of its words, and a decision keeps the one it rests on:
    the words of that version are a history row. Never deleted, only put out of use.
    """

    named_in_history = True

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(_("number"), max_length=10, unique=True)
    chapter = models.ForeignKey(
        "self",
        verbose_name=_("chapter"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="policies",
    )
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), blank=True)
    outcomes = ArrayField(
        models.CharField(max_length=20, choices=Outcome.choices), verbose_name=_("allows"), default=list
    )
    category = models.CharField(
        _("category in the DSA"), max_length=60, choices=DsaCategory.choices, blank=True
    )
    specification = models.CharField(
        _("specification in the DSA"), max_length=60, choices=Specification.choices, blank=True
    )
    ground = models.CharField(
        _("ground"), max_length=10, choices=PolicyGround.choices, default=PolicyGround.TERMS
    )
    legal_reference = models.CharField(_("article of law"), max_length=200, blank=True)
    about_personal_data = models.BooleanField(_("is about personal data"), default=False)
    version = models.PositiveIntegerField(_("version"), default=1)
    position = models.PositiveIntegerField(_("order"), default=0)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("house rule")
        verbose_name_plural = _("house rules")
        ordering = ("position", "code")
        constraints = [
            models.CheckConstraint(
                condition=Q(chapter__isnull=True, outcomes=[])
                | Q(chapter__isnull=False) & ~Q(outcomes=[]) & ~Q(category="") & ~Q(text=""),
                name="moderation_policy_chapter_or_whole_rule",
            ),
            models.CheckConstraint(
                condition=Q(outcomes__contained_by=sorted(RESTRICTING)),
                name="moderation_policy_allows_what_restricts",
            ),
            models.CheckConstraint(
                condition=~Q(ground=PolicyGround.LAW) | ~Q(legal_reference=""),
                name="moderation_policy_law_has_its_article",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class DecisionPolicy(models.Model):
    """That a decision rests on a house rule, as it read at `policy_version`."""

    id = models.BigAutoField(primary_key=True)
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="grounds")
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="+")
    policy_version = models.PositiveIntegerField()

    class Meta:
        ordering = ("policy__position", "id")
        constraints = [
            models.UniqueConstraint(fields=["decision", "policy"], name="moderation_ground_once"),
        ]

    def __str__(self) -> str:
        return f"ground {self.pk}"
