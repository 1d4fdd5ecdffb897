"""Links from one list to another."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

_LISTS = (
    ("admin:moderation_profile_changelist", _("Profile")),
    ("admin:moderation_helprequest_changelist", _("Help requests and offers")),
    ("admin:moderation_review_changelist", _("Reviews")),
    ("admin:moderation_decision_changelist", _("Decisions")),
)


def links_of_member(site: str, member_id: str) -> SafeString:
    """Return links to everything here of one member."""
    query = urlencode({"site": site, "member_id": member_id})
    return format_html_join(
        " ",
        '<a class="house-chip" href="{}?{}">{}</a>',
        ((reverse(name), query, title) for name, title in _LISTS),
    )
