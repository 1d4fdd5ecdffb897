"""Why a decision restricts somebody: the statement of reasons of the DSA's article 17."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backoffice.audit.history import HistoryModel
from moderation.choices import APPEALABLE, DsaCategory, PolicyGround
from moderation.models.decisions import Decision
from moderation.transparency.terms import (
    NOT_AUTOMATED,
    AccountMeasure,
    ContentType,
    ServiceMeasure,
    Source,
    Specification,
    Visibility,
)

MONTHS_TO_OBJECT = 6
"""DSA article 20(1): at least six months."""


@dataclass(frozen=True, kw_only=True)
class RuleAsItWas:
    """A house rule in the words that it had when a decision was rested on it."""

    code: str
    title: str
    text: str
    version: int
    ground: str
    legal_reference: str
    category: str
    specification: str
    about_personal_data: bool


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What a signal said, in Dutch; `found` is the member's own words that it marked, or empty."""

    code: str
    sentence: str
    found: str


class Statement(HistoryModel):
    """Every field of article 17(3), frozen as it was when the decision was made.

    The letter to the member, the answer to who reported it and the transparency record are made
    from this row (and its decision) alone. It never says who reported something. Goes with the
    account. Days are those of Amsterdam; `ends_on` is the first day without the restriction, empty
    for "until further notice"; `object_until` is the last day on which the member may
    object, where somebody may (`may_object`).
    """

    automated_decision = NOT_AUTOMATED

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    decision = models.OneToOneField(
        Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="statement"
    )
    # (a) what happens, where and how long
    visibility = models.CharField(_("the text"), max_length=60, choices=Visibility.choices, blank=True)
    service = models.CharField(
        _("use of the site"), max_length=60, choices=ServiceMeasure.choices, blank=True
    )
    account = models.CharField(_("the account"), max_length=60, choices=AccountMeasure.choices, blank=True)
    territory = ArrayField(models.CharField(max_length=2), verbose_name=_("countries"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    # (b) facts and circumstances
    content_title = models.CharField(_("title"), max_length=200, blank=True)
    content_types = ArrayField(
        models.CharField(max_length=40, choices=ContentType.choices), verbose_name=_("content")
    )
    content_on = models.DateField(_("date of the content"))
    content_language = models.CharField(_("language"), max_length=2)
    source = models.CharField(_("source"), max_length=40, choices=Source.choices)
    facts = models.JSONField(_("facts"), default=list)
    # (c) automated means
    automated_detection = models.BooleanField(_("found by a machine"))
    # (d), (e) the ground
    ground = models.CharField(_("ground"), max_length=10, choices=PolicyGround.choices)
    rules = models.JSONField(_("house rules"), default=list)
    category = models.CharField(_("category in the DSA"), max_length=60, choices=DsaCategory.choices)
    more_categories = ArrayField(
        models.CharField(max_length=60, choices=DsaCategory.choices),
        verbose_name=_("other categories"),
        default=list,
        blank=True,
    )
    specifications = ArrayField(
        models.CharField(max_length=60, choices=Specification.choices),
        verbose_name=_("specification"),
        default=list,
        blank=True,
    )
    # (f) redress
    object_until = models.DateField(_("may object until"))

    class Meta:
        verbose_name = _("statement of reasons")
        verbose_name_plural = _("statements of reasons")
        constraints = [
            models.CheckConstraint(
                condition=~Q(visibility="") | ~Q(service="") | ~Q(account=""),
                name="moderation_statement_restricts_something",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="moderation_statement_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(object_until__gt=F("starts_on")), name="moderation_statement_can_be_objected_to"
            ),
        ]

    def __str__(self) -> str:
        return f"statement {str(self.pk)[:8]}"

    @property
    def rules_as_they_were(self) -> list[RuleAsItWas]:
        """The house rules that it rests on, in the words of that day."""
        return [RuleAsItWas(**rule) for rule in self.rules]

    @property
    def facts_found(self) -> list[Fact]:
        """What was found, in words."""
        return [Fact(**fact) for fact in self.facts]

    @property
    def may_object(self) -> bool:
        """Whether a member may object to it; not where nothing is left to judge by."""
        return self.decision.outcome in APPEALABLE

    @property
    def about_personal_data(self) -> bool:
        """Whether it concerns personal data: the letter then names the supervisor (R89)."""
        return any(rule.about_personal_data for rule in self.rules_as_they_were)


def frozen(part: RuleAsItWas | Fact) -> dict[str, Any]:
    """Return a part of a statement as its row keeps it."""
    return dict(vars(part))
