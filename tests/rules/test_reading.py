"""What a text is to rules: one plain form of every word, and where each stands."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.rules.reading import BOUND, CAPITAL, plain_word, read

ANY_TEXT = st.text(max_size=80) | st.text(
    alphabet="abe g.l-d*@4\u0301é€'’ĳﬁ🌷\u200b\u00ad5,!?\nXЖ", max_size=60
)


def plain(text: str) -> list[str]:
    return [word.plain for word in read(text).words if word.plain != BOUND]


class TestWords:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Zoë's foto's", ["zoes", "fotos"]),
            ("wh4tsapp en k@nker", ["whatsapp", "en", "kanker"]),
            ("g e l d en b.e.l en t-e-l", ["geld", "en", "bel", "en", "tel"]),
            ("heeeel veeeel", ["heel", "veel"]),
            ("€ 12,50 of 50,-", ["euro", "12,50", "of", "50"]),
            ("mp3 en 2e hands", ["mp3", "en", "2e", "hands"]),
            ("gеld", ["geld"]),
            ("d\u00ado\u200bod", ["dood"]),
            ("ĳsje ﬁets", ["ijsje", "fiets"]),
            ("10-jarige", ["10", "jarige"]),
        ],
    )
    def test_have_one_plain_form(self, text: str, words: list[str]) -> None:
        assert plain(text) == words

    def test_sentences_are_bounded(self) -> None:
        assert read("Ik kom. Jij ook?").line == b" | ik kom | jij ook | "

    def test_a_capital_that_the_sentence_does_not_ask_for_is_marked(self) -> None:
        assert plain("Mijn zus Els kent Jan. Jan Bos ook. Let op: Kees") == [
            "mijn", "zus", "^els", "kent", "^jan", "^jan", "^bos", "ook", "let", "op", "^kees",
        ]  # fmt: skip

    @given(st.text(max_size=20))
    def test_plain_twice_is_plain_once(self, word: str) -> None:
        assert plain_word(plain_word(word)) == plain_word(word)


class TestPlaces:
    @settings(deadline=None)
    @given(ANY_TEXT)
    def test_every_word_stands_where_it_says(self, text: str) -> None:
        reached = 0
        for word in read(text).words:
            assert reached <= word.start <= word.end <= len(text)
            reached = word.end
            if word.plain not in {BOUND, "euro"} and "~" not in word.plain:
                spread = text[word.start : word.end]
                joined = "".join(char for char in spread if char not in " .-_*·")
                assert word.plain.removeprefix(CAPITAL) in {plain_word(spread), plain_word(joined)}

    def test_a_stretch_of_the_line_is_found_in_the_text(self) -> None:
        reading = read("Hé 🌷 g e l d nodig!")
        start = reading.line.index(b" geld nodig")
        assert (
            "Hé 🌷 g e l d nodig!"[slice(*reading.original(start, start + len(b" geld nodig")))]
            == "g e l d nodig"
        )
