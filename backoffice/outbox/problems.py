"""What stood in the way of a delivery or a letter, in words: the one place where a code gets its sentence."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_WORDS: dict[str, str | Promise] = {
    "endpoint_inactive": gettext_lazy("The receiver was deactivated."),
    "secret_unreadable": gettext_lazy(
        "Its secret cannot be read: FIELD_KEYS was changed. Make a new secret."
    ),
    "timeout": gettext_lazy("The receiver did not answer in time."),
    "connect_error": gettext_lazy("The receiver could not be reached."),
    "protocol_error": gettext_lazy("The receiver gave an answer that cannot be read."),
    "redirect": gettext_lazy("The receiver points to another address. Register that one instead."),
    "http_410": gettext_lazy("The receiver says that it is gone for good (410)."),
    "bad_address": gettext_lazy("The address of the receiver is no web address."),
    "credentials_in_address": gettext_lazy("The address holds a user name or password."),
    "https_required": gettext_lazy("The address must begin with https://."),
    "host_not_allowed": gettext_lazy("This host is no longer on the list of allowed receivers."),
}
_LETTER_WORDS: dict[str, str | Promise] = {
    "bad_address": gettext_lazy("The address is no e-mail address."),
    "recipient_refused": gettext_lazy("The mail server refuses this address."),
    "service_refused": gettext_lazy("The mail service refused the letter."),
    "timeout": gettext_lazy("The mail server did not answer in time."),
    "connect_error": gettext_lazy("The mail server could not be reached."),
    "error": gettext_lazy("Something went wrong in sending it."),
    "bounced": gettext_lazy("It came back: the mailbox does not take it."),
    "rejected": gettext_lazy("It came back: the mail service did not send it on."),
    "complained": gettext_lazy("The member marked it as unwanted mail."),
    "invalid": gettext_lazy("It came back: the address does not exist."),
    "timed_out": gettext_lazy("It came back: the mailbox could not be reached."),
    "blocked": gettext_lazy("It came back: the mailbox blocks our mail."),
    "spam": gettext_lazy("It came back: it was taken for unwanted mail."),
    "unsubscribed": gettext_lazy("The member wants no mail from us."),
    "other": gettext_lazy("It came back, and nobody says why."),
}
_CLIENT_ERROR, _SERVER_ERROR = "http_4", "http_5"


def explain_problem(code: str) -> str:
    """Return what stood in the way, in the language that is active; empty for an empty code."""
    if code in _WORDS:
        return str(_WORDS[code])
    status = code.removeprefix("http_")
    if code.startswith(_CLIENT_ERROR):
        return _("The receiver refused the message (%(status)s).") % {"status": status}
    if code.startswith(_SERVER_ERROR):
        return _("The receiver is out of order (%(status)s).") % {"status": status}
    return code


def explain_letter_problem(code: str) -> str:
    """Return what stood in the way of a letter, as `explain_problem` does of a delivery."""
    if code in _LETTER_WORDS:
        return str(_LETTER_WORDS[code])
    if code.startswith("smtp_"):
        return _("The mail server refused it (%(status)s).") % {"status": code.removeprefix("smtp_")}
    return code
