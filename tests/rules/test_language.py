"""The language of patterns: what each sign means, and what is refused."""

import pytest
from django.utils import translation

from moderation.rules.language import BadPattern, compile_any, compile_expression
from moderation.rules.reading import read

LISTS = {"geld": ("geld|poen", "een tientje"), "deep": ("{deep}",)}


def found(pattern: str, text: str) -> str | None:
    reading = read(text)
    match = compile_any([pattern], lists=LISTS).search(reading.line)
    return text[slice(*reading.original(*match.span()))] if match else None


class TestPatterns:
    @pytest.mark.parametrize(
        ("pattern", "text", "words"),
        [
            ("geld nodig", "Ik heb GELD nodig", "GELD nodig"),
            ("geld nodig", "geld, nodig", "geld, nodig"),
            ("geld nodig", "Geld. Nodig!", None),
            ("geld", "geldboom", None),
            ("betal*", "ik betaalde en betalen", "betalen"),
            ("*verslaving", "een gokverslaving dus", "gokverslaving"),
            ("*geld*", "ontgeldingsdag", "ontgeldingsdag"),
            ("bel|app mij", "app mij", "app mij"),
            ("(ik ben|wij zijn) klaar", "wij zijn klaar", "wij zijn klaar"),
            ("ik ben (echt)? klaar", "ik ben klaar", "ik ben klaar"),
            ("bel ..2 mij", "bel dan maar mij", "bel dan maar mij"),
            ("bel ..2 mij", "bel dan toch maar mij", None),
            ("bel .. mij", "bel. En mij", None),
            ("bel ...2 mij", "bel. En mij", "bel. En mij"),
            ("# euro", "voor 12,50 euro", "12,50 euro"),
            ("# euro", "voor € 5", None),
            ("buurman {Naam}", "de buurman Kees", "buurman Kees"),
            ("buurman {Naam}", "de buurman kent mij", None),
            ("{geld} nodig", "een tientje nodig", "een tientje nodig"),
            ("{geld}|iets lenen", "iets lenen", "iets lenen"),
            ("< bel", "Kom. Bel mij", "Bel"),
            ("< bel", "Kom, bel mij", None),
            ("klaar >", "ik ben klaar.", "klaar"),
        ],
    )
    def test_mean_what_they_say(self, pattern: str, text: str, words: str | None) -> None:
        assert found(pattern, text) == words

    @pytest.mark.parametrize(
        ("pattern", "problem"),
        [
            ("(bel", "does not close"),
            ("bel)", "was not opened"),
            ("bel|", "nothing beside"),
            ("..", "no word"),
            ("(bel)?", "no word"),
            ("bel ..99 mij", "A gap is"),
            ("{poen}", "no list"),
            ("{deep}", "too deep"),
            ("*", "is no word"),
            ("b*l", "is no word"),
            ("", "no word"),
        ],
    )
    def test_that_mean_nothing_are_refused(self, pattern: str, problem: str) -> None:
        with translation.override("en"), pytest.raises(BadPattern, match=problem):
            compile_any([pattern], lists=LISTS)


class TestExpressions:
    def test_ignore_capitals(self) -> None:
        assert compile_expression("nl\\d\\d").search("NL12")

    @pytest.mark.parametrize("source", ["(", "(a)\\1", "(?=a)", "a{2000}"])
    def test_that_could_hang_or_are_wrong_are_refused(self, source: str) -> None:
        with pytest.raises(BadPattern):
            compile_expression(source)
