"""The ways of looking somebody up that `bench.screening` compares."""

from django.db import connection
from rapidfuzz import fuzz

from bench.screening import Found, LookUp
from blacklist.identity import Identity, Person, normalise
from blacklist.models import ScratchPerson
from blacklist.selectors.lookups import SCRATCH
from blacklist.services.screening import screen_identity

NOBODY: Found = (-1.0, "")


def ours(identity: Identity) -> Found:
    """Look up by the service function."""
    screened = screen_identity(identity=identity, against=SCRATCH)
    return (screened.score, screened.matches[0].entry) if screened.matches else NOBODY


def trigrams() -> LookUp:
    """Make a trigram index over the same list; return how to look up in it."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("DROP TABLE IF EXISTS trigrams")
        cursor.execute("CREATE TABLE trigrams AS " + _LINES)
        cursor.execute("CREATE INDEX ON trigrams USING gin (line gin_trgm_ops)")
        cursor.execute("ANALYZE trigrams")

    def look_up(identity: Identity) -> Found:
        line = _line(normalise(identity))
        with connection.cursor() as cursor:
            cursor.execute(_NEAREST, [line, line])
            return cursor.fetchone() or NOBODY

    return look_up


_LINES = """
SELECT ref, first || ' ' || last || ' ' || born || ' ' || postcode
    || ' ' || emails || ' ' || phones
    AS line FROM blacklist_scratchperson
"""
_NEAREST = "SELECT similarity(line, %s) AS alike, ref FROM trigrams WHERE line %% %s ORDER BY 1 DESC LIMIT 1"


def _line(person: Person) -> str:
    return f"{person.first} {person.last} {person.born} {person.postcode} {person.emails} {person.phones}"


def everybody() -> LookUp:
    """Read the same list into memory; return how to compare with all of it, the fields weighted."""
    columns = ("ref", "first", "last", "born", "postcode", "emails", "phones")
    rows = list(ScratchPerson.objects.values_list(*columns))

    def look_up(identity: Identity) -> Found:
        person = normalise(identity)
        mine = (person.first, person.last, person.born, person.postcode, person.emails, person.phones)
        asked = [
            (at, value, weight) for at, (value, weight) in enumerate(zip(mine, _WEIGHTS, strict=True), 1)
        ]
        known = [one for one in asked if one[1]]
        return max(
            (sum(weight * fuzz.ratio(value, row[at]) for at, value, weight in known), row[0]) for row in rows
        )

    return look_up


_WEIGHTS = (2.0, 3.0, 3.0, 2.0, 3.0, 3.0)
