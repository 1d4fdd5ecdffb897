"""Signal rules as coordinators keep them: what to look for in texts, in versions that never change."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backoffice.audit.history import HistoryModel
from moderation.choices import Flag, HelpKind, SubjectKind
from moderation.models.policies import Policy
from moderation.rules.rule import FIELDS

SEVERITIES = [(1, _("1: a tip or a small change")), (2, _("2: hide and contact")), (3, _("3: at once"))]
SLOWEST, FEWEST = 2, 50
"""Milliseconds that one rule may take for a text on average, over so many at least."""

KINDS = [*HelpKind.choices, (SubjectKind.PROFILE.value, SubjectKind.PROFILE.label)]


class Rule(HistoryModel):
    """One thing to look for. What that is stands in its versions; it looks while it is `active`.

    `current` is the version that was switched on last, None as long as there are only drafts.
    `reason` is why it was switched on or off last. Never deleted, only switched off.
    """

    named_in_history = True

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(_("code"), max_length=40, unique=True)
    current = models.ForeignKey(
        "moderation.RuleVersion",
        verbose_name=_("version in use"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    active = models.BooleanField(_("switched on"), default=False)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("signal rule")
        verbose_name_plural = _("signal rules")
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                condition=Q(active=False) | Q(current__isnull=False),
                name="moderation_rule_on_has_its_version",
            ),
        ]
        indexes = [
            # What is looked for, asked with every text that comes in (`selectors.rules`).
            models.Index(fields=["current"], condition=Q(active=True), name="moderation_rule_on"),
        ]

    def __str__(self) -> str:
        return self.current.title if self.current else self.code

    @property
    def at_work(self) -> "RuleVersion | None":
        """The version that looks for something now; None when it is switched off."""
        return self.current if self.active else None


class RuleVersion(models.Model):
    """What a rule looks for, and what that means: written once, never changed (`moderation.rules.rule`).

    Every version but the one in use is a draft that can be tried and switched on, an earlier one too.
    `why` says what was changed and why, empty when it came with the program.
    """

    append_only = True
    named_in_history = True

    id = models.BigAutoField(primary_key=True)
    rule = models.ForeignKey(
        Rule, verbose_name=_("signal rule"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("what the signal says"), max_length=120)
    flag = models.CharField(_("about"), max_length=20, choices=Flag.choices)
    severity = models.PositiveSmallIntegerField(_("severity"), choices=SEVERITIES)
    points = models.PositiveIntegerField(_("hours forward"))
    house_rule = models.ForeignKey(
        Policy,
        verbose_name=_("house rule"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="signal_rules",
    )
    patterns = ArrayField(models.TextField(), verbose_name=_("words"), default=list)
    expressions = ArrayField(models.TextField(), verbose_name=_("expressions"), default=list)
    unless = ArrayField(models.TextField(), verbose_name=_("not when it says"), default=list)
    unless_near = ArrayField(
        models.TextField(), verbose_name=_("not when the sentence also says"), default=list
    )
    unless_anywhere = ArrayField(
        models.TextField(), verbose_name=_("not when it says anywhere"), default=list
    )
    near = ArrayField(models.TextField(), verbose_name=_("only when the sentence also says"), default=list)
    anywhere = ArrayField(models.TextField(), verbose_name=_("only when it says anywhere"), default=list)
    at_least = models.PositiveSmallIntegerField(_("different lines at least"), default=1)
    kinds = ArrayField(
        models.CharField(max_length=10, choices=KINDS), verbose_name=_("only in"), default=list
    )
    why = models.TextField(_("what changed, and why"), blank=True)
    came_with_house = models.BooleanField(_("came with the program"), default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("version of a signal rule")
        verbose_name_plural = _("versions of signal rules")
        ordering = ("-made_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=["rule", "number"], name="moderation_rule_version_once"),
            models.CheckConstraint(
                condition=Q(severity__range=(1, 3)), name="moderation_rule_version_severity"
            ),
            models.CheckConstraint(
                condition=Q(flag__in=Flag.values), name="moderation_rule_version_known_flag"
            ),
            models.CheckConstraint(
                condition=~Q(patterns=[]) | ~Q(expressions=[]), name="moderation_rule_version_seeks_something"
            ),
        ]

    def __str__(self) -> str:
        return _("%(title)s, version %(number)d") % {"title": self.title, "number": self.number}

    @property
    def given(self) -> dict[str, Any]:
        """What it says, as `parse_rule` reads it."""
        said = {name: getattr(self, name) for name in FIELDS if name not in {"code", "house_rule"}}
        return {"code": self.rule.code, "house_rule": self.house_rule.code if self.house_rule else "", **said}


class RuleTrial(models.Model):
    """What a version finds in the last texts that came in, beside the version in use at that moment.

    `found` is a list of texts that one of the two flags: `{kind, subject, version, before, after,
    said}`, where `before` and `after` are places (`[field, start, end]`, characters, half-open) and
    `said` is what was decided about the text: `restricted` (under the rule's house rule), `otherwise`
    (under another one), `approved` or nothing. `missed` lists the same of what was `restricted` and
    one of the two does not find; `seen` of each is whether another rule or detector does. Only our
    own keys stand here, no word of a text: what is removed, or changed since, is not shown any more.
    `milliseconds` is the processor's time that the version took for all `texts` together.
    """

    append_only = True

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(
        RuleVersion, verbose_name=_("version"), on_delete=models.PROTECT, related_name="trials"
    )
    against = models.ForeignKey(
        RuleVersion,
        verbose_name=_("beside"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    tried_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("tried by"), on_delete=models.PROTECT, related_name="+"
    )
    tried_at = models.DateTimeField(_("tried"))
    texts = models.PositiveIntegerField(_("texts"))
    milliseconds = models.PositiveIntegerField()
    found = models.JSONField(default=list)
    missed = models.JSONField(default=list)

    class Meta:
        ordering = ("-tried_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(against__isnull=True) | ~Q(against=F("version")),
                name="moderation_rule_trial_beside_another",
            ),
        ]

    def __str__(self) -> str:
        return f"trial {self.pk}"

    @property
    def is_slow(self) -> bool:
        """Whether what comes in would wait for it: a text has 5 ms for all rules together."""
        return self.milliseconds > SLOWEST * max(self.texts, FEWEST)
