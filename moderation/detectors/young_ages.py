"""Writers who say that they are under 16: "ik ben 15", "bijna 16"."""

import re
from collections.abc import Iterator

from moderation.choices import Flag
from moderation.detectors.registry import Span

UNDER = 16
YOUNGEST = 6

_SAID_IN_WORDS = {
    "zes": 6, "zeven": 7, "acht": 8, "negen": 9, "tien": 10, "elf": 11, "twaalf": 12,
    "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16,
}  # fmt: skip
_AGE = rf"(?P<age>\d{{1,2}}|{'|'.join(_SAID_IN_WORDS)})"

_COUNTED = """
lid ervaring getrouwd samen geleden lang werkzaam gepensioneerd vrijwilliger verhuisd hier in bij al weduw\\w*
gescheiden actief clean dagen dag uur keer weken week maanden maand minuten euro kilo km meter cm
kinderen katten werk docent leraar verpleeg\\w* chauffeur met\\spensioen voorzitter mantelzorger oppas
alleenstaand op\\sdeze aan\\shet bezig thuis zelfstandig huisvrouw woon weg ouder\\sdan jonger\\sdan mei juni
juli januari februari maart april augustus september oktober november december juf trots buiten
"""
_NO_AGE = (
    r"(?!\w|[.,:/]\d|\s?(?:€|%|x\b|-|\+))"
    rf"(?!\s?(?:jaar|jr)?\s?(?:{'|'.join(_COUNTED.split())})\b)"
    r"(?!\s(?:jaar|jr)\s(?:\w+\s){1,3}(?:geweest|gewerkt|gestaan|gereden))"
)
"""What follows a number that is no age: "15 jaar ervaring", "14 dagen"."""

_WRITER = (
    r"ik ben|ben ik|ik word|word ik|ben|wij zijn|we zijn|zijn wij|zijn we|ik bn|bn|k ben|allebei"
    r"|ik en mijn vriend(?:in)? zijn"
)
_BETWEEN = (
    r"nu|pas|net|nog|maar|al|bijna|ook|zelf|eigenlijk|allebei|beiden?|namelijk|dus|wel|binnenkort"
    r"|een (?:meisje|jongen|meid|gast|scholier|leerling) van|volgende (?:maand|week)"
    r"|over een (?:maand|week)|in \w+|(?-i:[A-Z])\w+|een"
)
_SAID = re.compile(rf"(?<!\w)(?:{_WRITER})(?:,? (?:{_BETWEEN}))*,? {_AGE}{_NO_AGE}", re.IGNORECASE)
_NAME_AND_AGE = re.compile(
    rf"(?:[Ii]k ben|[Mm]ijn naam is|[Ii]k heet|[Ww]ij zijn|[Hh]eet) [A-Z]\w+(?: en [A-Z]\w+)?,? "
    rf"(?:(?:en )?(?:ik ben|ben|wij zijn|allebei|beide|van) )?(?:pas |bijna |net |nu |allebei |nog maar )?"
    rf"\(?{_AGE}{_NO_AGE}"
)
_ALMOST = re.compile(
    rf"(?<!\w)(?:bijna|net|pas|nog geen|nog maar|amper"
    rf"|wordt? (?:binnenkort|straks|morgen|volgende (?:week|maand))) {_AGE}(?: jaar)?"
    rf"(?= ?[,.!?)\n]| en | maar |$)",
    re.IGNORECASE,
)
_CHILD_OF = re.compile(
    rf"(?<!\w)(?:meisje|jongen|meid|scholiere?|leerling|jochie|knul|tiener|puber) van {_AGE}(?: jaar)?(?!\w)",
    re.IGNORECASE,
)
_YEAR_OLD = re.compile(rf"(?<!\w)(?:als|ik,? een|ben een) {_AGE}[- ]?jarige?(?!\w)", re.IGNORECASE)
_SIGNED = re.compile(rf"(?:^|(?<=[.!?\n])) ?[A-Z][a-zé]+(?:, | \(){_AGE}(?: jaar)?\)?(?=[.!?\n]|$)")
_BEGINS = re.compile(rf"(?:^|(?<=[.!?\n])) ?(?:ik,? )?{_AGE} jaar(?: oud)?(?=[,.]| en )", re.IGNORECASE)
_OF_THE_WRITER = (_SAID, _NAME_AND_AGE, _BEGINS)
_MAYBE_OF_ANOTHER = (_ALMOST, _CHILD_OF, _YEAR_OLD, _SIGNED)

_ANOTHER = re.compile(
    r"(?<!\w)(?:mijn|onze|haar|zijn|een|de|hun|m'n|zij|hij|ze|die|ons|met|voor)\s+(?:\w+\s+){0,3}?"
    r"(?:dochter\w*|zoon\w*|klein\w+|kind\w*|neef\w*|nicht\w*|broer\w*|zus\w*|hond\w*|kat\w*|poes\w*|teckel"
    r"|paard\w*|pony\w*|konijn\w*|buur\w+|jongste|oudste|middelste|pleeg\w+|puber\w*|jongens?|meisjes?|tweeling"
    r"|leerling\w*|is|wordt|zijn)\b[^.!?\n]{0,60}$",
    re.IGNORECASE,
)
_OWNED = re.compile(r"\b(?:mijn|onze|een|voor|met|de|van|twee|het)\s*$", re.IGNORECASE)
_SOON = re.compile(r"\b(?:bijna|wordt?|nog geen|binnenkort|straks)\b", re.IGNORECASE)
LOOKS_BACK = 80
"""Characters before a place in which somebody else may be named."""


class YoungAges:
    """Finds a writer's own age below 16. Somebody else's age, and years of something, are left alone."""

    code = "young_age"
    flag = Flag.MINOR
    severity = 2
    points = 60

    def find(self, text: str) -> Iterator[Span]:
        """Yield the span of every statement of such an age."""
        spans = [match.span() for each in _OF_THE_WRITER for match in each.finditer(text) if _is_young(match)]
        spans += [
            match.span()
            for each in _MAYBE_OF_ANOTHER
            for match in each.finditer(text)
            if _is_young(match) and not _is_of_another(text, match.start())
        ]
        reached = 0
        for start, end in sorted(spans):
            if start >= reached:
                reached = end
                yield Span(start + len(text[start:end]) - len(text[start:end].lstrip()), end)


def _is_young(match: re.Match[str]) -> bool:
    said = match["age"]
    age = int(said) if said.isdecimal() else _SAID_IN_WORDS[said.lower()]
    return YOUNGEST <= age < UNDER + bool(_SOON.search(match[0]))


def _is_of_another(text: str, start: int) -> bool:
    """Whether the words before say that this is a child or an animal of the writer."""
    sentence = re.split(r"[.!?\n]", text[max(0, start - LOOKS_BACK) : start])[-1]
    return bool(_ANOTHER.search(sentence) or _OWNED.search(sentence))
