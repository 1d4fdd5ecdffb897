"""How a text is worded as a whole."""

from moderation.choices import Flag
from moderation.detectors import scan
from moderation.rules.engine import read_record
from moderation.rules.library import default_wording
from moderation.rules.wording import (
    KINDS,
    MOST_WORDS,
    QUESTIONS,
    START,
    Bounds,
    Judgement,
    Wording,
    features,
)

NONE = (0.0,) * len(QUESTIONS)
BOUNDS = Bounds(danger=1.0, calm=-1.0, harmless=-1.0)


def wording(**weights: tuple[float, float]) -> Wording:
    """Weights for danger and harm; what is dangerous is a threat."""
    rows = {word: (danger, harm, danger, 0.0, 0.0, 0.0) for word, (danger, harm) in weights.items()}
    return Wording({START: NONE, **rows}, BOUNDS)


WORDS = " ".join(f"{first}a{last}" for first in "bdfkr" for last in "bdfkr")
DARK = wording(**dict.fromkeys(WORDS.split(), (1.0, 1.0)))
LIGHT = wording(**dict.fromkeys(WORDS.split(), (-1.0, -1.0)))


class TestWording:
    def test_adds_up_what_no_word_says_alone(self) -> None:
        judged = DARK.judge(read_record({"title": "", "text": f"De {WORDS}."}))
        assert judged.in_danger
        assert judged.kind == Flag.THREAT
        assert {place.field for place in judged.places} == {"text"}

    def test_says_nothing_when_there_is_little_to_go_by(self) -> None:
        judged = DARK.judge(read_record({"text": "Een bab en een bad."}))
        assert judged == Judgement()

    def test_explains_away_what_only_sounds_bad_in_a_calm_text(self) -> None:
        judged = LIGHT.judge(read_record({"text": WORDS}))
        assert judged.explains_away("veiled_threat")
        assert judged.explains_away("sale")
        assert judged.explains_away("business")
        assert not judged.explains_away("suicidal")
        assert not judged.explains_away("phone_number")

    def test_does_not_let_a_long_calm_text_hide_a_dark_one(self) -> None:
        calm = "zee " * MOST_WORDS
        judged = DARK.judge(read_record({"text": f"{calm}. {WORDS}"}))
        assert judged.in_danger

    def test_knows_words_by_their_stem_and_no_names(self) -> None:
        def of(text: str) -> set[str]:
            reading = read_record({"text": text}).readings["text"]
            return set(features([("text", word) for word in reading.words]))

        assert of("betalende katten") & of("betaalt. de kat") >= {"kat"}
        assert not any("jansen" in feature for feature in of("ik ken Piet Jansen goed"))


class TestDefaultWording:
    def test_marks_words_and_says_why(self) -> None:
        text = (
            "Zeg maar tegen hem dat ik weet wat hij met mijn moeder deed. Niemand gaat hem nog helpen, "
            "en als ik hem vind dan is het gauw stil."
        )
        judged = default_wording().judge(read_record({"title": "", "text": text}))
        assert judged.kind in KINDS
        for found in scan({"title": "", "text": text}):
            assert text[found.start : found.end].strip()
            assert found.params["rule"]
