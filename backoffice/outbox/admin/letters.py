"""Letters by mail: what left the house, what waits to, and what was given up."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from backoffice import clock
from backoffice.outbox.admin.outgoing import OutgoingAdmin
from backoffice.outbox.models import Mail, MailState
from backoffice.outbox.policy import may_read_body
from backoffice.outbox.problems import explain_letter_problem
from backoffice.outbox.selectors import letters_by_kind
from backoffice.outbox.services.retries import retry_letters
from backoffice.outbox.verbs import RetryLetter
from backoffice.staff.models import User
from backoffice.ui.filters import SiteFilter

OVERVIEW_DAYS = 30


@admin.register(Mail)
class MailAdmin(OutgoingAdmin):
    """Whom a letter is to and what it says is for who may see records only."""

    states = MailState
    verbs = (RetryLetter(),)
    list_before_template = "outbox/letters_top.html"  # type: ignore[assignment]
    list_display = ("called", "mail_class", "site", "standing", "attempts", "problem", "next_attempt", "made")
    list_filter = (("state", ChoicesDropdownFilter), ("mail_class", ChoicesDropdownFilter), SiteFilter)
    readonly_fields = ("code", "standing", "problem", "next_attempt", "key", "says")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        shown: list[Any] = [
            (None, {"fields": (("mail_class", "standing"), ("code", "site"), "problem")}),
            (
                _("Attempts"),
                {
                    "fields": (
                        ("attempts", "created_at"),
                        ("last_attempt_at", "next_attempt"),
                        ("sent_at", "bounced_at"),
                    )
                },
            ),
            (_("About"), {"fields": (("key", "about"),)}),
        ]
        if may_read_body(request.user):
            shown.append((_("What it says"), {"fields": (("recipient", "member_id"), "subject", "says")}))
        return shown

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        kinds = letters_by_kind(since=clock.now() - timedelta(days=OVERVIEW_DAYS))
        context = {"kinds": kinds, "states": list(MailState), "days": OVERVIEW_DAYS, **(extra_context or {})}
        return super().changelist_view(request, context)

    def explain(self, problem: str) -> str:
        return explain_letter_problem(problem)

    def retry(self, *, actor: User, keys: Collection[UUID]) -> int:
        return retry_letters(actor=actor, mail_ids=keys, at=clock.now())

    @display(description=_("letter"))
    def called(self, mail: Mail) -> str:
        """Enough of its key to know it by."""
        return str(mail)

    @display(description=_("letter"))
    def code(self, mail: Mail) -> SafeString:
        """Which of our letters it is, by its code."""
        return format_html('<code class="house-code">{}</code>', mail.template)

    @display(description=_("text"))
    def says(self, mail: Mail) -> SafeString:
        """The letter as it is read."""
        return format_html('<div class="house-letter">{}</div>', mail.body)
