"""A lookup goes by the index, and finds whom it should."""

from dataclasses import replace

import pytest
from django.db import connection

from bench.persons import People
from blacklist.identity import Identity, keys_to_ask, normalise
from blacklist.selectors.lookups import SCRATCH, by_the_index, candidates_sql, find_matches
from blacklist.services.scratch_list import Row, replace_scratch_list

LISTED = 1500


@pytest.fixture(scope="module")
def people() -> list[Identity]:
    drawn = People(seed=1)
    return [drawn.person() for _ in range(LISTED)]


@pytest.fixture
def scratch_list(db: None, people: list[Identity]) -> None:
    replace_scratch_list(rows=(Row(str(number), person) for number, person in enumerate(people)))


class TestALookup:
    def test_finds_those_who_come_back_and_lets_others_be(
        self, scratch_list: None, people: list[Identity]
    ) -> None:
        drawn = People(seed=2)
        returning = [
            (str(number), drawn.returning(people[number], reachable=False)) for number in range(0, LISTED, 10)
        ]
        matches = [(number, find_matches(person, on=SCRATCH)) for number, person in returning]
        found = [
            bool(best) and best[0].entry == number and best[0].comparison.bits > 14
            for number, best in matches
        ]
        others = [find_matches(drawn.person(), on=SCRATCH) for _ in range(150)]
        assert sum(found) >= 0.95 * len(found)
        assert [best[0] for best in others if best and best[0].comparison.bits > 14] == []

    def test_goes_by_the_index_even_where_intarray_brings_its_own_operator(
        self, scratch_list: None, people: list[Identity]
    ) -> None:
        person = replace(people[7], emails=(), phones=())
        keys = "{" + ",".join(map(str, keys_to_ask(normalise(person)))) + "}"
        with connection.cursor() as cursor:
            for create in ("SELECT 1", _CREATE_SHADOW):
                cursor.execute(create)
                cursor.execute(by_the_index("EXPLAIN " + candidates_sql(SCRATCH)), [keys])
                cursor.nextset()
                plan = "\n".join(line for (line,) in cursor.fetchall())
                assert "Bitmap Index Scan on scratchperson_keys" in plan
                assert "Seq Scan" not in plan
        assert find_matches(person, on=SCRATCH)[0].entry == "7"

    def test_asks_twice_however_long_the_list(
        self, scratch_list: None, people: list[Identity], django_assert_num_queries: object
    ) -> None:
        with django_assert_num_queries(2):  # type: ignore[operator]
            find_matches(people[0], on=SCRATCH)


_CREATE_SHADOW = """
CREATE FUNCTION public.shadow(int[], int[]) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE OPERATOR public.&& (LEFTARG = int[], RIGHTARG = int[], FUNCTION = public.shadow);
SET LOCAL search_path = public, pg_catalog
"""
"""What the extension intarray does to `&&`; the embedded PostgreSQL does not have it."""
