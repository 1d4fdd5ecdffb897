"""The signal rules: what each looks for, in every version, and what became of what it found."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import BooleanRadioFilter, ChoicesDropdownFilter
from unfold.decorators import display

from backoffice import clock
from backoffice.staff.permissions import Permission
from backoffice.ui.admin import HouseAdmin
from backoffice.ui.badges import badge
from moderation.admin.rule_verbs import (
    AddSignalRule,
    ChangeSignalRule,
    ChangeVersion,
    SwitchOff,
    SwitchOn,
    TryVersion,
)
from moderation.models import Rule, RuleVersion
from moderation.selectors.rule_trials import trial_report
from moderation.selectors.rules import (
    RuleFigures,
    differences,
    figures_by_rule,
    figures_by_version,
    rules_at_work,
    said_by,
)

COUNTED = timedelta(days=90)


def _since() -> datetime:
    return clock.now() - COUNTED


def _look_up(rules: Iterable[Any]) -> None:
    """Set on each rule what became of what it found, and whether it can be used. Two queries."""
    figures = figures_by_rule(since=_since())
    at_work = {rule.code for rule in rules_at_work().rules}
    for rule in rules:
        rule.figures = figures.get(rule.code, RuleFigures())
        rule.works = rule.code in at_work


def _standing(version: RuleVersion) -> SafeString:
    """Whether a version looks for something now."""
    rule = version.rule
    if rule.at_work is not None and rule.at_work.pk == version.pk:
        return badge(_("on"), look="good")
    return badge(_("off"))


@admin.register(Rule)
class RuleAdmin(HouseAdmin):
    """What is looked for in texts, and how often that was right."""

    view_permission = Permission.SEE_RECORDS
    verbs = (AddSignalRule(), ChangeSignalRule(), SwitchOff())
    list_display = ("says", "about", "severity", "standing", "found_in", "called_wrong", "restricted")
    list_display_links = ("says",)
    list_select_related = ("current",)
    list_filter = (
        ("active", BooleanRadioFilter),
        ("current__flag", ChoicesDropdownFilter),
        ("current__severity", ChoicesDropdownFilter),
    )
    list_filter_submit = True
    search_fields = ("code",)
    search_help_text = _("What it says, or words that it looks for")
    ordering = ("current__flag", "current__title", "code")
    sortable_by = ()
    fieldsets = (
        (None, {"fields": (("standing", "code"), "reason", ("found_in", "called_wrong", "restricted"))}),
        (_("What it looks for"), {"fields": ("content",)}),
        (_("Versions"), {"fields": ("all_versions",)}),
    )
    readonly_fields = ("standing", "found_in", "called_wrong", "restricted", "content", "all_versions")
    list_per_page = 200

    class Media:
        css = {"all": ["moderation/rules.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rule]:
        found: QuerySet[Rule] = super().get_queryset(request)
        newer = RuleVersion.objects.filter(rule=OuterRef("pk"), number__gt=OuterRef("current__number"))
        return found.annotate(has_draft=Exists(newer.filter(made_at__gte=_since())))

    def find(self, queryset: QuerySet[Rule], typed: str) -> QuerySet[Rule]:
        return queryset.filter(
            Q(code__icontains=typed)
            | Q(current__title__icontains=typed)
            | Q(current__patterns__icontains=typed)
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show the rules with what became of what they found in ninety days."""
        answer = super().changelist_view(request, extra_context)
        shown = getattr(answer, "context_data", None) or {}  # nothing when it sends people elsewhere
        if "cl" in shown:
            _look_up(shown["cl"].result_list)
        return answer

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Rule | None:
        rule: Rule | None = super().get_object(request, object_id, from_field)
        if rule is not None:
            _look_up([rule])
        return rule

    @display(description=_("what the signal says"))
    def says(self, rule: Rule) -> str:
        """The title of the version in use."""
        return str(rule)

    @display(description=_("about"))
    def about(self, rule: Rule) -> str:
        """What kind of thing it is about."""
        return rule.current.get_flag_display() if rule.current else ""

    @display(description=_("severity"))
    def severity(self, rule: Rule) -> str:
        """How severe it is, 1 to 3."""
        return str(rule.current.severity) if rule.current else ""

    @display(description=_("state"))
    def standing(self, rule: Any) -> SafeString:
        """Whether it looks for anything; a rule that cannot must not go unseen."""
        if rule.active and not rule.works:
            return badge(_("does not work"), look="late")
        if rule.current is None:
            return badge(_("draft"), look="wait")
        standing = badge(_("on"), look="good") if rule.active else badge(_("off"))
        return format_html("{} {}", standing, badge(_("with a draft"), look="wait") if rule.has_draft else "")

    @display(description=_("found in, 90 days"))
    def found_in(self, rule: Any) -> int:
        """In how many items it found something."""
        return int(rule.figures.items)

    @display(description=_("called wrong"))
    def called_wrong(self, rule: Any) -> str:
        """In how many of those a moderator called it wrong."""
        return _share(rule.figures.dismissed, rule.figures.items)

    @display(description=_("restricted"))
    def restricted(self, rule: Any) -> str:
        """How many of those were restricted."""
        return _share(rule.figures.restricted, rule.figures.items)

    @display(description=_("what it looks for"))
    def content(self, rule: Rule) -> SafeString | str:
        """What the version in use says."""
        return _content(rule.current) if rule.current else ""

    @display(description=_("versions"))
    def all_versions(self, rule: Rule) -> SafeString:
        """Every version, the newest first, with what it changed and what became of what it found."""
        figures = figures_by_version(rule, since=_since())
        versions = list(rule.versions.select_related("house_rule", "made_by").order_by("-number"))
        lines = []
        for place, version in enumerate(versions):
            version.rule = rule
            before = versions[place + 1] if place + 1 < len(versions) else None
            lines.append(
                {
                    "version": version,
                    "standing": _standing(version),
                    "changes": differences(version, before) if before else [],
                    "figures": figures.get(version.number, RuleFigures()),
                }
            )
        return render_to_string("moderation/admin/rule_versions.html", {"lines": lines})


@admin.register(RuleVersion)
class RuleVersionAdmin(HouseAdmin):
    """One version: what it showed when it was tried, beside the one in use, and what it says."""

    view_permission = Permission.SEE_RECORDS
    verbs = (SwitchOn(), ChangeVersion(), TryVersion())
    list_display = ("says", "standing", "made_by", "made_at")
    list_display_links = ("says",)
    list_select_related = ("rule__current", "made_by")
    list_filter = (("came_with_house", BooleanRadioFilter),)
    list_filter_submit = True
    search_fields = ("title", "why")
    change_form_outer_before_template = "moderation/admin/rule_version_top.html"
    fieldsets = (
        (None, {"fields": (("standing", "of_rule"), "why", ("made_by", "made_at"))}),
        (_("What it looks for"), {"fields": ("content",)}),
    )
    readonly_fields = ("standing", "of_rule", "content")

    class Media:
        css = {"all": ["moderation/rules.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[RuleVersion]:
        found: QuerySet[RuleVersion] = super().get_queryset(request)
        return found.select_related("rule__current__house_rule", "house_rule", "made_by")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        version = context.get("original")
        if isinstance(version, RuleVersion):
            at_work = version.rule.at_work
            trial = version.trials.select_related("version", "against", "tried_by").first()
            context["report"] = trial_report(trial) if trial else None
            context["changes"] = differences(version, at_work) if at_work else []
            context["at_work"] = at_work
        return super().render_change_form(request, context, *args, **kwargs)

    @display(description=_("what the signal says"))
    def says(self, version: RuleVersion) -> str:
        """Title and number."""
        return str(version)

    @display(description=_("state"))
    def standing(self, version: RuleVersion) -> SafeString:
        """Whether it looks for anything."""
        return _standing(version)

    @display(description=_("signal rule"))
    def of_rule(self, version: RuleVersion) -> SafeString:
        """The way to its rule, with all versions."""
        address = reverse("admin:moderation_rule_change", args=[version.rule_id])
        return format_html('<a class="house-chip" href="{}">{}</a>', address, version.rule)

    @display(description=_("what it looks for"))
    def content(self, version: RuleVersion) -> SafeString:
        """What it says."""
        return _content(version)


def _content(version: RuleVersion) -> SafeString:
    return render_to_string("moderation/admin/rule_content.html", {"said": said_by(version)})


def _share(part: int, whole: int) -> str:
    return f"{part} ({round(100 * part / whole)}%)" if whole else "-"
