"""What the program says of a stream of texts, and what a plain list of words would say."""

from collections.abc import Sequence
from dataclasses import dataclass

from moderation.choices import Flag
from moderation.detectors import near_copies, scan
from moderation.detectors.severity import severity_of
from moderation.evaluation.rows import Row
from moderation.rules.engine import RuleSet
from moderation.rules.reading import read

WORDS: dict[Flag, str] = {
    Flag.CONTACT: "06 telefoonnummer mailadres email gmail hotmail bel adres",
    Flag.OFF_PLATFORM: "whatsapp telegram signal snapchat instagram facebook app",
    Flag.LINK: "www http https nl com site website link",
    Flag.PAYMENT: "euro geld betalen betaling vergoeding lenen prijs tikkie kost",
    Flag.COMMERCIAL: "bedrijf korting offerte klanten vacature aanbieding",
    Flag.SCAM: "erfenis bitcoin investeren pinpas pincode loterij winst",
    Flag.SPECIAL_DATA: "kanker depressie hiv adhd autisme dementie moslim homo gevangenis verslaafd",
    Flag.THIRD_PARTY: "buurman buurvrouw oplichter",
    Flag.MINOR: "brugklas 12 13 14 15",
    Flag.HATE_INSULT: "idioot buitenlanders hoer klootzak moslims homo sukkel",
    Flag.THREAT: "vermoorden dood slaan schieten steken bom mes",
    Flag.CRISIS: "zelfmoord dood wanhopig mishandeld suicide",
    Flag.ROMANTIC_SEXUAL: "seks relatie date massage vrijgezel liefde",
    Flag.DRUGS_WEAPONS: "wiet drugs coke pistool wapen vuurwerk pillen",
}
"""The yardstick: what somebody writes down in an afternoon."""

_WORD_LIST = {word: flag for flag, words in WORDS.items() for word in words.split()}
_URGENT_WORDS = {Flag.THREAT, Flag.CRISIS}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of one text. `priority` is the severity, 0 to 3; 3 is what goes to the urgent queue."""

    id: str
    flags: tuple[str, ...]
    priority: int


def judge(rows: Sequence[Row], *, rules: RuleSet | None = None) -> list[Verdict]:
    """Return the verdict on every row. They are one stream: all near-copies in it are flagged.

    Without `rules` those that come with the program judge.
    """
    copies = near_copies.copies_in((row.id, row.text) for row in rows)
    verdicts = []
    for row in rows:
        found = scan(row.fields, kind=row.kind, keywords=row.keywords, rules=rules)
        flags = {one.flag for one in found}
        severity = severity_of(found)
        if row.id in copies:
            flags.add(near_copies.FLAG)
            severity = max(severity, near_copies.SEVERITY)
        verdicts.append(Verdict(row.id, tuple(sorted(map(str, flags))), severity))
    return verdicts


def judge_by_words(rows: Sequence[Row]) -> list[Verdict]:
    """Return what a plain list of words says, without any sense of form or context."""
    verdicts = []
    for row in rows:
        words = {word.plain.lstrip("^") for text in row.fields.values() for word in read(text).words}
        flags = {_WORD_LIST[word] for word in words & _WORD_LIST.keys()}
        priority = 3 if flags & _URGENT_WORDS else 2 if flags else 0
        verdicts.append(Verdict(row.id, tuple(sorted(map(str, flags))), priority))
    return verdicts
