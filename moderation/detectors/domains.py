"""Which endings make a dotted word an internet address."""

_CERTAIN = """
nl com net org eu be uk fr biz io co app online site website shop store club xyz amsterdam frl
page link blog live email ly gl gg tv edu gov int es it pl tr ru ch dk se cz ro pt ie
"""
CERTAIN = frozenset(_CERTAIN.split())
"""Endings that no Dutch word has."""

ALSO_WORDS = frozenset({"de", "nu", "me", "to", "in", "is", "at", "no", "so", "info"})
"""Endings that are words too: "klaar.De hond" is two sentences."""

KNOWN = CERTAIN | ALSO_WORDS

_MAIL_HOSTS = """
gmail hotmail outlook live yahoo icloud protonmail proton ziggo kpnmail kpn xs4all planet upcmail casema
hetnet gmx
"""
MAIL_HOSTS = frozenset(_MAIL_HOSTS.split())
"""Names that people spell out when they mean a mail address."""


def is_address(domain: str) -> bool:
    """Return whether these dotted labels end in a well-known top-level domain."""
    head, dot, ending = domain.rpartition(".")
    return bool(dot and head) and ending.lower() in KNOWN


def without_next_sentence(domain: str) -> str:
    """Return the domain without a sentence that follows it unspaced: "voorbeeld.nl.Dan"."""
    head, _dot, last = domain.rpartition(".")
    if last[:1].isupper() and not head.isupper() and is_address(head):
        return head
    return domain
