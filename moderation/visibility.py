"""Who sees what on the platforms: the classes of the privacy statement, as tables.

Each cell names the requirement that lets these eyes see the field; an empty one means that the
statement does not name it, and what is not named is not seen.
"""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from backoffice.platforms.sites import HUPPLA
from moderation.choices import Flag, HelpKind
from moderation.models import HelpRequest, Profile, Signal


class Eyes(models.TextChoices):
    """Whose eyes look at an item, in the order in which the desk goes through them."""

    PUBLIC = "public", _("public")
    MEMBER = "member", _("member")
    SEEKER = "huppla-seeker", _("Huppla: who asks")
    PROVIDER = "huppla-provider", _("Huppla: who offers")


Row = Mapping[Eyes, str]


def _row(*cells: str) -> Row:
    return dict(zip(Eyes, cells, strict=True))


# fmt: off
PROFILE: dict[str, Row] = {
    #                      public  member  seeker  provider
    "salutation":    _row("",     "R36",  "",     ""),
    "first_name":    _row("",     "R36",  "R37",  "R37"),
    "infix":         _row("",     "R36",  "R37",  "R37"),
    "last_name":     _row("",     "R36",  "R37",  "R37"),
    "photo":         _row("",     "R36",  "R37",  "R37"),
    "about":         _row("",     "R36",  "",     ""),
    "keywords":      _row("R35",  "R36",  "",     ""),
    "place":         _row("R35",  "R35",  "",     ""),
    "postcode":      _row("",     "R36",  "",     ""),
    "member_since":  _row("R35",  "R35",  "",     ""),
    "email":         _row("",     "",     "R37",  ""),
    "phone":         _row("",     "",     "R37",  ""),
    "birth_date":    _row("",     "",     "",     ""),
}
"""A member's fields. A member is also one of "all visitors" (R35). A Huppla seeker sees the whole offer, so
who makes it too; whether somebody offers is not in a profile: the most that a seeker may see is shown."""

OFFER: dict[str, Row] = {
    #                      public  member  seeker  provider
    "kind":          _row("R35",  "R35",  "R37",  ""),
    "title":         _row("R35",  "R35",  "R37",  ""),
    "text":          _row("R35",  "R35",  "R37",  ""),
    "keywords":      _row("R35",  "R35",  "R37",  ""),
    "place":         _row("R35",  "R35",  "R37",  ""),
}
"""An offer of help. A Huppla provider sees only their own, so somebody else's not."""

REQUEST: dict[str, Row] = {
    #                      public  member  seeker  provider
    "kind":          _row("R35",  "R35",  "",     ""),
    "title":         _row("R35",  "R35",  "",     ""),
    "text":          _row("R35",  "R35",  "",     ""),
    "keywords":      _row("R35",  "R35",  "",     ""),
    "place":         _row("R35",  "R35",  "",     ""),
}
"""A request for help. Of Huppla the statement names the offers alone."""
# fmt: on

ON_HUPPLA = frozenset({Eyes.SEEKER, Eyes.PROVIDER})
"""Eyes that see only their own Huppla network: nothing of another site. A Huppla member is a member of
WeHelpen too (the sign-up makes that account), so all visitors and members see them as any other."""

THROUGH_FACEBOOK = ("first_name", "infix", "last_name", "photo")
"""Of who signed up through Facebook these are visible by themselves: to all visitors, we take it (R39)."""

ON_THE_PROFILE = frozenset({"about", "keywords", "place"})
"""Fields of a profile that do not stand beside a help request or offer."""

TELLS = {
    "phone_number": "phone",
    "spelled_number": "phone",
    "email_address": "email",
    "young_age": "birth_date",
    "street_address": "street",
    "bank_account": "bank_account",
    "handle": "handle",
}
"""What a detector's find gives away: a field of `PROFILE`, or a thing of which the statement names no eyes
at all (of where somebody lives only place and postcode)."""

TELLS_BY_FLAG = {
    Flag.SPECIAL_DATA: "special_data",
    Flag.THIRD_PARTY: "others",
    Flag.MINOR: "birth_date",
}
"""The same of what a rule finds, by its flag: somebody's health and the like (R12), somebody else's data."""


def told_by(signal: Signal) -> str | None:
    """Return what a signal gives away, None when it is about something else than who may see what."""
    return TELLS.get(signal.code) or TELLS_BY_FLAG.get(Flag(signal.flag) if signal.flag else Flag.LINK)


def seen_of_member(eyes: Eyes, *, site: str, profile: Profile | None) -> dict[str, str]:
    """Return the fields of a member that these eyes may see on a site, each with its requirement.

    `profile` adds what the member chose: hidden, nobody sees them (R38); None when it is not here.
    """
    if profile is not None and not profile.visible:
        return {}
    fields = _column(PROFILE, eyes, site)
    if profile is not None and profile.via_facebook and eyes not in ON_HUPPLA:
        fields = {**dict.fromkeys(THROUGH_FACEBOOK, "R39"), **fields}
    return fields


def seen_of_text(eyes: Eyes, *, subject: HelpRequest) -> dict[str, str]:
    """Return the fields of a help request or offer that these eyes may see, each with its requirement."""
    return _column(OFFER if subject.kind == HelpKind.OFFER else REQUEST, eyes, subject.site)


def seen_beside(eyes: Eyes, *, subject: HelpRequest, profile: Profile | None) -> dict[str, str]:
    """Return the fields of the member that stand beside their help request or offer."""
    if eyes == Eyes.SEEKER and subject.kind == HelpKind.REQUEST:
        return {}
    fields = seen_of_member(eyes, site=subject.site, profile=profile)
    return {field: by for field, by in fields.items() if field not in ON_THE_PROFILE}


def who_may_see(thing: str, *, site: str, profile: Profile | None) -> list[Eyes]:
    """Return the eyes that may see a field of `PROFILE`; none when the statement names nobody."""
    return [eyes for eyes in Eyes if thing in seen_of_member(eyes, site=site, profile=profile)]


def _column(table: Mapping[str, Row], eyes: Eyes, site: str) -> dict[str, str]:
    if eyes in ON_HUPPLA and site != HUPPLA:
        return {}
    return {field: row[eyes] for field, row in table.items() if row[eyes]}
