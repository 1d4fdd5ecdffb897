"""Does a message ask for a right that the AVG gives? A person is offered it: nothing follows by itself.

Wide on purpose: a request that nobody sees costs its sender a month, a mark too many costs us a click.
"""

import re

from incidents.choices import Right

_MY_DATA = (
    r"(?:mijn|m'n|onze|persoonlijke)?\s*(?:persoons|persoonlijke |profiel|account)?"
    r"(?:gegevens|info(?:rmatie)?|data|dossier|account|profiel)"
)
_ASKS: dict[Right, str] = {
    Right.ACCESS: (
        rf"\binzage\w*|\binzien\b|recht op informatie|"
        rf"(?:welke|wat voor)\s+{_MY_DATA}\b.{{0,40}}\b(?:hebben|bewaren|heb je|hebt u|bewaart)|"
        rf"(?:kopie|overzicht|afschrift)\s+van\s+(?:al\s+)?{_MY_DATA}"
    ),
    Right.CORRECTION: (
        rf"\b(?:rectificatie|rectificeren)\b|"
        rf"{_MY_DATA}\b.{{0,40}}\b(?:klop(?:t|pen) niet|corrigeren|correctie|rechtzetten|verbeteren)|"
        rf"\b(?:corrigeren?|corrigeer|verbeter)\b.{{0,40}}{_MY_DATA}"
    ),
    Right.ERASURE: (
        rf"recht op vergetelheid|\bvergeten worden\b|"
        rf"{_MY_DATA}\b.{{0,40}}\b(?:verwijder\w*|wissen|gewist|weghalen|weg\b|schrappen|uitschrijven)|"
        rf"\b(?:verwijder|wis|schrap|verwijderen|wissen|verwijdering)\b.{{0,40}}\b{_MY_DATA}"
    ),
    Right.PORTABILITY: (
        r"dataportabiliteit|overdraagbaarheid|"
        rf"{_MY_DATA}\b.{{0,40}}\b(?:meenemen|overdragen|exporteren|downloaden)"
    ),
    Right.RESTRICTION: rf"beperking van (?:de|mijn) verwerking|{_MY_DATA}\b.{{0,30}}\bniet meer gebruiken",
    Right.OBJECTION: (
        r"bezwaar (?:tegen|maken tegen).{0,40}(?:verwerking|gebruik|gegevens|zwarte lijst)|"
        r"(?:verwerking|zwarte lijst).{0,40}bezwaar"
    ),
}
_PATTERNS = {right: re.compile(pattern, re.IGNORECASE | re.DOTALL) for right, pattern in _ASKS.items()}
_BY_LAW = re.compile(
    r"(?:avg|gdpr|algemene verordening gegevensbescherming).{0,60}?\bart(?:ikel|\.)?\s*(\d\d)\b"
    r"|\bart(?:ikel|\.)?\s*(\d\d)\b.{0,40}?\b(?:avg|gdpr|algemene verordening)",
    re.IGNORECASE | re.DOTALL,
)
_ARTICLES = {
    "15": Right.ACCESS,
    "16": Right.CORRECTION,
    "17": Right.ERASURE,
    "18": Right.RESTRICTION,
    "20": Right.PORTABILITY,
    "21": Right.OBJECTION,
}
LOOKS_AT = 20_000
"""Characters of a message that are read."""


def rights_in(text: str) -> list[Right]:
    """Return the rights that a text seems to ask for, in the order of the law.

    Lines that begin with > count for nothing: they are what we, or somebody else, wrote before.
    """
    own = "\n".join(line for line in text[:LOOKS_AT].splitlines() if not line.lstrip().startswith(">"))
    found = {right for right, pattern in _PATTERNS.items() if pattern.search(own)}
    for match in _BY_LAW.finditer(own):
        article = _ARTICLES.get(match[1] or match[2])
        if article is not None:
            found.add(article)
    return [right for right in Right if right in found]
