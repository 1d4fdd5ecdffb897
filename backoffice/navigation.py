"""Unfold's settings: the look, the sidebar, and what the command palette may find.

Apps above the ground floor are named by string and by URL name only. Whoever may not see a page
does not get its line; the page itself asks again.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse, reverse_lazy
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _


def _allowed(*permissions: str) -> Callable[[HttpRequest], bool]:
    """Whether this person holds one of these."""

    def callback(request: HttpRequest) -> bool:
        user = request.user
        return user.is_active and any(user.has_perm(f"staff.{permission}") for permission in permissions)

    return callback


def _has_page(name: str) -> Callable[[HttpRequest], bool]:
    """Whether the page exists and this person's role opens it; `name` is a URL name of the admin."""
    permissions = _PERMISSIONS[name].split()

    def callback(request: HttpRequest) -> bool:
        return _allowed(*permissions)(request) and bool(_link(name))

    return callback


def _link(name: str, *args: str) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


_lazy_link = lazy(_link, str)

_PERMISSIONS = {
    "incidents:dossiers": "handle_dossiers see_all_dossiers",
    "admin:moderation_review_changelist": "see_records",
    "admin:moderation_decision_changelist": "see_records",
    "admin:moderation_profile_changelist": "see_records",
    "admin:moderation_helprequest_changelist": "see_records",
    "admin:moderation_policy_changelist": "see_records",
    "admin:moderation_rule_changelist": "see_records",
    "admin:moderation_standardtext_changelist": "manage_standard_texts",
    "moderation:second-looks": "settle_second_looks",
    "moderation:ties": "decide_reviews",
    "moderation:appeals": "take_in_appeals",
    "moderation:care": "see_photos",
    "incidents:tickets": "handle_tickets",
    "incidents:call": "handle_tickets",
    "incidents:standard-answers": "manage_standard_texts",
    "admin:staff_user_changelist": "manage_staff",
    "admin:platforms_apikey_changelist": "manage_connections",
    "admin:outbox_webhookendpoint_changelist": "manage_connections",
    "admin:outbox_delivery_changelist": "manage_connections",
    "admin:outbox_mail_changelist": "manage_connections",
    "admin:audit_event_changelist": "see_events",
}


def _page(title: str | Promise, icon: str, name: str, **more: str) -> dict[str, Any]:
    return {"title": title, "icon": icon, "link": _lazy_link(name), "permission": _has_page(name), **more}


def _queue(title: str | Promise, icon: str, slug: str, badge: str) -> dict[str, Any]:
    return {
        "title": title,
        "icon": icon,
        "link": _lazy_link("moderation:queue", slug),
        "badge": f"moderation.views.badges.{badge}",
        "permission": _allowed("view_queues"),
    }


# One line for each queue, in the order of moderation's enum; a test holds the two together.
QUEUES = [
    _queue(_("Urgent"), "priority_high", "urgent", "urgent"),
    _queue(_("Age unknown"), "help", "age-unknown", "age_unknown"),
    _queue(_("New profiles"), "person_add", "new-profiles", "new_profiles"),
    _queue(_("Changed profiles"), "manage_accounts", "changed-profiles", "changed_profiles"),
    _queue(_("Help requests and offers"), "volunteer_activism", "help-requests", "help_requests"),
    _queue(_("Appeals"), "balance", "appeals", "appeals"),
    _queue(_("Second looks"), "visibility", "second-looks", "second_looks"),
]

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": _("WeHelpen back-office"),
    "SITE_HEADER": _("WeHelpen back-office"),
    "SITE_SYMBOL": "diversity_1",
    "SITE_URL": None,
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda _request: static("backoffice/icon.svg")}
    ],
    "SHOW_HISTORY": False,  # Django's own page reads LogEntry, which we do not write
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_LANGUAGES": False,
    "SHOW_BACK_BUTTON": False,
    "DASHBOARD_CALLBACK": "moderation.views.home.context",
    "BORDER_RADIUS": "8px",
    "STYLES": [lambda _request: static("backoffice/house.css")],
    "SCRIPTS": [lambda _request: static("backoffice/shell.js")],
    "COLORS": {
        "primary": {
            "50": "oklch(97.5% .018 195)",
            "100": "oklch(94.5% .04 195)",
            "200": "oklch(89% .07 195)",
            "300": "oklch(82% .095 195)",
            "400": "oklch(75% .105 195)",
            "500": "oklch(70% .105 195)",
            "600": "oklch(47% .085 200)",
            "700": "oklch(42% .078 202)",
            "800": "oklch(36% .066 204)",
            "900": "oklch(31% .055 206)",
            "950": "oklch(23% .042 208)",
        },
        "font": {
            "subtle-light": "var(--color-base-600)",
            "subtle-dark": "var(--color-base-400)",
            "default-light": "var(--color-base-700)",
            "default-dark": "var(--color-base-200)",
            "important-light": "var(--color-base-900)",
            "important-dark": "var(--color-base-50)",
        },
    },
    "COMMAND": {
        # The palette keeps what it found for five minutes: only what is no secret among those who may look.
        "search_models": ["staff.user", "moderation.standardtext", "outbox.webhookendpoint"],
        "show_history": False,
    },
    "SIDEBAR": {
        "show_search": False,
        "command_search": True,
        "show_all_applications": False,
        "navigation": [
            {"items": [{"title": _("Home"), "icon": "home", "link": reverse_lazy("admin:index")}]},
            {"title": _("Queues"), "items": QUEUES},
            {
                "title": _("Servicedesk"),
                "items": [
                    _page(_("Tickets"), "inbox", "incidents:tickets"),
                    _page(_("Somebody calls"), "call", "incidents:call"),
                    _page(_("Dossiers"), "folder_shared", "incidents:dossiers"),
                ],
            },
            {
                "title": _("Look up"),
                "items": [
                    _page(
                        _("Help requests and offers"), "handshake", "admin:moderation_helprequest_changelist"
                    ),
                    _page(_("Profiles"), "group", "admin:moderation_profile_changelist"),
                    _page(_("Reviews"), "rule", "admin:moderation_review_changelist"),
                    _page(_("Decisions"), "gavel", "admin:moderation_decision_changelist"),
                    _page(_("Take in an appeal"), "front_hand", "moderation:appeals"),
                    _page(_("Whom I know"), "diversity_2", "moderation:ties"),
                    _page(_("My settings"), "self_improvement", "moderation:care"),
                ],
            },
            {
                "title": _("Manage"),
                "items": [
                    _page(_("Agreement"), "fact_check", "moderation:second-looks"),
                    _page(_("House rules"), "policy", "admin:moderation_policy_changelist"),
                    _page(_("Signal rules"), "troubleshoot", "admin:moderation_rule_changelist"),
                    _page(_("Standard texts"), "article", "admin:moderation_standardtext_changelist"),
                    _page(_("Standard answers"), "quickreply", "incidents:standard-answers"),
                    _page(_("Staff"), "badge", "admin:staff_user_changelist"),
                    _page(_("API keys"), "key", "admin:platforms_apikey_changelist"),
                    _page(_("Webhook receivers"), "webhook", "admin:outbox_webhookendpoint_changelist"),
                    _page(
                        _("Deliveries"),
                        "outbox",
                        "admin:outbox_delivery_changelist",
                        badge="backoffice.outbox.badges.deliveries",
                        badge_variant="danger",
                    ),
                    _page(
                        _("Letters"),
                        "mail",
                        "admin:outbox_mail_changelist",
                        badge="backoffice.outbox.badges.letters",
                        badge_variant="danger",
                    ),
                    _page(_("Events"), "history", "admin:audit_event_changelist"),
                ],
            },
        ],
    },
}
