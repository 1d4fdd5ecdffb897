"""Whose eyes see what (R35-R39), and what of it is not for them. No row is stored."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import translation

from moderation.choices import Flag, HelpKind
from moderation.lens import Look, looks_at
from moderation.models import HelpRequest, Profile, Signal
from moderation.visibility import Eyes, seen_of_member, seen_of_text
from tests.factories import HelpRequestFactory, ProfileFactory

NAME = {"first_name", "infix", "last_name"}
PUBLIC = {"keywords", "place", "member_since"}
MEMBER = {"salutation", *NAME, "postcode", "photo", "about", "keywords"}
CONTACT = {"email", "phone"}
TEXT = {"kind", "title", "text", "keywords", "place"}


@pytest.fixture(autouse=True)
def _msgids() -> Any:
    with translation.override(None):
        yield


def full(**fields: Any) -> Profile:
    given = {"photo": "photos/aa/x.jpg", "phone": "0612345678", **fields}
    return ProfileFactory.build(**given)


def looks(
    subject: Profile | HelpRequest, profile: Profile | None = None, *signals: Signal
) -> dict[str, Look]:
    return {look.eyes: look for look in looks_at(subject, profile=profile, signals=signals)}


def found(code: str, field: str, text: str, words: str, **fields: Any) -> Signal:
    start = text.index(words)
    return Signal(code=code, field=field, start=start, end=start + len(words), **fields)


@pytest.mark.parametrize(
    ("site", "eyes", "seen"),
    [
        ("wehelpen.nl", Eyes.PUBLIC, PUBLIC),  # R35
        ("wehelpen.nl", Eyes.MEMBER, PUBLIC | MEMBER),  # R36, and what all visitors see
        ("zwolle.wehelpen.nl", Eyes.MEMBER, PUBLIC | MEMBER),  # R31
        ("wehelpen.nl", Eyes.SEEKER, set()),
        ("wehelpen.nl", Eyes.PROVIDER, set()),
        ("huppla.nl", Eyes.SEEKER, {*NAME, "photo", *CONTACT}),  # R37
        ("huppla.nl", Eyes.PROVIDER, {*NAME, "photo"}),  # R37
        ("huppla.nl", Eyes.PUBLIC, PUBLIC),  # a Huppla member has an account of WeHelpen
    ],
)
def test_a_member_is_seen_by(site: str, eyes: Eyes, seen: set[str]) -> None:
    assert set(seen_of_member(eyes, site=site, profile=None)) == seen
    assert set(looks(full(site=site), full(site=site))[eyes].shown) == seen


@pytest.mark.parametrize(
    ("site", "kind", "eyes", "seen"),
    [
        ("wehelpen.nl", HelpKind.REQUEST, Eyes.PUBLIC, TEXT),
        ("wehelpen.nl", HelpKind.OFFER, Eyes.MEMBER, TEXT),
        ("wehelpen.nl", HelpKind.OFFER, Eyes.SEEKER, set()),
        ("huppla.nl", HelpKind.OFFER, Eyes.SEEKER, TEXT),
        ("huppla.nl", HelpKind.REQUEST, Eyes.SEEKER, set()),
        ("huppla.nl", HelpKind.OFFER, Eyes.PROVIDER, set()),  # only their own
    ],
)
def test_a_text_is_seen_by(site: str, kind: HelpKind, eyes: Eyes, seen: set[str]) -> None:
    assert set(seen_of_text(eyes, subject=HelpRequestFactory.build(site=site, kind=kind))) == seen


def test_each_cell_names_the_sentence_that_it_rests_on() -> None:
    shown = looks(full(), full())[Eyes.MEMBER].shown
    assert {by: {field for field in shown if shown[field] == by} for by in set(shown.values())} == {
        "R35": {"place", "member_since"},
        "R36": MEMBER,
    }


class TestWhatTheMemberChose:
    def test_a_hidden_profile_is_seen_by_nobody(self) -> None:
        hidden = full(site="huppla.nl", visible=False)  # R38
        for look in looks(hidden, hidden).values():
            assert (look.shown, look.photo, look.name) == ({}, False, "")
            assert look.why_nothing
        beside = looks(HelpRequestFactory.build(), full(visible=False))[Eyes.MEMBER]
        assert set(beside.shown) == TEXT

    def test_facebook_shows_name_and_photo_by_itself(self) -> None:
        member = full(via_facebook=True)  # R39
        look = looks(member, member)[Eyes.PUBLIC]
        assert set(look.shown) == PUBLIC | NAME | {"photo"}
        assert look.photo


class TestBesideAText:
    def test_stands_the_member_without_their_profile(self) -> None:
        seen = looks(HelpRequestFactory.build(), full())
        assert set(seen[Eyes.PUBLIC].shown) == TEXT | {"member_since"}
        member = {"salutation", *NAME, "postcode", "photo", "member_since"}
        assert set(seen[Eyes.MEMBER].shown) == TEXT | member
        assert seen[Eyes.MEMBER].name == "mevrouw Fatima van Dijk"

    def test_only_a_provider_can_be_reached_by_who_asks_on_huppla(self) -> None:
        member = full(site="huppla.nl")
        offer = HelpRequestFactory.build(site="huppla.nl", kind=HelpKind.OFFER)
        request = HelpRequestFactory.build(site="huppla.nl", kind=HelpKind.REQUEST)
        assert set(looks(offer, member)[Eyes.SEEKER].shown) >= CONTACT
        assert looks(request, member)[Eyes.SEEKER].shown == {}
        assert CONTACT & set(looks(offer, member)[Eyes.PROVIDER].shown) == set()

    def test_nothing_is_needed_of_a_profile_that_is_not_here(self) -> None:
        assert set(looks(HelpRequestFactory.build())[Eyes.MEMBER].shown) == TEXT


TEXTS = "Bel 0612345678 of mail a@b.nl, Dorpsstraat 5. Ik heb reuma. Kijk op voorbeeld.nl."
SIGNALS = [
    found("phone_number", "text", TEXTS, "0612345678", flag=Flag.CONTACT),
    found("email_address", "text", TEXTS, "a@b.nl", flag=Flag.CONTACT),
    found("street_address", "text", TEXTS, "Dorpsstraat 5", flag=Flag.CONTACT),
    found("own_illness", "text", TEXTS, "reuma", flag=Flag.SPECIAL_DATA, params={"rule": "Ziekte"}),
    found("link", "text", TEXTS, "voorbeeld.nl", flag=Flag.LINK),
]
FOR_NOBODY = {"Dorpsstraat 5", "reuma"}


class TestWhatIsNotForTheseEyes:
    @pytest.mark.parametrize(
        ("site", "eyes", "wrong"),
        [
            ("wehelpen.nl", Eyes.PUBLIC, {"0612345678", "a@b.nl", *FOR_NOBODY}),
            ("wehelpen.nl", Eyes.MEMBER, {"0612345678", "a@b.nl", *FOR_NOBODY}),
            ("huppla.nl", Eyes.SEEKER, FOR_NOBODY),
            ("huppla.nl", Eyes.PROVIDER, set()),  # they do not see the text
        ],
    )
    def test_is_told_and_marked(self, site: str, eyes: Eyes, wrong: set[str]) -> None:
        offer = HelpRequestFactory.build(site=site, kind=HelpKind.OFFER, text=TEXTS)
        look = looks(offer, None, *SIGNALS)[eyes]
        assert {one.found for one in look.wrong} == wrong
        marked = [piece.text for text in look.texts for piece in text.pieces if piece.signals]
        assert set(marked) == wrong

    def test_says_who_may_see_it(self) -> None:
        offer = HelpRequestFactory.build(site="huppla.nl", kind=HelpKind.OFFER, text=TEXTS)
        told = {one.found: one.for_whom for one in looks(offer, None, *SIGNALS)[Eyes.PUBLIC].wrong}
        assert told["0612345678"] == "only for: Huppla: who asks"
        assert told["reuma"] == "for nobody"

    def test_is_the_members_own_name_and_postcode_too(self) -> None:
        member = full(first_name="Fatima", last_name="Dijk", postcode="8011AB")
        request = HelpRequestFactory.build(
            title="Fatima zoekt hulp", text="Wij wonen op 8011 ab. Groet, Fatima van Dijk. Bij de dijk."
        )
        seen = looks(request, member)
        assert [(one.sentence, one.found, one.for_whom) for one in seen[Eyes.PUBLIC].wrong] == [
            ("first name of the member in the title", "Fatima", "only for: member"),
            ("postcode of the member in the text", "8011 ab", "only for: member"),
            ("first name of the member in the text", "Fatima", "only for: member"),
            ("last name of the member in the text", "Dijk", "only for: member"),
        ]
        assert seen[Eyes.MEMBER].wrong == []

    def test_is_a_name_in_capitals_or_half_inside_another_mark(self) -> None:
        text = "Groet, FATIMA van Dijkstra"
        signal = found("phone_number", "text", text, "Dijk", flag=Flag.CONTACT)
        request = HelpRequestFactory.build(text=text)
        look = looks(request, full(first_name="Fatima", last_name="Dijkstra"), signal)[Eyes.PUBLIC]
        assert [one.found for one in look.wrong] == ["FATIMA", "Dijk", "Dijkstra"]
        marked = [piece.text for seen in look.texts for piece in seen.pieces if piece.signals]
        assert marked == ["FATIMA", "Dijk", "stra"]

    def test_a_signal_that_was_wrong_marks_nothing(self) -> None:
        signal = found("phone_number", "text", TEXTS, "0612345678", flag=Flag.CONTACT)
        signal.dismissed_at = datetime(2026, 11, 17, tzinfo=UTC)
        look = looks(HelpRequestFactory.build(text=TEXTS), None, signal)[Eyes.PUBLIC]
        assert look.wrong == []

    def test_what_stands_twice_is_marked_once(self) -> None:
        text = "Mail Fatima@voorbeeld.nl"
        signal = found("email_address", "text", text, "Fatima@voorbeeld.nl", flag=Flag.CONTACT)
        look = looks(HelpRequestFactory.build(text=text), full(first_name="Fatima"), signal)[Eyes.PUBLIC]
        assert [one.found for one in look.wrong] == ["Fatima@voorbeeld.nl"]
