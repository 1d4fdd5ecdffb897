"""What holds for any two persons, whatever is filled in."""

import time
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blacklist.identity import (
    Comparer,
    Comparison,
    Identity,
    Person,
    Rarity,
    explain,
    identity_of,
    keys_of,
    keys_to_ask,
    normalise,
    terms_of,
)

ANYTHING = st.none() | st.text(max_size=40)
SEVERAL = st.lists(st.text(max_size=30), max_size=3).map(tuple)
NAMES = st.sampled_from(
    ["Jan", "Johannes", "J.", "Jan Piet", "de Vries", "Vries-Bakker", "Bakker", "ij", "d'Hont"]
)
POSTCODES = st.sampled_from(["8011 AB", "8011AC", "8012 AB", "4000", "4001", "D-1234"])
BORN = st.sampled_from(["1961-02-28", "28-02-1961", "1961-01-01", "1962-02-28", "onbekend"]) | st.dates()

WILD = st.builds(
    Identity,
    salutation=ANYTHING,
    first_name=ANYTHING,
    infix=ANYTHING,
    last_name=ANYTHING,
    birth_date=ANYTHING | st.dates(),
    postcode=ANYTHING,
    street=ANYTHING,
    place=ANYTHING,
    emails=SEVERAL,
    phones=SEVERAL,
    accounts=SEVERAL,
    photo_hash=ANYTHING,
)
LIKELY = st.builds(
    Identity,
    salutation=st.none() | st.sampled_from(["dhr", "mevrouw"]),
    first_name=st.none() | NAMES,
    infix=st.none() | st.sampled_from(["van", "de"]),
    last_name=st.none() | NAMES,
    birth_date=st.none() | BORN,
    postcode=st.none() | POSTCODES,
    place=st.none() | st.sampled_from(["Zwolle", "Zwollle", "Ede"]),
    street=st.none() | st.sampled_from(["Kerkweg 1", "Kerkweg 2", "Dorpsstraat 1"]),
    emails=st.sampled_from([(), ("jan@gmail.com",), ("j.a.n+x@googlemail.com",), ("jan@ziggo.nl",)]),
    phones=st.sampled_from([(), ("06-12345678",), ("+31 6 12345678",), ("06-12345679",)]),
    accounts=st.sampled_from([(), ("facebook:1",), ("facebook:2",)]),
    photo_hash=st.none() | st.sampled_from(["ffff0000ffff0000", "ffff0000ffff0001", "0000ffff0000ffff"]),
)
EITHER = WILD | LIKELY
LISTED = Rarity(listed=1000)


def compared(one: Person, other: Person) -> Comparison:
    return Comparer(one, rarity=LISTED).compare(other)


class TestAnyIdentity:
    @settings(max_examples=150)
    @given(EITHER)
    def test_is_normalised_once_and_for_all(self, identity: Identity) -> None:
        once = normalise(identity)
        assert normalise(identity_of(once)) == once

    @settings(max_examples=60)
    @given(EITHER, EITHER)
    def test_scores_the_same_whichever_comes_first(self, one: Identity, other: Identity) -> None:
        there, back = (compared(*pair) for pair in _both_ways(normalise(one), normalise(other)))
        assert there.bits == pytest.approx(back.bits)
        assert 0 <= there.score <= 1

    @settings(max_examples=60)
    @given(EITHER, EITHER)
    def test_scores_what_its_evidence_adds_up_to(self, one: Identity, other: Identity) -> None:
        comparison = compared(normalise(one), normalise(other))
        assert comparison.bits == pytest.approx(sum(weight for _, _, weight in comparison.evidence))
        assert explain(comparison).count(",") == max(len(comparison.evidence) - 1, 0)

    @settings(max_examples=150)
    @given(LIKELY, LIKELY, st.sampled_from(Person._fields))
    def test_never_scores_lower_for_one_more_field_that_matches(
        self, one: Identity, other: Identity, field: str
    ) -> None:
        mine, theirs = normalise(one), normalise(other)
        without = compared(mine._replace(**{field: ""}), theirs)
        matching = compared(mine._replace(**{field: getattr(theirs, field)}), theirs)
        assert matching.bits >= without.bits - 1e-9

    @settings(max_examples=60)
    @given(EITHER)
    def test_is_found_by_the_keys_it_is_kept_under(self, identity: Identity) -> None:
        person = normalise(identity)
        assert keys_of(person) <= keys_to_ask(person)
        assert all(-(2**31) <= key < 2**31 for key in keys_to_ask(person) | terms_of(person))


def _both_ways(one: Person, other: Person) -> list[tuple[Person, Person]]:
    return [(one, other), (other, one)]


LONG = ["a" * 10_000, "van " * 2_500, "é-" * 5_000, "1" * 10_000, "ﷺ" * 3_300, "'" * 10_000, "+31" * 3_300]


@pytest.mark.parametrize("text", LONG)
def test_ten_kilobytes_take_no_fifty_milliseconds(text: str) -> None:
    texts: dict[str, Any] = {field.name: text for field in fields(Identity)}
    several = {"emails": (text,) * 20, "phones": (text,) * 20, "accounts": (text,) * 20}
    identity = replace(Identity(), **{**texts, **several})
    other = normalise(replace(identity, last_name=text[1:], birth_date=date(1961, 2, 28)))
    took = []
    for _ in range(3):
        began = time.process_time()
        person = normalise(identity)
        keys_to_ask(person)
        compared(person, other)
        took.append(time.process_time() - began)
    assert min(took) < 0.05
