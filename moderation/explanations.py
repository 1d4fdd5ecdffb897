"""Codes in words: why an item is here, for people. The one place where a code gets its sentence."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

LABELS: dict[str, str | Promise] = {
    "phone_number": gettext_lazy("telephone number"),
    "email_address": gettext_lazy("e-mail address"),
    "link": gettext_lazy("link"),
    "spelled_number": gettext_lazy("telephone number, spelled out"),
    "spelled_link": gettext_lazy("link, spelled out"),
    "street_address": gettext_lazy("street and number"),
    "bank_account": gettext_lazy("bank account"),
    "handle": gettext_lazy("name in another app"),
    "young_age": gettext_lazy("says to be under 16"),
    "near_copy": gettext_lazy("near-copy"),
    "missing_field": gettext_lazy("something is missing"),
    "age_unknown": gettext_lazy("age unknown"),
    "under_16": gettext_lazy("under 16"),
    "was_urgent": gettext_lazy("urgent before"),
    "was_under_16": gettext_lazy("under 16 before"),
    "changed": gettext_lazy("changed"),
    "new_member": gettext_lazy("new member"),
    "escalated": gettext_lazy("escalated"),
    "danger": gettext_lazy("immediate danger"),
    "waiting": gettext_lazy("waiting"),
}
"""Every reason code in two or three words, for chips and filters."""

FIELDS: dict[str, str | Promise] = {
    "salutation": gettext_lazy("salutation"),
    "first_name": gettext_lazy("first name"),
    "infix": gettext_lazy("infix"),
    "last_name": gettext_lazy("last name"),
    "birth_date": gettext_lazy("birth date"),
    "postcode": gettext_lazy("postcode"),
    "place": gettext_lazy("place"),
    "email": gettext_lazy("e-mail"),
    "phone": gettext_lazy("telephone"),
    "photo": gettext_lazy("photo"),
    "about": gettext_lazy("personal text"),
    "title": gettext_lazy("title"),
    "text": gettext_lazy("text"),
    "keywords": gettext_lazy("keywords"),
    "member_since": gettext_lazy("member since"),
    "kind": gettext_lazy("kind"),
}
"""The fields of a profile and of a help request, as they stand in a sentence."""


def label(code: str, *, params: Mapping[str, Any] = MappingProxyType({})) -> str:
    """Return a code in a few words: those of a rule are its title (`rule`); the code itself without any."""
    return str(LABELS.get(code) or params.get("rule") or code)


def field_name(field: str) -> str:
    """Return the name of a field as it stands in a sentence; the field itself when unknown."""
    return str(FIELDS.get(field, field))


def points_label(points: int) -> str:
    """Say what points do: each moves an item one hour forward."""
    return ngettext("%(points)d hour forward", "%(points)d hours forward", points) % {"points": points}


def explain(code: str, *, params: Mapping[str, Any], field: str = "") -> str:
    """Return the sentence for a reason code or a signal, in the language that is active.

    `field` is where it was found. Of `params`: `count` (how often), `field` (of `missing_field`),
    `fields` (of `changed`), `hours` (of `waiting`), `placeholder` and `written_out` (of what was
    found in a text), `rule` (the title of a rule, as its writer put it) and `cue` (which of its signs
    stands here), `copies` and `percent` (of `near_copy`). What is absent is left out of the sentence;
    an unknown code is named.
    """
    sentence = _SENTENCES.get(code)
    if sentence:
        return sentence(params, field)
    if title := params.get("rule"):
        if cue := params.get("cue"):
            title = f"{title}: {cue}"
        return _located(str(title), params, field) if field else str(title)
    return _("Found by the rule %(code)s") % {"code": code}


def _count(params: Mapping[str, Any]) -> int:
    return int(params.get("count") or 1)


def _located(what: str, params: Mapping[str, Any], field: str) -> str:
    sentence = _("%(what)s in the %(field)s") if field else _("%(what)s in a public text")
    said = sentence % {"what": what, "field": field_name(field)}
    if params.get("written_out"):
        return _("%(sentence)s (spelled out)") % {"sentence": said}
    if params.get("placeholder"):
        return _("%(sentence)s (partly hidden)") % {"sentence": said}
    return said


def _phone_number(params: Mapping[str, Any], field: str) -> str:
    count = _count(params)
    what = ngettext("Telephone number", "%(count)d telephone numbers", count) % {"count": count}
    return _located(what, params, field)


def _email_address(params: Mapping[str, Any], field: str) -> str:
    count = _count(params)
    what = ngettext("E-mail address", "%(count)d e-mail addresses", count) % {"count": count}
    return _located(what, params, field)


def _link(params: Mapping[str, Any], field: str) -> str:
    count = _count(params)
    return _located(ngettext("Link", "%(count)d links", count) % {"count": count}, params, field)


def _spelled_number(params: Mapping[str, Any], field: str) -> str:
    return _phone_number({**params, "written_out": True}, field)


def _spelled_link(params: Mapping[str, Any], field: str) -> str:
    return _link({**params, "written_out": True}, field)


def _street_address(params: Mapping[str, Any], field: str) -> str:
    count = _count(params)
    what = ngettext("Street and number", "%(count)d addresses", count) % {"count": count}
    return _located(what, params, field)


def _bank_account(params: Mapping[str, Any], field: str) -> str:
    count = _count(params)
    what = ngettext("Bank account number", "%(count)d bank account numbers", count) % {"count": count}
    return _located(what, params, field)


def _handle(params: Mapping[str, Any], field: str) -> str:
    count = _count(params)
    what = ngettext("Name in another app", "%(count)d names in other apps", count) % {"count": count}
    return _located(what, params, field)


def _near_copy(params: Mapping[str, Any], _field: str) -> str:
    count = int(params.get("copies") or 1)
    said = ngettext(
        "Nearly the same text as one by another member",
        "Nearly the same text as %(count)d by other members",
        count,
    ) % {"count": count}
    percent = params.get("percent")
    return f"{said} ({percent}%)" if percent else said


def _missing_field(params: Mapping[str, Any], field: str) -> str:
    name = str(params.get("field") or field)
    if name:
        return _("Not filled in: %(field)s") % {"field": field_name(name)}
    count = _count(params)
    return ngettext(
        "A mandatory field is not filled in", "%(count)d mandatory fields are not filled in", count
    ) % {"count": count}


def _changed(params: Mapping[str, Any], _field: str) -> str:
    fields = ", ".join(field_name(name) for name in params.get("fields") or ())
    return _("Changed: %(fields)s") % {"fields": fields} if fields else _("Changed since it was approved")


def _waiting(params: Mapping[str, Any], _field: str) -> str:
    hours = int(params.get("hours") or 0)
    return ngettext("Waits %(hours)d hour", "Waits %(hours)d hours", hours) % {"hours": hours}


_SENTENCES: dict[str, Callable[[Mapping[str, Any], str], str]] = {
    "phone_number": _phone_number,
    "email_address": _email_address,
    "link": _link,
    "spelled_number": _spelled_number,
    "spelled_link": _spelled_link,
    "street_address": _street_address,
    "bank_account": _bank_account,
    "handle": _handle,
    "young_age": lambda params, field: _located(_("Says to be under 16"), params, field),
    "near_copy": _near_copy,
    "missing_field": _missing_field,
    "age_unknown": lambda _params, _field: _("Age unknown: it may be somebody under 16"),
    "under_16": lambda _params, _field: _("Under 16 according to the birth date"),
    "was_urgent": lambda _params, _field: _("What stood here before was urgent; the member changed it"),
    "was_under_16": lambda _params, _field: _("The birth date said before that this member is under 16"),
    "changed": _changed,
    "new_member": lambda _params, _field: _("New member: here for less than a month"),
    "escalated": lambda _params, _field: _("Escalated by a colleague"),
    "danger": lambda _params, _field: _("Immediate danger, a colleague says"),
    "waiting": _waiting,
}
