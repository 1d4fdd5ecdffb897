"""Rules: what they are made of, what is refused, and when they hold."""

import json
from typing import Any

import pytest

from moderation.rules.engine import RuleSet, read_record
from moderation.rules.library import default_rule_set, default_rules, word_lists
from moderation.rules.rule import BadRule, parse_rule

LEAST = {
    "code": "tulips",
    "flag": "commercial",
    "severity": 2,
    "title": "Tulpen",
    "patterns": ["tulp|tulpen"],
}


def words_found(
    text: str, *, title: str = "", kind: str = "", keywords: tuple[str, ...] = (), **rule: Any
) -> list[str]:
    rules = RuleSet.of([parse_rule(LEAST | rule, lists={})], lists={})
    texts = {"title": title, "text": text}
    record = read_record(texts, kind=kind, keywords=keywords)
    return [texts[match.field][match.start : match.end] for match in rules.find(record)]


class TestParseRule:
    def test_gives_points_by_severity(self) -> None:
        assert [parse_rule(LEAST | {"severity": s}, lists={}).points for s in (1, 2, 3)] == [10, 30, 100]

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"code": "Tulpen!"}, "code"),
            ({"code": "x" * 41}, "code"),
            ({"flag": "tulips"}, "flag"),
            ({"severity": 4}, "severity"),
            ({"severity": True}, "severity"),
            ({"title": " "}, "title"),
            ({"points": -1}, "points"),
            ({"patterns": []}, "patterns"),
            ({"patterns": ["(tulp"]}, "patterns"),
            ({"patterns": "tulp"}, "patterns"),
            ({"patterns": [1]}, "patterns"),
            ({"unless": ["{bloem}"]}, "unless"),
            ({"expressions": ["(a"]}, "expressions"),
            ({"expressions": ["a*"]}, "expressions"),
            ({"at_least": 2}, "at_least"),
            ({"kinds": ["letter"]}, "kinds"),
            ({"colour": "red"}, "colour"),
        ],
    )
    def test_names_the_field_that_is_wrong(self, change: dict[str, Any], field: str) -> None:
        with pytest.raises(BadRule) as refused:
            parse_rule(LEAST | change, lists={})
        assert refused.value.field == field

    @pytest.mark.parametrize("missing", ["code", "flag", "severity", "title"])
    def test_wants_what_must_be_there(self, missing: str) -> None:
        with pytest.raises(BadRule, match=missing):
            parse_rule({name: value for name, value in LEAST.items() if name != missing}, lists={})


class TestHolding:
    def test_marks_the_words(self) -> None:
        assert words_found("Mooie Tulpen en een tulp") == ["Tulpen", "tulp"]

    def test_an_exception_that_touches_disarms_one_place_only(self) -> None:
        assert words_found("geen tulpen, wel tulpen", unless=["geen tulpen"]) == ["tulpen"]

    def test_an_exception_nearby_disarms_its_sentence(self) -> None:
        text = "Ik schilder tulpen. Wie koopt tulpen?"
        assert words_found(text, unless_near=["schilder*"]) == ["tulpen"]
        assert words_found(text, near=["koopt"]) == ["tulpen"]

    def test_what_must_stand_anywhere_may_stand_in_the_title_or_the_keywords(self) -> None:
        assert words_found("tulpen", title="Te koop", anywhere=["te koop"]) == ["tulpen"]
        assert words_found("tulpen", keywords=("te koop",), anywhere=["te koop"]) == ["tulpen"]
        assert words_found("tulpen", anywhere=["te koop"]) == []
        assert words_found("tulpen", title="Te koop", unless_anywhere=["te koop"]) == []

    def test_several_different_patterns_may_be_asked_for(self) -> None:
        rule: dict[str, Any] = {"patterns": ["tulp|tulpen", "narcis*"], "at_least": 2}
        assert words_found("tulpen en tulpen", **rule) == []
        assert words_found("tulpen en narcissen", **rule) == ["tulpen", "narcissen"]

    def test_a_kind_may_be_asked_for(self) -> None:
        assert words_found("tulpen", kind="offer", kinds=["offer"]) == ["tulpen"]
        assert words_found("tulpen", kind="profile", kinds=["offer"]) == []

    def test_expressions_look_at_the_text_as_it_was_typed(self) -> None:
        assert words_found("🌷 Bol-12!", expressions=["bol-\\d+"]) == ["Bol-12"]

    def test_exceptions_hold_for_what_an_expression_finds_too(self) -> None:
        text = "Geen bol-12! Wel 💐bol-13, voor de les 🎓 van mijn school. Bol-14 te koop. 🎓 Klaar!"
        rule: dict[str, Any] = {"patterns": [], "expressions": ["bol-\\d+|🎓"]}
        assert words_found(text, **rule) == ["bol-12", "bol-13", "🎓", "Bol-14", "🎓"]
        assert words_found(text, unless=["geen bol-12"], **rule) == ["bol-13", "🎓", "Bol-14", "🎓"]
        assert words_found(text, unless_near=["school"], **rule) == ["bol-12", "Bol-14", "🎓"]
        assert words_found(text, near=["te koop"], **rule) == ["Bol-14"]


class TestDefaults:
    def test_survive_json(self) -> None:
        for rule in default_rules():
            assert parse_rule(json.loads(json.dumps(rule.as_dict())), lists=word_lists()) == rule

    def test_rest_on_a_house_rule(self) -> None:
        assert [rule.code for rule in default_rules() if not rule.house_rule] == []

    def test_work_together(self) -> None:
        assert len(default_rule_set().rules) == len(default_rules()) > 30
