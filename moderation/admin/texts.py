"""The standard texts, as moderators are offered them."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from backoffice.staff.permissions import Permission
from backoffice.ui.admin import HouseAdmin
from backoffice.ui.badges import badge
from backoffice.ui.pages import house_page
from backoffice.ui.verb_pages import offers
from moderation.admin.text_verbs import AddText, ChangeText, MoveDown, MoveUp, RestoreText, RetireText
from moderation.models import StandardText
from moderation.selectors.standard_texts import texts_by_outcome
from moderation.standard_texts import preview


@admin.register(StandardText)
class StandardTextAdmin(HouseAdmin):
    """Texts for each outcome, in the order of the desk."""

    view_permission = Permission.MANAGE_STANDARD_TEXTS
    verbs = (AddText(), ChangeText(), RetireText(), RestoreText(), MoveUp(), MoveDown())
    list_display = ("title", "outcome", "active")
    search_fields = ("title", "body")
    fieldsets = (
        (None, {"fields": (("title", "standing"), ("outcome", "policy"), "body")}),
        (_("As a member may read it"), {"fields": ("letter",)}),
    )
    readonly_fields = ("standing", "letter")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show the texts as they are chosen from: by outcome, in order."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return house_page(
            request,
            "moderation/texts.html",
            title=self.opts.verbose_name_plural or "",
            opts=self.opts,
            offers=offers(self, request, None),
            groups=texts_by_outcome(),
            **(extra_context or {}),
        )

    @display(description=_("state"))
    def standing(self, text: StandardText) -> SafeString:
        """Whether moderators can choose it."""
        return badge(_("in use"), look="good") if text.active else badge(_("out of use"))

    @display(description=_("example"))
    def letter(self, text: StandardText) -> SafeString:
        """The text with its places filled in."""
        return format_html('<div class="house-letter">{}</div>', preview(text.body))
