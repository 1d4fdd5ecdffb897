"""Would the Commission's database take this record? Its published rules, and two stricter ones of ours.

After `StatementStoreRequest` and the enums of `Statement` in digital-services-act/transparency-database
(24 June 2026). Stricter than it: a field that it would silently drop is refused here, and a date may
not lie in the future, except the end of a restriction.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from moderation.transparency.terms import EUROPE


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field; `why` is a code and repeats nothing of its value."""

    field: str
    why: str

    def __str__(self) -> str:
        return f"{self.field}: {self.why}"


def _named(prefix: str, names: str) -> frozenset[str]:
    return frozenset(f"{prefix}_{name}" for name in names.split())


VISIBILITIES = _named(
    "DECISION_VISIBILITY",
    "CONTENT_REMOVED CONTENT_DISABLED CONTENT_DEMOTED CONTENT_AGE_RESTRICTED CONTENT_INTERACTION_RESTRICTED"
    " CONTENT_LABELLED OTHER",
)
CATEGORIES = _named(
    "STATEMENT_CATEGORY",
    "ANIMAL_WELFARE CONSUMER_INFORMATION CYBER_VIOLENCE CYBER_VIOLENCE_AGAINST_WOMEN"
    " DATA_PROTECTION_AND_PRIVACY_VIOLATIONS ILLEGAL_OR_HARMFUL_SPEECH INTELLECTUAL_PROPERTY_INFRINGEMENTS"
    " NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS NOT_SPECIFIED_NOTICE OTHER_VIOLATION_TC"
    " PROTECTION_OF_MINORS RISK_FOR_PUBLIC_SECURITY SCAMS_AND_FRAUD SELF_HARM"
    " UNSAFE_AND_PROHIBITED_PRODUCTS VIOLENCE",
)
KEYWORDS = _named(
    "KEYWORD",
    "ADULT_SEXUAL_MATERIAL AGE_SPECIFIC_RESTRICTIONS AGE_SPECIFIC_RESTRICTIONS_MINORS ANIMAL_HARM"
    " BIOMETRIC_DATA_BREACH BULLYING_AGAINST_GIRLS CHILD_SEXUAL_ABUSE_MATERIAL"
    " CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE CONTENT_PROMOTING_EATING_DISORDERS COORDINATED_HARM"
    " COPYRIGHT_INFRINGEMENT CYBER_BULLYING_INTIMIDATION CYBER_HARASSMENT CYBER_HARASSMENT_AGAINST_WOMEN"
    " CYBER_INCITEMENT CYBER_STALKING CYBER_STALKING_AGAINST_WOMEN DATA_FALSIFICATION"
    " DEFAMATION DESIGN_INFRINGEMENT DISCRIMINATION FEMALE_GENDERED_DISINFORMATION"
    " GEOGRAPHIC_INDICATIONS_INFRINGEMENT GEOGRAPHICAL_REQUIREMENTS GOODS_SERVICES_NOT_PERMITTED"
    " GROOMING_SEXUAL_ENTICEMENT_MINORS HATE_SPEECH HIDDEN_ADVERTISEMENT HUMAN_EXPLOITATION"
    " HUMAN_TRAFFICKING ILLEGAL_ORGANIZATIONS IMPERSONATION_ACCOUNT_HIJACKING INAUTHENTIC_ACCOUNTS"
    " INAUTHENTIC_LISTINGS INAUTHENTIC_USER_REVIEWS INCITEMENT_AGAINST_WOMEN INCITEMENT_VIOLENCE_HATRED"
    " INSUFFICIENT_INFORMATION_ON_TRADERS LANGUAGE_REQUIREMENTS MISINFORMATION_DISINFORMATION"
    " MISLEADING_INFO_CONSUMER_RIGHTS MISLEADING_INFO_GOODS_SERVICES MISSING_PROCESSING_GROUND"
    " NON_CONSENSUAL_IMAGE_SHARING NON_CONSENSUAL_IMAGE_SHARING_AGAINST_WOMEN"
    " NON_CONSENSUAL_MATERIAL_DEEPFAKE NON_CONSENSUAL_MATERIAL_DEEPFAKE_AGAINST_WOMEN"
    " NONCOMPLIANCE_PRICING NUDITY PATENT_INFRINGEMENT PHISHING PROHIBITED_PRODUCTS PYRAMID_SCHEMES"
    " RIGHT_TO_BE_FORGOTTEN RISK_ENVIRONMENTAL_DAMAGE RISK_PUBLIC_HEALTH SELF_MUTILATION STALKING SUICIDE"
    " TERRORIST_CONTENT TRADE_SECRET_INFRINGEMENT TRADEMARK_INFRINGEMENT TRAFFICKING_WOMEN_GIRLS"
    " UNLAWFUL_SALE_ANIMALS UNSAFE_CHALLENGES UNSAFE_PRODUCTS VIOLATION_EU_LAW VIOLATION_NATIONAL_LAW OTHER",
)
CONTENT_TYPES = _named("CONTENT_TYPE", "APP AUDIO IMAGE PRODUCT SYNTHETIC_MEDIA TEXT VIDEO OTHER")
_LANGUAGES = (
    "AA AB AE AF AK AM AN AR AS AV AY AZ BA BE BG BH BI BM BN BO BR BS CA CE CH CO CR CS CU CV CY DA"
    " DE DV DZ EE EL EN EO ES ET EU FA FF FI FJ FO FR FY GA GD GL GN GU GV HA HE HI HO HR HT HU HY HZ"
    " IA ID IE IG II IK IO IS IT IU JA JV KA KG KI KJ KK KL KM KN KO KR KS KU KV KW KY LA LB LG LI LN"
    " LO LT LU LV MG MH MI MK ML MN MR MS MT MY NA NB ND NE NG NL NN NO NR NV NY OC OJ OM OR OS PA PI"
    " PL PS PT QU RM RN RO RU RW SA SC SD SE SG SI SK SL SM SN SO SQ SR SS ST SU SV SW TA TE TG TH TI"
    " TK TL TN TO TR TS TT TW TY UG UK UR UZ VE VI VO WA WO XH YI YO ZA ZH ZU"
)
LANGUAGES = frozenset(_LANGUAGES.split())

MEASURES = ("decision_visibility", "decision_monetary", "decision_provision", "decision_account")
ILLEGAL = "DECISION_GROUND_ILLEGAL_CONTENT"
INCOMPATIBLE = "DECISION_GROUND_INCOMPATIBLE_CONTENT"
LISTS: dict[str, frozenset[str]] = {
    "decision_visibility": VISIBILITIES,
    "content_type": CONTENT_TYPES,
    "category_addition": CATEGORIES,
    "category_specification": KEYWORDS,
    "territorial_scope": frozenset(EUROPE),
}
CHOICES: dict[str, frozenset[str]] = {
    "decision_monetary": _named("DECISION_MONETARY", "SUSPENSION TERMINATION OTHER"),
    "decision_provision": _named(
        "DECISION_PROVISION",
        "PARTIAL_SUSPENSION TOTAL_SUSPENSION PARTIAL_TERMINATION TOTAL_TERMINATION",
    ),
    "decision_account": _named("DECISION_ACCOUNT", "SUSPENDED TERMINATED"),
    "account_type": _named("ACCOUNT_TYPE", "BUSINESS PRIVATE"),
    "decision_ground": frozenset({ILLEGAL, INCOMPATIBLE}),
    "incompatible_content_illegal": frozenset({"Yes", "No"}),
    "category": CATEGORIES,
    "content_language": LANGUAGES,
    "source_type": _named("SOURCE", "ARTICLE_16 TRUSTED_FLAGGER TYPE_OTHER_NOTIFICATION VOLUNTARY"),
    "automated_detection": frozenset({"Yes", "No"}),
    "automated_decision": _named("AUTOMATED_DECISION", "FULLY PARTIALLY NOT_AUTOMATED"),
}
LENGTHS = {
    "decision_visibility_other": 500,
    "decision_monetary_other": 500,
    "category_specification_other": 500,
    "decision_ground_reference_url": 500,
    "illegal_content_legal_ground": 500,
    "illegal_content_explanation": 2000,
    "incompatible_content_ground": 500,
    "incompatible_content_explanation": 2000,
    "content_type_other": 500,
    "decision_facts": 5000,
    "source_identity": 500,
    "puid": 500,
}
"""In characters, as the database counts them (Unicode code points)."""

REQUIRED = (
    "decision_ground",
    "content_type",
    "category",
    "content_date",
    "application_date",
    "decision_facts",
    "source_type",
    "automated_detection",
    "automated_decision",
    "puid",
)
LATEST = date(2038, 1, 1)
EARLIEST = {"content_date": date(2000, 1, 1), "application_date": date(2020, 1, 1)}
ENDS = tuple(f"end_date_{what}_restriction" for what in ("account", "monetary", "service", "visibility"))
KNOWN = {*MEASURES, *LISTS, *CHOICES, *LENGTHS, *EARLIEST, *ENDS, "content_id", "content_id_ean"}

_PUID = re.compile(r"[a-zA-Z0-9_-]+\Z")
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
_EAN = re.compile(r"[0-9]{13}\Z")
_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]*\Z")


def check_transparency(data: Mapping[str, Any], *, on: date) -> list[Fault]:
    """Return what is wrong with a record that is sent on day `on`; nothing when it would be taken."""
    return [fault for look in (_presence, _shapes, _conditions, _dates) for fault in look(data, on)]


def _given(data: Mapping[str, Any], field: str) -> bool:
    """Return whether the database finds something there: it takes blank text for nothing."""
    value = data.get(field)
    if isinstance(value, str):
        return not _BLANK.match(value)
    return value is not None and value not in ([], {})


def _presence(data: Mapping[str, Any], _on: date) -> Iterator[Fault]:
    for field in data:
        if field not in KNOWN:
            yield Fault(field, "unknown")
    for field in REQUIRED:
        if not _given(data, field):
            yield Fault(field, "required")
    if not any(_given(data, field) for field in MEASURES):
        yield Fault("decision_visibility", "required")


def _shapes(data: Mapping[str, Any], _on: date) -> Iterator[Fault]:
    for field, allowed in LISTS.items():
        value = data.get(field)
        if value is not None and not (
            isinstance(value, list) and all(isinstance(one, str) and one in allowed for one in value)
        ):
            yield Fault(field, "not_allowed")
    for field, allowed in CHOICES.items():
        value = data.get(field)
        if value is not None and not (isinstance(value, str) and value in allowed):
            yield Fault(field, "not_allowed")
    for field, most in LENGTHS.items():
        value = data.get(field)
        if value is not None and not isinstance(value, str):
            yield Fault(field, "no_text")
        elif value is not None and len(value) > most:
            yield Fault(field, "too_long")
    yield from _formats(data)


def _formats(data: Mapping[str, Any]) -> Iterator[Fault]:
    puid, url = data.get("puid"), data.get("decision_ground_reference_url")
    if isinstance(puid, str) and puid and not _PUID.match(puid):
        yield Fault("puid", "format")
    if isinstance(url, str) and not (urlsplit(url).scheme in {"http", "https"} and urlsplit(url).netloc):
        yield Fault("decision_ground_reference_url", "format")
    content_id = data.get("content_id")
    if content_id is not None and not isinstance(content_id, dict):
        yield Fault("content_id", "format")
    eans = [data.get("content_id_ean"), content_id.get("EAN-13") if isinstance(content_id, dict) else None]
    if any(ean is not None and not (isinstance(ean, str) and _EAN.match(ean)) for ean in eans):
        yield Fault("content_id", "format")


def _has(field: str, value: str) -> Callable[[Mapping[str, Any]], bool]:
    def holds(data: Mapping[str, Any]) -> bool:
        given = data.get(field)
        return value in given if isinstance(given, list) else given == value

    return holds


_ONLY_WITH: tuple[tuple[str, Callable[[Mapping[str, Any]], bool], bool], ...] = (
    ("decision_visibility_other", _has("decision_visibility", "DECISION_VISIBILITY_OTHER"), True),
    ("decision_monetary_other", _has("decision_monetary", "DECISION_MONETARY_OTHER"), True),
    ("content_type_other", _has("content_type", "CONTENT_TYPE_OTHER"), True),
    ("illegal_content_legal_ground", _has("decision_ground", ILLEGAL), True),
    ("illegal_content_explanation", _has("decision_ground", ILLEGAL), True),
    ("incompatible_content_ground", _has("decision_ground", INCOMPATIBLE), True),
    ("incompatible_content_explanation", _has("decision_ground", INCOMPATIBLE), True),
    ("incompatible_content_illegal", _has("decision_ground", INCOMPATIBLE), False),
    ("source_identity", lambda data: not _has("source_type", "SOURCE_VOLUNTARY")(data), False),
)
"""Fields that belong to another's value: dropped without it, and (when True) required with it."""


def _conditions(data: Mapping[str, Any], _on: date) -> Iterator[Fault]:
    for field, belongs, needed in _ONLY_WITH:
        if belongs(data):
            if needed and not _given(data, field):
                yield Fault(field, "required")
        elif data.get(field) is not None:
            yield Fault(field, "dropped")


def _dates(data: Mapping[str, Any], on: date) -> Iterator[Fault]:
    for field in (*EARLIEST, *ENDS):
        value = data.get(field)
        if value is None or value == "":
            continue
        day = _day(value)
        if day is None:
            yield Fault(field, "format")
        elif day > LATEST:
            yield Fault(field, "too_late")
        elif field in EARLIEST and day < EARLIEST[field]:
            yield Fault(field, "too_early")
        elif field in EARLIEST and day > on:
            yield Fault(field, "future")


def _day(value: object) -> date | None:
    if not (isinstance(value, str) and _DAY.match(value)):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
