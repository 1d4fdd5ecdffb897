"""Codes of events and of history rows in words: what was done, and why.

The one place where such a code gets its words, for every app: codes are named as they are stored. A test
holds this together with the events that are declared and the reasons that services give.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, str | Promise] = {
    "account.erased": _("account erased"),
    "api_key.created": _("API key created"),
    "api_key.revoked": _("API key revoked"),
    "appeal.received": _("appeal received"),
    "decision.final": _("decision became final"),
    "decision.made": _("decision made"),
    "decision.undone": _("decision taken back"),
    "delivery.retried": _("delivery tried again"),
    "help_request.erased": _("help request erased"),
    "house_rule.added": _("house rule added"),
    "house_rule.changed": _("house rule changed"),
    "house_rule.restored": _("house rule put back into use"),
    "house_rule.retired": _("house rule put out of use"),
    "letter.stopped": _("letter stopped"),
    "mail.bounced": _("mail came back"),
    "mail.retried": _("mail sent again"),
    "note.added": _("note added"),
    "photo.received": _("photo received"),
    "record.received": _("record received"),
    "review.claimed": _("item taken in hand"),
    "review.escalated": _("item escalated"),
    "review.moved": _("item moved or renewed"),
    "review.opened": _("item put in a queue"),
    "review.released": _("item put back"),
    "review.skipped": _("item skipped"),
    "review.voided": _("item no longer needed"),
    "second_look.drawn": _("drawn for a second look"),
    "second_look.judged": _("judged again"),
    "second_look.settled": _("second look settled"),
    "signal.dismissed": _("signal called wrong"),
    "staff.access_reset": _("password of a member of staff stopped"),
    "staff.deactivated": _("account of a member of staff switched off"),
    "staff.invited": _("member of staff invited"),
    "staff.password_chosen": _("password chosen with an access code"),
    "staff.reactivated": _("account of a member of staff switched on again"),
    "staff.roles_changed": _("roles changed"),
    "standard_text.added": _("standard text added"),
    "standard_text.changed": _("standard text changed"),
    "standard_text.moved": _("standard text moved"),
    "standard_text.restored": _("standard text in use again"),
    "standard_text.retired": _("standard text out of use"),
    "statements.exported": _("statements of reasons exported"),
    "tie.declared": _("a tie was declared"),
    "tie.withdrawn": _("a tie was withdrawn"),
    "webhook_endpoint.deactivated": _("webhook receiver deactivated"),
    "webhook_endpoint.deliveries_retried": _("what was given up tried again"),
    "webhook_endpoint.registered": _("webhook receiver registered"),
    "webhook_secret.retired": _("old secret of a webhook retired"),
    "webhook_secret.rotated": _("secret of a webhook renewed"),
}
"""Every kind of event."""

REASONS: dict[str, str | Promise] = {
    "access_reset": _("the password was stopped"),
    "added": _("added"),
    "age_confirmed": _("the age was confirmed"),
    "appeal": _("a member does not agree"),
    "approve": _("approved"),
    "changed": _("changed"),
    "confirm_under_16": _("confirmed to be under 16"),
    "created": _("made"),
    "deactivated": _("deactivated"),
    "decided": _("a decision was made"),
    "default": _("came with the house"),
    "drawn": _("drawn for a second look"),
    "emptied": _("emptied: the member was under 16"),
    "escalated": _("escalated to the coordinators"),
    "file_stored": _("a file was stored"),
    "final": _("the decision became final"),
    "hide": _("text hidden"),
    "hold_account": _("account held"),
    "judged": _("judged again"),
    "judged_again": _("judged again"),
    "knows_person": _("knows the person"),
    "language": _("does not read the language"),
    "moved": _("the member changed it"),
    "near_copy_came": _("somebody else wrote nearly the same"),
    "opened": _("put in a queue"),
    "other": _("another reason"),
    "overturn": _("decision overturned"),
    "password_chosen": _("a password was chosen"),
    "photo": _("a photo was received"),
    "photo_known": _("the photo was received before"),
    "reactivated": _("switched on again"),
    "received": _("received from the platform"),
    "registered": _("registered"),
    "reordered": _("put elsewhere in the order"),
    "reopened": _("a second look found otherwise"),
    "request_change": _("change asked for"),
    "restored": _("in use again"),
    "retired": _("out of use"),
    "revoked": _("revoked"),
    "second_look": _("drawn for a second look"),
    "settled": _("settled by a coordinator"),
    "subject_removed": _("the text was removed"),
    "superseded": _("a newer version is under review"),
    "switched_off": _("switched off"),
    "tip": _("approved with a tip"),
    "too_heavy": _("too heavy at that moment"),
    "undone": _("the decision was taken back"),
    "unsure": _("was not sure"),
    "uphold": _("decision upheld"),
}
"""Every reason that a service gives for a row of the history or for an event."""


def kind_words(kind: str) -> str:
    """Return a kind of event in words; the code itself when nobody gave it words."""
    return str(KINDS.get(kind, kind))


def reason_words(reason: str) -> str:
    """Return a reason in words; what is no code of ours is returned as it is."""
    return str(REASONS.get(reason, reason))
