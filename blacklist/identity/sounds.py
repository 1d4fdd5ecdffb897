"""A Dutch phonetic code: names that are said alike, or nearly, have one code."""

import re
from functools import lru_cache

_STEPS = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"sch(?![aeiouy])", "s"),  # Bosch, Visscher
        (r"sch", "sg"),
        (r"tch|tsj|tj", "s"),
        (r"ck|cq|kh", "k"),
        (r"ph|gh(?=t)", "f"),
        (r"th|dt", "t"),
        (r"ch", "g"),
        (r"c(?=[eiy])", "s"),
        (r"[cq]", "k"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"[vw]", "f"),
        (r"d", "t"),
        (r"(?<=.)[hj]", ""),
        (r"(?<=.)[aeiouy]+", ""),
        (r"^[aeiouy]", "a"),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=65536)
def sound_of(word: str) -> str:
    """Return the code of one folded word; empty for an empty word. Initials keep their own letter.

    c/k, z/s, v/f/w, d/t, ck/k, sch/s, ph/f, th/t, ch/g and doubled letters are one; vowels after the first
    letter and a silent h count for nothing. `visscher` and `fisser` are the same.
    """
    for pattern, instead in _STEPS:
        word = pattern.sub(instead, word)
    return word
