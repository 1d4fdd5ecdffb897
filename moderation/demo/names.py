"""Names and places of people who do not exist."""

WOMEN = (
    "Anneke", "Greet", "Fatima", "Willemijn", "Ria", "Samira", "Truus", "Lotte", "Joke", "Emine", "Marijke", "Sanne",
    "Hennie", "Yasmina", "Corrie", "Femke", "Tineke", "Nadia", "Ans", "Roos", "Gerda", "Priya", "Elly", "Iris", "Bep",
)  # fmt: skip
MEN = (
    "Jan", "Mohamed", "Kees", "Pieter", "Ahmet", "Henk", "Daan", "Gerrit", "Youssef", "Wim", "Bart", "Sjoerd", "Ruud",
    "Ibrahim", "Theo", "Lars", "Cor", "Rachid", "Joop", "Thijs", "Ali", "Frits", "Marco", "Hans", "Stefan",
)  # fmt: skip
LAST = (
    ("", "Jansen"), ("de", "Vries"), ("van den", "Berg"), ("", "Bakker"), ("", "El Amrani"), ("van", "Dijk"),
    ("", "Yilmaz"), ("de", "Boer"), ("", "Mulder"), ("van der", "Meer"), ("", "Postma"), ("", "Hendriks"),
    ("in 't", "Veld"), ("", "Dekker"), ("", "Benali"), ("van", "Leeuwen"), ("", "Kuipers"), ("de", "Groot"),
    ("", "Smit"), ("ter", "Horst"), ("", "Demir"), ("van 't", "Hof"), ("", "Brouwer"), ("", "Singh"),
    ("van der", "Velde"), ("", "Jansen-de Wit"), ("", "Prins"), ("", "Schouten"), ("den", "Hartog"), ("", "Visser"),
    ("", "Hoekstra"), ("van", "Vliet"), ("", "Aydin"), ("", "Koster"), ("de", "Jong"), ("", "Vermeulen"),
)  # fmt: skip
PLACES = (
    ("Zwolle", "8011"), ("Zwolle", "8021"), ("Deventer", "7411"), ("Amersfoort", "3811"), ("Utrecht", "3511"),
    ("Arnhem", "6811"), ("Leeuwarden", "8911"), ("Haarlem", "2011"), ("Breda", "4811"), ("Zutphen", "7201"),
    ("Kampen", "8261"), ("Meppel", "7941"), ("Apeldoorn", "7311"), ("Nijmegen", "6511"), ("Hattem", "8051"),
)  # fmt: skip
SITES = (
    ("wehelpen.nl", 60),
    ("zwolle.wehelpen.nl", 16),
    ("deventer.wehelpen.nl", 8),
    ("huppla.nl", 16),
)
"""Sites with their share in a hundred."""
