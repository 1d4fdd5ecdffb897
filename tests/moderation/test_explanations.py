"""Every code says in words why an item is here."""

import pytest
from django.utils import translation

from moderation.explanations import _SENTENCES, LABELS, explain, field_name, label, points_label


@pytest.fixture(autouse=True)
def _msgids() -> object:
    with translation.override(None):
        yield


@pytest.mark.parametrize(
    ("code", "params", "field", "sentence"),
    [
        ("phone_number", {}, "text", "Telephone number in the text"),
        ("phone_number", {"count": 2}, "", "2 telephone numbers in a public text"),
        ("phone_number", {"placeholder": True}, "title", "Telephone number in the title (partly hidden)"),
        (
            "email_address",
            {"written_out": True},
            "about",
            "E-mail address in the personal text (spelled out)",
        ),
        ("link", {"count": 3}, "text", "3 links in the text"),
        ("missing_field", {"field": "birth_date"}, "", "Not filled in: birth date"),
        ("missing_field", {"count": 2}, "", "2 mandatory fields are not filled in"),
        ("changed", {"fields": ["about", "photo"]}, "", "Changed: personal text, photo"),
        ("changed", {}, "", "Changed since it was approved"),
        ("waiting", {"hours": 1}, "", "Waits 1 hour"),
        ("waiting", {"hours": 17}, "", "Waits 17 hours"),
        ("age_unknown", {}, "", "Age unknown: it may be somebody under 16"),
        ("later_rule", {}, "", "Found by the rule later_rule"),
    ],
)
def test_a_code_is_explained(code: str, params: dict[str, object], field: str, sentence: str) -> None:
    assert explain(code, params=params, field=field) == sentence


def test_every_code_has_a_label_and_a_sentence() -> None:
    assert LABELS.keys() == _SENTENCES.keys()
    for code in LABELS:
        assert explain(code, params={})
        assert label(code)


def test_names_that_nobody_gave_words_are_shown_as_they_are() -> None:
    assert (label("later_rule"), field_name("shoe_size")) == ("later_rule", "shoe_size")


def test_a_rule_is_called_what_its_writer_called_it() -> None:
    assert label("tulips", params={"rule": "Biedt tulpen aan"}) == "Biedt tulpen aan"


def test_points_are_hours() -> None:
    assert points_label(1) == "1 hour forward"
    assert points_label(30) == "30 hours forward"
