"""Comparing people: from what somebody wrote down to how likely two of them are one, and why.

Plain Python: it knows no database and no Django. In the order of a lookup: `normalise` an `Identity`,
`keys_to_ask` for it, drop the keys not `worth_asking`, compare each candidate with a `Comparer`.
"""

from blacklist.identity.candidates import worth_asking
from blacklist.identity.explanation import explain
from blacklist.identity.identity import Identity
from blacklist.identity.keys import keys_of, keys_to_ask, terms_of
from blacklist.identity.levels import Level
from blacklist.identity.normalising import Person, identity_of, normalise
from blacklist.identity.scoring import Comparer, Comparison, Evidence
from blacklist.identity.verdicts import Verdict, verdict_of
from blacklist.identity.weights import WEIGHTS, Rarity, Weights

__all__ = [
    "WEIGHTS",
    "Comparer",
    "Comparison",
    "Evidence",
    "Identity",
    "Level",
    "Person",
    "Rarity",
    "Verdict",
    "Weights",
    "explain",
    "identity_of",
    "keys_of",
    "keys_to_ask",
    "normalise",
    "terms_of",
    "verdict_of",
    "worth_asking",
]
