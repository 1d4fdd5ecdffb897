"""A statement of reasons as a record for the Commission's database."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.template.loader import render_to_string

from moderation.choices import PolicyGround
from moderation.models import Statement
from moderation.transparency.checks import ILLEGAL, INCOMPATIBLE, LENGTHS
from moderation.transparency.privacy import suppress
from moderation.transparency.terms import PRIVATE_PERSON, Visibility

CHANGE_ASKED = "Het lid is gevraagd om de tekst aan te passen."


def transparency_json(statement: Statement, *, names: Collection[str] = ()) -> dict[str, Any]:
    """Return a statement as the database's API takes it (see `checks.check_transparency`).

    The free texts are ours: they say what kind of thing was found, never the words themselves,
    nor what a moderator wrote. What still looks like an e-mail address, a telephone number or
    one of `names` (the member's, and the reporter's where there is one) is left out of them.
    """
    context = {"statement": statement, "decision": statement.decision, "rules": statement.rules_as_they_were}
    sentences = list(dict.fromkeys(fact.sentence for fact in statement.facts_found))
    record: dict[str, Any] = {
        **_measure(statement),
        **_ground(statement, context, names),
        "category": statement.category,
        "content_type": list(statement.content_types),
        "content_date": statement.content_on.isoformat(),
        "application_date": statement.starts_on.isoformat(),
        "content_language": statement.content_language,
        "territorial_scope": list(statement.territory),
        "account_type": PRIVATE_PERSON,
        "decision_facts": _text("decision_facts", "facts", {**context, "sentences": sentences}, names),
        "source_type": statement.source,
        "automated_detection": "Yes" if statement.automated_detection else "No",
        "automated_decision": statement.automated_decision,
        "puid": str(statement.pk),
    }
    if statement.more_categories:
        record["category_addition"] = list(statement.more_categories)
    if statement.specifications:
        record["category_specification"] = list(statement.specifications)
    return record


def _measure(statement: Statement) -> dict[str, Any]:
    measure: dict[str, Any] = {}
    if statement.visibility:
        measure["decision_visibility"] = [statement.visibility]
    if statement.visibility == Visibility.OTHER:
        measure["decision_visibility_other"] = CHANGE_ASKED
    if statement.service:
        measure["decision_provision"] = statement.service
    if statement.account:
        measure["decision_account"] = statement.account
    if statement.ends_on:
        ends: dict[str, date] = {
            f"end_date_{what}_restriction": statement.ends_on
            for what in ("visibility", "service", "account")
            if getattr(statement, what)
        }
        measure |= {field: day.isoformat() for field, day in ends.items()}
    return measure


def _ground(statement: Statement, context: dict[str, Any], names: Collection[str]) -> dict[str, str]:
    if statement.ground == PolicyGround.LAW:
        fields = ("illegal_content_legal_ground", "illegal_content_explanation")
        return {"decision_ground": ILLEGAL} | {
            fields[0]: _text(fields[0], "legal_ground", context, names),
            fields[1]: _text(fields[1], "explanation", context, names),
        }
    fields = ("incompatible_content_ground", "incompatible_content_explanation")
    return {"decision_ground": INCOMPATIBLE} | {
        fields[0]: _text(fields[0], "contract_ground", context, names),
        fields[1]: _text(fields[1], "explanation", context, names),
    }


def _text(field: str, template: str, context: dict[str, Any], names: Collection[str]) -> str:
    """Return a template filled in, without personal data, no longer than the database takes."""
    words = render_to_string(f"moderation/transparency/{template}.txt", context).split()
    text = suppress(" ".join(words), names=names)
    most = LENGTHS[field]
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
