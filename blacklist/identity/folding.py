"""One form for texts that differ only in script, case, accents and punctuation."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

READ = 400
"""Characters of a field that are read: no name, street or place is longer."""
KEPT = 100
"""Characters of a folded field that are kept."""

_APART = re.compile(r"[^a-z0-9]+")


def letters_of(text: str | None) -> str:
    """Return the text in small Latin letters and digits, its words apart by one space. Twice is once."""
    if not text:
        return ""
    plain = unicodedata.normalize("NFKC", text[:READ])
    return _APART.sub(" ", anyascii(plain).lower()).strip()[:KEPT].strip()


def name_letters(text: str | None) -> str:
    """The same for names, where ij, ĳ, ÿ and y are one letter and an apostrophe parts only particles.

    What is written as O'Brien and Obrien is one word, d'Hont and 't Hart are two.
    """
    if not text:
        return ""
    return _name_letters(text[:READ])


@lru_cache(maxsize=65536)
def _name_letters(text: str) -> str:
    plain = anyascii(unicodedata.normalize("NFKC", text)).lower()
    plain = re.sub(r"\b([a-ce-kmnopqru-z])['`]+(?=[a-z])", r"\1", plain)
    return _APART.sub(" ", plain).strip().replace("ij", "y")[:KEPT].strip()
