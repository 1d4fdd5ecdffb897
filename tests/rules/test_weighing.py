"""Weak signs that say something together."""

import pytest

from moderation.choices import Flag
from moderation.detectors import scan
from moderation.detectors.severity import URGENT, severity_of
from moderation.explanations import explain
from moderation.rules.engine import read_record
from moderation.rules.library import default_rules, default_scales
from moderation.rules.rule import BadRule
from moderation.rules.weighing import STRETCH, Scales, parse_scale

GIVEN = {
    "code": "storm",
    "flag": "threat",
    "severity": 3,
    "title": "Er komt storm",
    "needs": 4,
    "house_rule": "3.2",
    "cue": [
        {"title": "het waait", "weight": 2, "patterns": ["wind", "het waait"]},
        {"title": "het regent", "weight": 2, "patterns": ["regen*"]},
        {"title": "het is een lied", "weight": -3, "patterns": ["(zing|zingen)"]},
        {"title": "iemand scheldt", "weight": 2, "flags": ["hate_insult"]},
    ],
}


def signs(text: str, *, flags: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    scales = Scales([parse_scale(GIVEN)], lists={})
    found = scales.find(read_record({"text": text}), flags=flags)
    return [(sign.cue.title, text[sign.start : sign.end]) for sign in found]


class TestScale:
    def test_says_nothing_of_one_sign_however_often_it_stands_there(self) -> None:
        assert signs("Wind, wind en nog eens wind. Het waait!") == []

    def test_marks_each_sign_once_they_weigh_enough_together(self) -> None:
        assert signs("Er staat wind. Straks gaat het regenen.") == [
            ("het waait", "wind"),
            ("het regent", "regenen"),
        ]

    def test_weighs_what_speaks_against(self) -> None:
        assert signs("Wij zingen van wind en regen.") == []

    def test_weighs_what_rules_found_besides(self) -> None:
        assert signs("Er staat wind.", flags=(Flag.HATE_INSULT,)) == [("het waait", "wind")]

    def test_does_not_bring_together_what_stands_far_apart(self) -> None:
        between = "Dat is iets anders. " * (STRETCH // 15)
        assert signs(f"Er staat wind. {between}Straks gaat het regenen.") == []
        assert signs(f"{between}Er staat wind. Straks gaat het regenen.") != []

    @pytest.mark.parametrize("text", ["", " ", "ab" * 5000, "woord " * 2000, "a. " * 3000])
    def test_reads_texts_of_every_form_to_their_end(self, text: str) -> None:
        assert [said for _cue, said in signs(f"{text} wind en regen")] == ["wind", "regen"]

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"cue": [{"title": "niets", "weight": 2}]}, "cue"),
            ({"cue": [{"title": "geen gewicht", "weight": 0, "patterns": ["wind"]}]}, "cue"),
            ({"cue": [{"weight": 2, "patterns": ["wind"]}]}, "cue"),
            ({"cue": [{"title": "onbekend", "weight": 2, "flags": ["weather"]}]}, "flags"),
            ({"colour": "red"}, "cue"),
        ],
    )
    def test_is_refused_when_it_makes_no_sense(self, changed: dict[str, object], field: str) -> None:
        with pytest.raises(BadRule) as refused:
            parse_scale({**GIVEN, **changed})
        assert refused.value.field == field

    def test_is_refused_with_a_pattern_that_cannot_be_read(self) -> None:
        scale = parse_scale({**GIVEN, "cue": [{"title": "open", "weight": 2, "patterns": ["(open"]}]})
        with pytest.raises(BadRule, match="haakje"):
            Scales([scale], lists={})


TOGETHER = {
    "leaving_life": (
        "De papegaai mag bij mijn nicht wonen. Alle rekeningen zijn betaald en ik heb de krant opgezegd. "
        "Na donderdag hoef ik niets meer."
    ),
    "unsafe_home": (
        "Ik typ dit terwijl hij boodschappen doet. Mijn telefoon heeft hij afgepakt. Is er ergens een "
        "kamer waar ik een paar nachten kan slapen?"
    ),
    "implied_threat": (
        "Aan degene die mijn plantenbak heeft gesloopt: ik weet hoe laat je van je werk komt. Breng hem "
        "terug of anders kom ik langs."
    ),
    "preys_on_trust": (
        "Goedemiddag mevrouw, ik bel namens de bank. Door een storing is uw rekening niet veilig. Onze "
        "koerier haalt vandaag uw sieraden op, en bespreek dit met niemand."
    ),
    "lone_child": (
        "wie haalt mij vrijdagnacht op bij het station? mijn ouders denken dat ik bij een vriendin slaap "
        "en op school weten ze ook van niks, ik zit in 2c"
    ),
}

CALM = [
    "Wij gaan kleiner wonen. De papegaai mag bij mijn nicht wonen en ik heb de krant opgezegd.",
    "Mijn telefoon is kapot. Is er ergens een kamer waar ik kan slapen tijdens mijn stage?",
    "Aan degene die mijn plantenbak heeft gemaakt: wat een mooi ding, bedankt!",
    "Mijn rekening geeft een storing. Wie gaat er met mij naar de bank?",
    "Wie haalt mij vrijdagavond op bij het station? Mijn ouders zijn er dan niet, ik ben 34.",
]


class TestDefaultScales:
    def test_have_codes_of_their_own_that_can_be_reached(self) -> None:
        scales = default_scales().scales
        codes = [scale.code for scale in scales]
        assert len(set(codes)) == len(codes) >= len(TOGETHER)
        assert not set(codes) & {rule.code for rule in default_rules()}
        for scale in scales:
            assert sum(cue.weight for cue in scale.cues if cue.weight > 0) > scale.needs

    @pytest.mark.parametrize(("code", "text"), TOGETHER.items())
    def test_find_danger_that_no_sentence_says(self, code: str, text: str) -> None:
        found = scan({"text": text})
        reasons = {one.params["cue"] for one in found if one.code == code}
        assert len(reasons) > 1
        assert severity_of(found) == URGENT

    @pytest.mark.parametrize("text", CALM)
    def test_leave_ordinary_life_alone(self, text: str) -> None:
        assert severity_of(scan({"text": text})) < URGENT

    def test_give_each_place_its_own_reason(self) -> None:
        found = [one for one in scan({"text": TOGETHER["unsafe_home"]}) if one.code == "unsafe_home"]
        said = explain("unsafe_home", params=found[0].params, field="text")
        assert found[0].params["rule"] in said
        assert found[0].params["cue"] in said
