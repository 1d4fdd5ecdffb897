"""The sites that WeHelpen watches over, and what each asks of a profile (R02, R30-R34)."""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from backoffice.errors import DomainError

WEHELPEN = "wehelpen.nl"
HUPPLA = "huppla.nl"
ONE_MOMENT = "1momentje.nl"
BRAIN_INJURY = "wehelpenhersenletsel.nl"
COOPERATIVE = "cooperatiwehelpen.nl"
"""Spelled as in the privacy statement; see `ALIASES`."""

ALIASES = {"cooperatiewehelpen.nl": COOPERATIVE}
_LOCAL = re.compile(r"(?!www\.)[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?\.wehelpen\.nl\Z")


class UnknownSite(DomainError):
    """A site that is not one of ours (R02)."""

    code = "unknown_site"


class SiteWithoutProfiles(DomainError):
    """A site of ours whose visitors have no account: nothing of theirs comes here (R33, R34)."""

    code = "site_without_profiles"


@dataclass(frozen=True)
class SiteRules:
    """What a site asks. `mandatory` names fields of a profile; what is missing is flagged, not refused."""

    has_profiles: bool
    mandatory: frozenset[str]


_WEHELPEN_RULES = SiteRules(
    has_profiles=True,
    mandatory=frozenset({"salutation", "first_name", "last_name", "postcode", "email", "birth_date"}),
)
_NO_PROFILES = SiteRules(has_profiles=False, mandatory=frozenset())
_RULES = {
    WEHELPEN: _WEHELPEN_RULES,
    HUPPLA: SiteRules(
        has_profiles=True, mandatory=frozenset({"first_name", "last_name", "email", "phone", "photo"})
    ),
    ONE_MOMENT: _NO_PROFILES,
    BRAIN_INJURY: _NO_PROFILES,
    COOPERATIVE: _NO_PROFILES,
}


@lru_cache(maxsize=1024)
def canonical(site: str) -> str | None:
    """Return the site as it is stored, or None when it is not one of ours. Case does not matter.

    A local version (`zwolle.wehelpen.nl`) keeps its own name (R31).
    """
    name = site.strip().lower()
    name = ALIASES.get(name, name)
    return name if name in _RULES or _LOCAL.match(name) else None


def rules_for(site: str) -> SiteRules:
    """Return the rules of a canonical site; local versions have those of wehelpen.nl (R31).

    Raises KeyError for a site that is not one of ours.
    """
    return _WEHELPEN_RULES if _LOCAL.match(site) else _RULES[site]


def site_with_profiles(site: str) -> str:
    """Return the canonical name of a site whose members we may hold.

    Raises UnknownSite, SiteWithoutProfiles; both name the field `site`.
    """
    name = canonical(site)
    if name is None:
        raise UnknownSite(_("This is not a site of WeHelpen."), field="site")
    if not rules_for(name).has_profiles:
        raise SiteWithoutProfiles(
            _("This site has no profiles or help requests: send nothing of its visitors."), field="site"
        )
    return name
