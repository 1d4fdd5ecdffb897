"""The house rules as a tree, with the standard texts of each."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import BooleanRadioFilter
from unfold.decorators import display

from backoffice.staff.permissions import Permission
from backoffice.ui.admin import HouseAdmin
from backoffice.ui.badges import badge
from moderation.admin.house_rule_verbs import AddRule, ChangeRule, RestoreRule, RetireRule
from moderation.choices import Outcome
from moderation.models import DecisionPolicy, Policy, StandardText


@admin.register(Policy)
class PolicyAdmin(HouseAdmin):
    """What people agreed to when they became a member, and what a decision rests on."""

    view_permission = Permission.SEE_RECORDS
    verbs = (AddRule(), ChangeRule(), RetireRule(), RestoreRule())
    list_display = ("rule", "allows", "texts_in_use", "standing", "version")
    list_display_links = ("rule",)
    list_filter = (("active", BooleanRadioFilter),)
    list_filter_submit = True
    search_fields = ("code", "title", "text")
    search_help_text = _("Number or words")
    ordering = ("position", "code")
    sortable_by = ()
    fieldsets = (
        (None, {"fields": ("text", ("allows", "standing"), "chapter")}),
        (_("Standard texts"), {"fields": ("standard_texts",)}),
        (
            _("In the statement of reasons"),
            {
                "fields": (
                    ("category", "specification"),
                    ("ground", "legal_reference"),
                    "about_personal_data",
                    ("version", "rested_on"),
                )
            },
        ),
    )
    readonly_fields = ("rule", "allows", "standing", "standard_texts", "rested_on")

    class Media:
        css = {"all": ["moderation/letter.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Policy]:
        found: QuerySet[Policy] = super().get_queryset(request)
        return found.annotate(texts_count=Count("texts"))

    @display(description=_("house rule"))
    def rule(self, rule: Policy) -> SafeString:
        """Number and title; a chapter stands out, its rules are set in."""
        look = "house-chapter" if rule.chapter_id is None else "house-rule"
        return format_html('<span class="{}"><b>{}</b> {}</span>', look, rule.code, rule.title)

    @display(description=_("allows"))
    def allows(self, rule: Policy) -> str:
        """The decisions that may rest on it."""
        return ", ".join(str(Outcome(outcome).label) for outcome in rule.outcomes)

    @display(description=_("standard texts"))
    def texts_in_use(self, rule: Any) -> str:
        """How many standard texts go with it."""
        return str(rule.texts_count) if rule.chapter_id else ""

    @display(description=_("state"))
    def standing(self, rule: Policy) -> SafeString:
        """Whether it can be chosen."""
        return badge(_("in use"), look="good") if rule.active else badge(_("out of use"))

    @display(description=_("decisions that rest on it"))
    def rested_on(self, rule: Policy) -> int:
        """How many decisions name it, in whatever version."""
        return DecisionPolicy.objects.filter(policy=rule).count()

    @display(description=_("texts"))
    def standard_texts(self, rule: Policy) -> SafeString:
        """The texts that coordinators keep for it, with the way to each."""
        texts = [(text, _address(text)) for text in rule.texts.all()]
        return render_to_string("moderation/admin/texts_of_rule.html", {"texts": texts})


def _address(text: StandardText) -> str:
    try:
        return reverse("admin:moderation_standardtext_change", args=[text.pk])
    except NoReverseMatch:
        return ""
