"""A request for a right is seen, whatever words it comes in."""

from incidents.choices import Right
from incidents.rights import rights_in

ASKED = {
    "Ik wil graag inzage in mijn gegevens.": [Right.ACCESS],
    "Welke gegevens hebben jullie van mij?": [Right.ACCESS],
    "Kunt u mij een kopie van al mijn persoonsgegevens sturen?": [Right.ACCESS],
    "Verwijder mijn account en al mijn gegevens": [Right.ERASURE],
    "Ik wil dat mijn gegevens worden gewist.": [Right.ERASURE],
    "Ik doe een beroep op het recht op vergetelheid": [Right.ERASURE],
    "Mijn persoonsgegevens kloppen niet": [Right.CORRECTION],
    "Op grond van artikel 16 AVG verzoek ik u": [Right.CORRECTION],
    "Op grond van de AVG, art. 15 en art 17 AVG, verzoek ik u": [Right.ACCESS, Right.ERASURE],
    "Ik maak bezwaar tegen de verwerking van mijn gegevens": [Right.OBJECTION],
    "Ik wil mijn gegevens meenemen naar een andere site": [Right.PORTABILITY],
    "Ik vraag om beperking van de verwerking": [Right.RESTRICTION],
    "> Ik wil inzage in mijn gegevens\nDank voor je antwoord!": [],
    "Mijn buurvrouw komt niet opdagen. Wat nu?": [],
    "Ik heb mijn wachtwoord vergeten": [],
    "Hoe verwijder ik een hulpvraag die is opgelost?": [],
    "": [],
}


def test_each_is_recognised_and_nothing_else() -> None:
    assert {text: rights_in(text) for text in ASKED} == ASKED
