"""A street with a house number, or a postcode with one. A street alone is no address."""

import re
from collections.abc import Iterator

from moderation.choices import Flag
from moderation.detectors.registry import Span


def _one_of(words: str) -> str:
    return "|".join(words.split())


_CERTAIN = _one_of(
    "straat straatje laan laantje weg plein pleintje gracht kade singel steeg dreef plantsoen boulevard"
)
"""How names of streets end that are nothing else; small letters will do."""

_WITH_CAPITAL = _one_of("""
dijk pad hof hofje park markt wal baan kamp akker veld erf hoek ring allee berg brink haven oord burg poort
bos meent tuin zoom stede heide kant waard weide einde eind molen schans vest rak werf sluis brug land donk
hoeve horst oever borg bergen gaarde gaard kwartier landen lanen straten stein steyn rode marke marken es
esch kolk diep bocht pas dam plaats hofstede gaarden tuinen vaart sloot duin duinen kreek wiel daal dal
rijk made gouw hage hagen toren
""")
_ONES = "een|twee|drie|vier|vijf|zes|zeven|acht|negen"
_TENS = "twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig"
_IN_WORDS = (
    rf"(?:{_ONES}|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien"
    rf"|(?:{_ONES})[eë]n(?:{_TENS})|{_TENS}|honderd\w{{0,20}})(?!\w)"
)
_COUNTED = _one_of(r"""
uur u h keer x dagen dag weken week maanden jaar jr euro km kilometer meter m minuten min personen mensen man
kinderen januari februari maart april mei juni juli augustus september oktober november december huizen
woningen bomen katten honden planten treden graden procent stuks e ste de of
""")
_NO_COUNT = rf"(?!\s?(?:(?:{_COUNTED})\b|[€%]|[.,:/-]\d|-\s?\d{{1,2}}\s(?:uur|jaar)))"
"""A number before these counts something else: "in de Kerkstraat 3 bomen"."""

_DIGITS = rf"\d{{1,4}}(?: ?-? ?(?:[a-hA-H]|bis|hs|huis|[IVX]{{1,3}}))?(?!\w){_NO_COUNT}"
_SAYS = r"(?:huisnummer|huisnr|nummer|nr|no|num|n°|#)\.? ?"
_NAME = r"[\w'’-]"
_STREET = re.compile(
    rf"(?<!\w)(?P<street>{_NAME}{{0,40}}(?:{_CERTAIN})|[A-Z]{_NAME}{{0,40}}(?:{_WITH_CAPITAL}))"
    rf"(?:,? (?:op )?(?P<says>{_SAYS})(?:{_DIGITS}|{_IN_WORDS})|,? {_DIGITS})"
    rf"|(?<!\w)(?P<said>{_NAME}{{2,40}}(?:{_CERTAIN}) (?!een\b){_IN_WORDS}{_NO_COUNT})"
)
_FIRST_WORD = _one_of(
    "Laan Plein Weg Hof Straat Dam Spui Brink Markt Haven Singel Kade Oude Nieuwe Lange Korte"
)
_OTHER_ORDER = re.compile(
    rf"(?<!\w)Plein (?:19|20)\d\d,? (?:{_SAYS})?{_DIGITS}"
    rf"|(?<!\w)(?:{_FIRST_WORD}) (?:(?:van|der|den|de|het|'t|ter|ten) ){{0,3}}"
    rf"[A-Z]{_NAME}{{1,30}}(?: [A-Z]{_NAME}{{1,30}})? (?:{_SAYS})?{_DIGITS}"
)
_POSTCODE = re.compile(rf"(?<!\w)[1-9]\d{{3}}(?: ?[A-Z]{{2}}|[a-z]{{2}}),? ?(?:{_SAYS}|op )?{_DIGITS}")
_NUMBER_APART = re.compile(
    rf"(?<!\w)(?:op|van|aanbellen bij|woont? op|zit op|bel bij) {_SAYS}{_DIGITS}"
    rf"|(?<!\w)(?:huisnummer|huisnr)\.? ?(?:is )?{_DIGITS}"
    rf"|(?<!\w)(?:huis)?nummer is (?:\w+ ){{0,3}}?(?:{_IN_WORDS}|{_DIGITS})"
)
_ANY_STREET = re.compile(rf"(?<!\w)[A-Z]{_NAME}{{1,40}}(?:{_CERTAIN}|bocht|dijk|pad|hof|ring|park|erf)(?!\w)")
_NO_STREET = frozenset(
    """
    weg onderweg halverwege straat plein pad snelweg rijksweg terugweg heenweg fietspad voetpad wandelpad park
    kamp schoolplein weggetje autoweg zijstraat nederland duitsland engeland zeeland friesland gelderland
    """.split()
)


class StreetAddresses:
    """Finds `Beukenlaan 12`, `Beukenlaan nummer twaalf`, `8011 AB 12`, and a number apart from its street."""

    code = "street_address"
    flag = Flag.CONTACT
    severity = 2
    points = 30

    def find(self, text: str) -> Iterator[Span]:
        """Yield the span of every address with its number."""
        spans = [match.span() for match in _STREET.finditer(text) if _is_address(match)]
        for expression in (_OTHER_ORDER, _POSTCODE):
            spans += [match.span() for match in expression.finditer(text)]
        if not spans and _ANY_STREET.search(text):
            spans = [match.span() for match in _NUMBER_APART.finditer(text)]
        reached = 0
        for start, end in sorted(spans):
            if start >= reached:
                reached = end
                yield Span(start, end)


def _is_address(match: re.Match[str]) -> bool:
    street = match["street"] or match["said"].split()[0]
    return bool(match["says"]) or street.lower() not in _NO_STREET
