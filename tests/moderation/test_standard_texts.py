"""Filling in standard texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.standard_text_defaults import TEXTS
from moderation.standard_texts import fill, unknown_places


class TestFill:
    def test_puts_in_what_it_knows(self) -> None:
        said = fill(
            "Beste {naam}, in {titel} staat {gevonden}.", name="Ria", title="Tuin", found=["06", "06", "www"]
        )
        assert said == "Beste Ria, in Tuin staat 06, www."

    def test_has_words_for_what_is_not_there(self) -> None:
        assert "{" not in fill("{naam} {gevonden}", name="", title="", found=[])

    def test_leaves_other_braces_alone(self) -> None:
        assert fill("{x} {{naam}} {", name="Ria", title="", found=[]) == "{x} {Ria} {"

    def test_does_not_fill_in_what_it_put_in(self) -> None:
        assert fill("{titel}", name="Ria", title="{naam}", found=[]) == "{naam}"

    @given(st.text(), st.text(), st.text(), st.lists(st.text()))
    def test_never_stumbles(self, body: str, name: str, title: str, found: list[str]) -> None:
        fill(body, name=name, title=title, found=found)


class TestUnknownPlaces:
    def test_are_named(self) -> None:
        assert unknown_places("{naam} {adres} {titel}") == ["adres"]

    @pytest.mark.parametrize("body", [body for _outcome, _title, body in TEXTS])
    def test_are_in_none_of_ours(self, body: str) -> None:
        assert unknown_places(body) == []
