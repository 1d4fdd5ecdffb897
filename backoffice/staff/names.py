"""What the named system users are called on the screen."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SYSTEM_NAMES: dict[str, str | Promise] = {
    "system:intake": _("system: intake"),
    "system:nightly": _("system: nightly work"),
    "system:delivery": _("system: deliveries"),
    "system:setup": _("system: set-up"),
}
"""A name for each user of `system.SYSTEM_USERS`; a test holds the two together."""
