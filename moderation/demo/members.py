"""Records of invented members, as their platform would send them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import cycle
from random import Random

from backoffice.platforms.sites import WEHELPEN
from incidents.given import Person
from moderation.demo.names import LAST, MEN, PLACES, SITES, WOMEN
from moderation.demo.profile_texts import FOUND_IN_PROFILES, PROFILES
from moderation.demo.request_texts import ODD, OFFERS, REQUESTS, WITH_CONTACT
from moderation.demo.sentences import around
from moderation.services.records import HelpRequestRecord, ProfileRecord

HUPPLA = "huppla.nl"
NUMBERS_OF_PROFILES = 450
"""Where the numbers of their texts begin: higher than those of requests."""


def profile(chance: Random, number: int, *, on: date, huppla: bool | None = None) -> ProfileRecord:
    """Return the first record of member `number`, who signed up on or before `on`.

    `huppla` says whether on that site, which asks for no birth date; None leaves it to chance.
    """
    woman = chance.random() < 0.58
    infix, last = chance.choice(LAST)
    place, postcode = chance.choice(PLACES)
    sites = [(name, share) for name, share in SITES if huppla is None or huppla == (name == HUPPLA)]
    site = chance.choices([name for name, _ in sites], [share for _, share in sites])[0]
    if site.endswith(".wehelpen.nl"):
        place = site.split(".")[0].title()
    if chance.random() < 0.06:
        text, words = chance.choice(FOUND_IN_PROFILES), "klussen"
    else:
        text, words = PROFILES[number % len(PROFILES)]
    first = chance.choice(WOMEN if woman else MEN)
    bare = site == HUPPLA
    return ProfileRecord(
        site=site,
        member_id=f"{100_000 + number}",
        revision=1,
        salutation="" if bare else "mevrouw" if woman else "de heer",
        first_name=first,
        infix=infix,
        last_name=last,
        birth_date=None if bare else date(chance.randint(1936, 2005), chance.randint(1, 12), 15),
        postcode=""
        if chance.random() < 0.03
        else f"{postcode} {chance.choice('ABCDEFGH')}{chance.choice('KLMNPR')}",
        place=place,
        email=f"{first}.{last}.{number}@voorbeeld.nl".lower().replace(" ", "").replace("'", ""),
        phone="06 12345678" if bare or chance.random() < 0.4 else "",
        about="" if chance.random() < 0.04 else around(text, NUMBERS_OF_PROFILES + number),
        keywords=[word for word in words.split(",") if word],
        member_since=on - timedelta(days=chance.choice((0, 0, 1, 40, 200, 700))),
        via_facebook=chance.random() < 0.1,
        visible=chance.random() < 0.92,
    )


def of_wehelpen(records: Sequence[ProfileRecord]) -> list[Person]:
    """Return the members of the main site as the servicedesk knows people."""
    return [
        Person(
            salutation=one.salutation,
            first_name=one.first_name,
            infix=one.infix,
            last_name=one.last_name,
            birth_date=one.birth_date,
            postcode=one.postcode,
            place=one.place,
            emails=(one.email,),
            phones=(one.phone,) if one.phone else (),
            member_id=one.member_id,
        )
        for one in records
        if one.site == WEHELPEN and one.email
    ]


def changed(chance: Random, before: ProfileRecord) -> ProfileRecord:
    """Return a member's next record: another text, or a sentence more."""
    extra = chance.choice((
        "Ik heb sinds kort ook een auto.",
        "Let op: in de zomer ben ik er niet.",
        "Ik kan nu ook in het weekend.",
        "Mijn telefoonnummer is 06-12345678.",
    ))  # fmt: skip
    about = before.about.replace("graag", "met plezier")
    given = {name: getattr(before, name) for name in ProfileRecord.__slots__}
    given |= {"revision": before.revision + 1, "about": f"{about} {extra}".strip()}
    if chance.random() < 0.3:
        given["keywords"] = [*before.keywords, "gezelschap"]
    return ProfileRecord(**given)


def requests(chance: Random) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Yield kinds and texts without end: the odd ones once, in the places of others that come again."""
    texts = [("request", text) for text in (*REQUESTS, *WITH_CONTACT)]
    texts += [("offer", text) for text in OFFERS]
    chance.shuffle(texts)
    odd = [("request", text) for text in ODD]
    for number, text in enumerate(cycle(texts)):
        yield odd.pop() if odd and number % 12 == 5 else text


def help_request(
    number: int, member: ProfileRecord, kind: str, text: tuple[str, str, str], *, at: datetime
) -> HelpRequestRecord:
    """Return request `number`, written by `member` from one of the texts."""
    title, body, words = text
    return HelpRequestRecord(
        site=member.site,
        request_id=f"h{500_000 + number}",
        member_id=member.member_id,
        revision=1,
        kind=kind,
        title=title,
        text=body if text in ODD else around(body, number),
        keywords=[word for word in words.split(",") if word],
        place=member.place,
        posted_at=at,
    )
