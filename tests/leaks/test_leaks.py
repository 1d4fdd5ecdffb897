"""A letter never gives away who reported something."""

import unicodedata
from itertools import product
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.leaks import Leak, LeakKind, Person, leaks
from backoffice.leaks.words import fold, osa
from tests.leaks.letters import CLEAN, FATIMA, OWN_TEXTS, PIET, PLANTED, REPORT, ROOS

NOBODY = Person()
LETTER = "Beste Fatima,\n\nin je tekst staat een telefoonnummer. Wil je het weghalen? {}\n\nDank je wel."
some_text = st.text(max_size=80)


class TestFiftyPlanted:
    def test_are_fifty(self) -> None:
        assert len(PLANTED) == len(CLEAN) == 50

    @pytest.mark.parametrize(("reporter", "letter"), PLANTED)
    def test_are_all_caught(self, reporter: Person, letter: str) -> None:
        assert leaks(letter, reporter=reporter, report=REPORT, addressee=FATIMA, own_texts=OWN_TEXTS)

    @pytest.mark.parametrize(("reporter", "addressee", "letter"), CLEAN)
    def test_fifty_clean_ones_are_not_stopped(self, reporter: Person, addressee: Person, letter: str) -> None:
        found = leaks(letter, reporter=reporter, report=REPORT, addressee=addressee, own_texts=OWN_TEXTS)
        assert found == []


class TestLeak:
    @pytest.mark.parametrize(
        ("letter", "kind", "words"),
        [
            ("Dit vond Piet  Jansen.", LeakKind.NAME, "Piet  Jansen"),
            ("Mail pi\u200bet.jansen62@gmail.com nu", LeakKind.EMAIL, "pi\u200bet.jansen62@gmail.com"),
            ("Bel 06/12.34.56.78 nu", LeakKind.PHONE, "06/12.34.56.78"),
            ("Bel 0031612345678", LeakKind.PHONE, "0031612345678"),
            ("nul zes twaalf vierendertig zesenvijftig achtenzeventig", LeakKind.PHONE, None),
            ("Je kwam bij 8011ab langs", LeakKind.ADDRESS, "8011ab"),
            ("in de Dorpsstr. 12", LeakKind.ADDRESS, "Dorpsstr"),
            ("lid M-4711 dus", LeakKind.MEMBER_ID, "M-4711"),
            (
                "jij stond vorige week dronken voor mijn deur te schreeuwen, zeg",
                LeakKind.PHRASE,
                "stond vorige week dronken voor mijn deur te schreeuwen",
            ),
        ],
    )
    def test_says_what_and_which_words(self, letter: str, kind: LeakKind, words: str | None) -> None:
        found = [leak for leak in leaks(letter, reporter=PIET, report=REPORT) if leak.kind == kind]
        assert [leak.found for leak in found] == [words or letter]
        assert letter[found[0].start : found[0].end] == found[0].found

    def test_is_given_once_for_the_widest_words(self) -> None:
        (leak,) = leaks("Dit vond Piet Jansen.", reporter=PIET)
        assert leak == Leak(9, 20, LeakKind.NAME, "Piet Jansen")

    def test_has_words_for_each_kind(self) -> None:
        assert all(str(kind.label) for kind in LeakKind)


class TestWhatIsNobodys:
    def test_the_members_own_words(self) -> None:
        own = ("Hij stond vorige week dronken voor mijn deur te schreeuwen.",)
        assert leaks(own[0], reporter=PIET, report=REPORT, own_texts=own) == []

    def test_our_own_texts(self) -> None:
        ours = ("Op de site kunnen wij helpen als er iets misgaat.",)
        assert leaks(ours[0], reporter=PIET, report=f"Er staat: {ours[0]}", our_texts=ours) == []

    def test_a_quotation_of_the_member(self) -> None:
        letter = 'Je schreef "vraag Piet Jansen maar".'
        assert leaks(letter, reporter=PIET, own_texts=["Vraag Piet Jansen maar!"]) == []
        assert leaks(letter, reporter=PIET, own_texts=["Iets anders"])

    def test_a_name_that_the_addressee_has_too(self) -> None:
        same = Person(first_name="Roos", last_name="Smit")
        assert leaks("Beste Roos, dank je wel.", reporter=ROOS, addressee=same) == []
        assert leaks("Beste Roos, Bakker is boos op jou, dat zei Bakker.", reporter=ROOS, addressee=same)

    def test_a_shared_last_name_with_another_initial_is_still_somebody_else(self) -> None:
        one = Person(first_name="Piet", last_name="Jansen")
        other = Person(first_name="Karin", last_name="Jansen")
        assert leaks("Beste K. Jansen, dank.", reporter=one, addressee=other) == []
        assert leaks("Beste K. Jansen, P. Jansen schreef ons.", reporter=one, addressee=other)


class TestProperties:
    @given(some_text, some_text)
    def test_somebody_of_whom_nothing_is_known_is_never_found(self, letter: str, report: str) -> None:
        found = leaks(letter, reporter=NOBODY, report="")
        assert found == []
        assert leaks(letter, reporter=PIET, report=report, own_texts=[letter]) is not None

    @given(
        st.sampled_from(["Piet Jansen", "piet jansen", "Jansens", "06-12345678", "m-4711", "8011 ab"]),
        st.text(alphabet="abcdefghij KLM.,!?\n", max_size=60),
        st.text(alphabet="abcdefghij KLM.,!?\n", max_size=60),
    )
    def test_what_gives_away_is_found_wherever_it_stands(self, telling: str, before: str, after: str) -> None:
        letter = f"{before} {telling} {after}"
        found = leaks(letter, reporter=PIET)
        assert any(leak.start <= letter.index(telling) + 1 < leak.end for leak in found)

    @given(st.lists(st.sampled_from(["\u200b", "\u00ad", "\u2060"]), min_size=10, max_size=10))
    def test_invisible_characters_hide_nothing(self, between: list[str]) -> None:
        hidden = "".join(one + other for one, other in zip("PietJansen", between, strict=True))
        assert leaks(LETTER.format(hidden[:8] + " " + hidden[8:]), reporter=PIET)

    @pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
    def test_accents_hide_nothing_however_they_are_written(self, form: Literal["NFC"]) -> None:
        reporter = Person(first_name="Ümit", last_name="Yüksel")
        assert leaks(unicodedata.normalize(form, "Wij hoorden van Yüksel."), reporter=reporter)

    @given(some_text, some_text)
    def test_places_are_those_of_the_letter(self, one: str, other: str) -> None:
        letter = f"{one} Piet Jansen {other} 0612345678"
        for leak in leaks(letter, reporter=PIET, report=other):
            assert letter[leak.start : leak.end] == leak.found
            assert leak.found


FIRST = [
    "Anna", "Emma", "Sterre", "Evi", "Johanna", "Hendrika", "Monique", "Greetje", "Daan", "Luuk",
    "Thijs", "Jan", "Cornelis", "Erik", "Mark", "Wim", "Piet", "Ton", "Ben", "Wil", "Ali", "Fatma",
    "Mehmet", "Els", "An", "Bo", "Rein", "Storm", "Mees", "Lot",
]  # fmt: skip
LAST = [
    "Vries", "Bakker", "Janssen", "Meijer", "Boer", "Vos", "Leeuwen", "Wit", "Dijkstra", "Kok",
    "Heuvel", "Schouten", "Beek", "Hoekstra", "Koster", "Prins", "Post", "Kuipers", "Timmermans",
    "Groen", "Koning", "Rechter", "Buurman", "Kooij", "Lezer", "Brief", "Verbeek",
]  # fmt: skip
MARIT = Person(first_name="Marit", last_name="Achterberg")
FORMS = (
    "Meneer {last} heeft ons geschreven.",
    "Wij hoorden van {first} wat je schreef.",
    "{first} {last} meldde dit.",
    "Dit is {last}'s tuin, dat weet je.",
    "{first[0]}. {last} schreef ons.",
    "Wij spraken {last} hierover.",
)


class TestManyNames:
    @pytest.mark.parametrize("form", FORMS)
    def test_are_caught_in_every_form(self, form: str) -> None:
        missed = [
            (first, last)
            for first, last in product(FIRST, LAST)
            if not leaks(
                LETTER.format(form.format(first=first, last=last)),
                reporter=Person(first_name=first, last_name=last),
                addressee=MARIT,
            )
        ]
        assert missed == []

    @pytest.mark.parametrize("last", [name for name in LAST if len(name) > 5])
    def test_are_caught_with_any_two_letters_swapped(self, last: str) -> None:
        for place in range(1, len(last) - 1):
            typed = f"{last[:place]}{last[place + 1]}{last[place]}{last[place + 2 :]}"
            letter = LETTER.format(f"Familie {typed} wil rust.")
            assert leaks(letter, reporter=Person(first_name="Corrie", last_name=last), addressee=MARIT)


class TestOsa:
    """After Boytsov (2011): insertions, deletions, replacements and swaps of neighbours."""

    @pytest.mark.parametrize(
        ("left", "right", "distance"),
        [
            ("jansen", "jansen", 0),
            ("jansen", "janssen", 1),
            ("jansen", "jnasen", 1),
            ("jansen", "hanzen", 2),
            ("ca", "abc", 3),
            ("", "ab", 2),
        ],
    )
    def test_counts(self, left: str, right: str, distance: int) -> None:
        assert osa(left, right, most=5) == osa(right, left, most=5) == distance

    @given(st.text(alphabet="abc", max_size=6), st.text(alphabet="abc", max_size=6))
    def test_stops_early_with_the_same_answer(self, left: str, right: str) -> None:
        whole = osa(left, right, most=9)
        for most in range(9):
            assert osa(left, right, most=most) == min(whole, most + 1)
        assert (whole == 0) == (left == right)

    def test_every_single_typo_of_a_name_is_near(self) -> None:
        name = "jansen"
        swapped = [name[:i] + name[i + 1] + name[i] + name[i + 2 :] for i in range(5)]
        replaced = [name[:i] + "x" + name[i + 1 :] for i in range(6)]
        dropped = [name[:i] + name[i + 1 :] for i in range(6)]
        for typo, most in product([*swapped, *replaced, *dropped], (1, 2)):
            assert osa(typo, name, most=most) <= 1


class TestFold:
    @pytest.mark.parametrize(
        ("one", "other"),
        [("José", "jose"), ("MEIJER", "meyer"), ("Yıldırım", "yildirim"), ("Ĳsbrand", "ysbrand")],
    )
    def test_makes_the_same_of_what_reads_the_same(self, one: str, other: str) -> None:
        assert fold(one) == other
