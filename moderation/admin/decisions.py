"""Decisions, to look up. Taking one back or making a new one is done at the desk."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    ChoicesDropdownFilter,
    RangeDateTimeFilter,
    RelatedDropdownFilter,
)
from unfold.decorators import display

from backoffice import clock
from backoffice.staff.permissions import Permission
from backoffice.ui.admin import HouseAdmin
from backoffice.ui.badges import badge
from backoffice.ui.filters import MemberFilter, SiteFilter
from moderation.admin.appeal_verbs import TakeInAppeal
from moderation.admin.links import links_of_member
from moderation.choices import RESTRICTING, DecisionState, Outcome
from moderation.models import Decision
from moderation.policy import last_day_to_appeal, may_appeal
from moderation.selectors.lookup import find_decisions
from moderation.selectors.statements import statement_of
from moderation.services.letters import letter_of

OUTCOME_LOOKS = {
    Outcome.APPROVE: "good",
    Outcome.TIP: "good",
    Outcome.REQUEST_CHANGE: "wait",
    Outcome.HIDE: "urgent",
    Outcome.HOLD_ACCOUNT: "late",
    Outcome.CONFIRM_UNDER_16: "late",
    Outcome.UPHOLD: "",
    Outcome.OVERTURN: "good",
}


@admin.register(Decision)
class DecisionAdmin(HouseAdmin):
    """What was decided, by whom, on which version."""

    view_permission = Permission.SEE_RECORDS
    verbs = (TakeInAppeal(),)
    list_display = (
        "result",
        "subject_kind",
        "site",
        "subject_external_id",
        "decided_by",
        "decided_at",
        "standing",
    )
    list_select_related = ("decided_by",)
    list_filter = (
        ("outcome", ChoicesDropdownFilter),
        ("state", ChoicesDropdownFilter),
        ("decided_by", RelatedDropdownFilter),
        SiteFilter,
        MemberFilter,
        ("decided_at", RangeDateTimeFilter),
    )
    list_filter_submit = True
    search_fields = ("member_id",)
    search_help_text = _("Member number, name of the member, words or number of the request, number or key")
    sortable_by = ("decided_at",)
    fieldsets = (
        (None, {"fields": (("result", "standing"), "reason", "message")}),
        (_("Why"), {"fields": ("reasons",)}),
        (_("The letter"), {"fields": ("letter",)}),
        (_("Appeal"), {"fields": ("objection",)}),
        (
            _("Who and when"),
            {"fields": (("who", "decided_at"), ("undo_until", "final_at"), "sequence")},
        ),
        (
            _("About"),
            {
                "fields": (
                    ("subject_kind", "subject_external_id"),
                    ("site", "member_id"),
                    ("revision", "version"),
                    "review",
                    "elsewhere",
                )
            },
        ),
    )
    readonly_fields = ("result", "standing", "who", "reasons", "letter", "objection", "elsewhere")

    class Media:
        css = {"all": ["moderation/letter.css"]}

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave out reasons, letter and appeal where nobody was restricted."""
        if obj is None or obj.outcome in RESTRICTING:
            return self.fieldsets
        restricts = {("reasons",), ("letter",), ("objection",)}
        return [one for one in self.fieldsets if one[1]["fields"] not in restricts]

    def find(self, queryset: QuerySet[Decision], typed: str) -> QuerySet[Decision]:
        return find_decisions(queryset, typed)

    @display(description=_("outcome"))
    def result(self, decision: Decision) -> SafeString:
        """What was decided."""
        return badge(decision.done, look=OUTCOME_LOOKS[Outcome(decision.outcome)])

    @display(description=_("state"))
    def standing(self, decision: Decision) -> SafeString:
        """Whether it can still be taken back."""
        look = "wait" if decision.state == DecisionState.HELD else ""
        return badge(decision.get_state_display(), look=look)

    @display(description=_("statement of reasons"))
    def reasons(self, decision: Decision) -> SafeString | str:
        """Why, in the words of that day."""
        if (statement := statement_of(decision)) is None:
            return ""
        return render_to_string("moderation/admin/statement.html", {"statement": statement})

    @display(description=_("to the member"))
    def letter(self, decision: Decision) -> SafeString | str:
        """The letter in full, as the member got it or will get it."""
        if (statement := statement_of(decision)) is None:
            return ""
        return render_to_string("moderation/letter.html", {"letter": letter_of(statement)})

    @display(description=_("of the member"))
    def objection(self, decision: Decision) -> SafeString:
        """Whether the member objected, or still may."""
        context = {
            "appeal": getattr(decision, "appeal", None),
            "last_day": last_day_to_appeal(decision),
            "verdict": may_appeal(decision, at=clock.now()),
        }
        return render_to_string("moderation/appeal_term.html", context)

    @display(description=_("decided by"))
    def who(self, decision: Decision) -> str:
        """A name without a link: who looks at decisions may not open the pages of staff."""
        return str(decision.decided_by)

    @display(description=_("of this member"))
    def elsewhere(self, decision: Decision) -> SafeString:
        """Where the rest about this member stands."""
        return links_of_member(decision.site, decision.member_id)
