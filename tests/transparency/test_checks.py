"""What the Commission's database takes and refuses, rule by rule."""

from datetime import date
from typing import Any

import pytest

from moderation.transparency.checks import check_transparency

TODAY = date(2026, 11, 24)
WHOLE: dict[str, Any] = {
    "decision_visibility": ["DECISION_VISIBILITY_CONTENT_DISABLED"],
    "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
    "incompatible_content_ground": "Huisregels: 2.1 Geen betaling",
    "incompatible_content_explanation": "Buren helpen elkaar gratis.",
    "content_type": ["CONTENT_TYPE_TEXT"],
    "category": "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
    "content_date": "2026-11-20",
    "application_date": "2026-11-24",
    "decision_facts": "Een moderator las de tekst.",
    "source_type": "SOURCE_VOLUNTARY",
    "automated_detection": "No",
    "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
    "puid": "3f0c-A_1",
}
ILLEGAL = {
    "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT",
    "illegal_content_legal_ground": "artikel 326 Sr",
    "illegal_content_explanation": "Oplichting",
    "incompatible_content_ground": None,
    "incompatible_content_explanation": None,
}


def faults(**changed: Any) -> list[str]:
    """Return what is wrong with the whole record after these changes; None takes a field away."""
    data = {field: value for field, value in {**WHOLE, **changed}.items() if value is not None}
    return [str(fault) for fault in check_transparency(data, on=TODAY)]


class TestTakes:
    def test_a_whole_record(self) -> None:
        assert faults() == []

    def test_what_is_illegal(self) -> None:
        assert faults(**ILLEGAL) == []

    @pytest.mark.parametrize(
        "more",
        [
            {"decision_visibility": None, "decision_account": "DECISION_ACCOUNT_SUSPENDED"},
            {"decision_visibility": None, "decision_provision": "DECISION_PROVISION_TOTAL_SUSPENSION"},
            {"decision_visibility": None, "decision_monetary": "DECISION_MONETARY_SUSPENSION"},
            {
                "decision_visibility": ["DECISION_VISIBILITY_OTHER"],
                "decision_visibility_other": "moet anders",
            },
            {"content_type": ["CONTENT_TYPE_TEXT", "CONTENT_TYPE_OTHER"], "content_type_other": "account"},
            {"category_specification": ["KEYWORD_PHISHING", "KEYWORD_OTHER"]},
            {"category_addition": ["STATEMENT_CATEGORY_VIOLENCE"]},
            {"territorial_scope": ["NL", "BE"], "content_language": "NL"},
            {"account_type": "ACCOUNT_TYPE_PRIVATE"},
            {"end_date_visibility_restriction": "2027-01-01"},
            {"source_type": "SOURCE_ARTICLE_16", "source_identity": "een lid"},
            {"incompatible_content_illegal": "No"},
            {"decision_ground_reference_url": "https://wehelpen.nl/huisregels"},
            {"decision_facts": "x" * 5000, "puid": "p" * 500},
            {"content_date": "2000-01-01", "application_date": "2020-01-01"},
            {"content_id": {"EAN-13": "0123456789123"}},
        ],
    )  # fmt: skip
    def test_what_may_be_added(self, more: dict[str, Any]) -> None:
        assert faults(**more) == []


class TestRefuses:
    @pytest.mark.parametrize("field", [field for field in WHOLE if field != "decision_visibility"])
    def test_a_field_that_is_missing_or_blank(self, field: str) -> None:
        assert f"{field}: required" in faults(**{field: None})
        if isinstance(WHOLE[field], str):
            assert f"{field}: required" in faults(**{field: " \u200b\n"})

    @pytest.mark.parametrize("nothing", [None, []])
    def test_a_record_that_restricts_nothing(self, nothing: object) -> None:
        assert faults(decision_visibility=nothing) == ["decision_visibility: required"]

    @pytest.mark.parametrize(
        ("changed", "fault"),
        [
            ({"decision_visibility": "CONTENT_REMOVED"}, "decision_visibility: not_allowed"),
            ({"decision_visibility": ["DECISION_VISIBILITY_HIDDEN"]}, "decision_visibility: not_allowed"),
            ({"decision_visibility": ["DECISION_VISIBILITY_OTHER"]}, "decision_visibility_other: required"),
            ({"decision_visibility_other": "moet anders"}, "decision_visibility_other: dropped"),
            ({"decision_monetary": "DECISION_MONETARY_OTHER"}, "decision_monetary_other: required"),
            ({"decision_account": ["DECISION_ACCOUNT_SUSPENDED"]}, "decision_account: not_allowed"),
            ({"content_type": ["CONTENT_TYPE_OTHER"]}, "content_type_other: required"),
            ({"content_type": ["CONTENT_TYPE_LETTER"]}, "content_type: not_allowed"),
            ({"category": "STATEMENT_CATEGORY_KEYWORD_OTHER"}, "category: not_allowed"),
            ({"category_specification": ["KEYWORD_DANGEROUS_TOYS"]}, "category_specification: not_allowed"),
            ({"territorial_scope": ["GB"]}, "territorial_scope: not_allowed"),
            ({"content_language": "nl"}, "content_language: not_allowed"),
            ({"automated_detection": True}, "automated_detection: not_allowed"),
            ({**ILLEGAL, "illegal_content_legal_ground": None}, "illegal_content_legal_ground: required"),
            ({"illegal_content_explanation": "strafbaar"}, "illegal_content_explanation: dropped"),
            ({**ILLEGAL, "incompatible_content_illegal": "Yes"}, "incompatible_content_illegal: dropped"),
            ({"source_identity": "een lid"}, "source_identity: dropped"),
            ({"decision_facts": "x" * 5001}, "decision_facts: too_long"),
            ({"incompatible_content_explanation": "x" * 2001}, "incompatible_content_explanation: too_long"),
            ({"incompatible_content_ground": "x" * 501}, "incompatible_content_ground: too_long"),
            ({"decision_facts": 7}, "decision_facts: no_text"),
            ({"puid": "p" * 501}, "puid: too_long"),
            ({"puid": "a b"}, "puid: format"),
            ({"puid": "a\n"}, "puid: format"),
            ({"puid": "é"}, "puid: format"),
            ({"decision_ground_reference_url": "huisregels"}, "decision_ground_reference_url: format"),
            ({"content_date": "24-11-2026"}, "content_date: format"),
            ({"content_date": "2026-02-30"}, "content_date: format"),
            ({"content_date": "1999-12-31"}, "content_date: too_early"),
            ({"content_date": "2026-11-25"}, "content_date: future"),
            ({"application_date": "2019-12-31"}, "application_date: too_early"),
            ({"application_date": "2026-11-25"}, "application_date: future"),
            ({"application_date": "2038-01-02"}, "application_date: too_late"),
            ({"end_date_account_restriction": "2038-01-02"}, "end_date_account_restriction: too_late"),
            ({"end_date_account_restriction": "soon"}, "end_date_account_restriction: format"),
            ({"content_id": {"EAN-13": "123"}}, "content_id: format"),
            ({"moderator": "Anneke"}, "moderator: unknown"),
        ],
    )  # fmt: skip
    def test_what_is_broken(self, changed: dict[str, Any], fault: str) -> None:
        assert fault in faults(**changed)

    def test_without_repeating_what_was_given(self) -> None:
        said = faults(decision_facts="Fatima " * 1000, source_identity="Piet Jansen", puid="Piet Jansen")
        assert not any("Fatima" in fault or "Piet" in fault for fault in said)
