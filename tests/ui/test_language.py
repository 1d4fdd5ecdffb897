"""Every page is in Dutch, for everybody: what we say, what Unfold says, and what Django says."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

import polib
import pytest
from django.conf import settings
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import translation

from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from moderation.choices import Outcome, Queue
from moderation.models import Review, Signal
from moderation.services.decisions import decide_review
from moderation.services.leases import claim_review
from tests.architecture.house import BASE, files, name
from tests.architecture.messages import PACKAGES, folder_of, forms
from tests.factories import PASSWORD, HelpRequestFactory, ProfileFactory, ReviewFactory, StaffFactory
from tests.ui.visible import visible

# Words that English sentences cannot do without and Dutch ones do not have.
ENGLISH = re.compile(
    r"\b(the|and|your|you|this|that|with|from|not|are|has|have|been|will|please|by|select|search|delete"
    r"|save|results?|at|last|first|number|reason|date|type|name|key)\b",
    re.IGNORECASE,
)
SHORTEST = 8  # "is in" is Dutch too
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]*>|\s*\n\s*")


def catalogues() -> Iterator[polib.POEntry]:
    for folder in settings.LOCALE_PATHS:
        yield from polib.mofile(str(folder / "nl/LC_MESSAGES/django.mo"))
    for package in PACKAGES:
        path = folder_of(package) / "locale/nl/LC_MESSAGES/django.mo"
        if path.exists():
            yield from polib.mofile(str(path))


@cache
def untranslated() -> frozenset[str]:
    """Every English sentence, or its fixed part, that a catalogue says otherwise in Dutch."""
    found = set()
    for entry in catalogues():
        dutch = " ".join(forms(entry)).lower()
        for words in filter(None, (entry.msgid, entry.msgid_plural)):
            parts = [part.strip(" .:,?!()“”\"'") for part in _PLACEHOLDER.split(words)]
            longest = max(parts, key=len)
            if " " in longest and len(longest) >= SHORTEST and longest.lower() not in dutch:
                found.add(longest.lower())
    return frozenset(found)


def english_in(html: str) -> list[str]:
    """Return what is English on a page."""
    pieces = visible(html)
    page = " | ".join(["", *pieces, ""]).lower()
    said = [words for words in untranslated() if f" {words} " in page]
    return [
        piece
        for piece in pieces
        if ENGLISH.search(piece) or any(f" {words} " in f" {piece.lower()} " for words in said)
    ]


class TestTheReader:
    def test_sees_english_wherever_it_is_read(self) -> None:
        page = """<p>Goed zo</p><input placeholder="Type to search"><button title="Apply Filters">x</button>
        <img alt="Ranks at"><b>No
        results matching</b><input type="submit" value="Log in again">"""
        found = ["Type to search", "Apply Filters", "Ranks at", "No results matching", "Log in again"]
        assert english_in(page) == found

    def test_sees_a_whole_page_of_it(self, client: Client, db: None) -> None:
        with translation.override("en"):
            assert len(english_in(client.get(reverse("admin:login")).text)) >= 2

    def test_does_not_see_what_nobody_reads(self) -> None:
        page = """<style>the</style><script>if (this) {}</script><template data-x="y">the</template>
        <span class="material-symbols-outlined">search</span><code>the.code</code><p>Klaar</p>"""
        assert visible(page) == ["Klaar"]

    def test_knows_what_packages_say(self) -> None:
        assert {"welcome back to", "no results found"} <= untranslated()


@pytest.fixture
def office(setup_acts: User, moderator: User, at: datetime) -> None:
    """Something on every page: taken, decided, changed, with a signal, overdue."""
    profile = ProfileFactory(birth_date=None, keywords=["koken"])
    ReviewFactory(profile=profile, queue=Queue.AGE_UNKNOWN)
    text = HelpRequestFactory(member_id=profile.member_id, text="Bel 06-12345678.")
    review = ReviewFactory(
        help_request=text,
        reasons=[{"code": "phone_number", "points": 30}, {"code": "new_member", "points": 5}],
        points=35,
        queue=Queue.URGENT,
        escalated=True,
        escalation_reason="Kijk mee.",
    )
    Signal.objects.create(
        review=review, version=1, code="phone_number", field="text", start=4, end=15, points=30
    )
    for decided in (ReviewFactory(), ReviewFactory()):
        lease = claim_review(actor=moderator, review_id=decided.pk, at=at)
        decide_review(
            actor=moderator,
            review_id=decided.pk,
            epoch=lease.epoch,
            version=1,
            outcome=Outcome.APPROVE,
            at=at,
        )
    profile.store(reason="received", at=at)


def addresses() -> Iterator[str]:
    """Every list and page of the admin, each with one object; every page of our own."""
    yield reverse("admin:index")
    yield reverse("admin:password_change")
    yield reverse("admin:password_change_done")
    yield reverse("admin:search") + "?s=an&extended=1"
    yield "/nergens/"
    for model in admin.site._registry:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{base}_changelist")
        yield reverse(f"{base}_changelist") + "?q=qqqq"
        for row in model._default_manager.all()[:1]:
            yield reverse(f"{base}_change", args=[row.pk])
            yield reverse(f"{base}_history", args=[row.pk])
        yield reverse(f"{base}_add")
    for app in {model._meta.app_label for model in admin.site._registry}:
        yield reverse("admin:app_list", args=[app])
    for queue in Queue:
        yield reverse("moderation:queue", args=[queue])
        yield reverse("moderation:queue", args=[queue]) + "?words=qqqq&overdue=true"
        yield reverse("moderation:desk", args=[queue])
    for review in Review.objects.all():
        yield reverse("moderation:review", args=[review.pk])


@pytest.mark.parametrize("role", Role)
def test_every_page_speaks_dutch_to_everybody(office: None, role: Role) -> None:
    client = Client()
    client.force_login(StaffFactory(role=role, display_name="Janneke"))
    seen: dict[int, int] = {}
    for address in addresses():
        answer = client.get(address, follow=True)
        seen[answer.status_code] = seen.get(answer.status_code, 0) + 1
        assert english_in(answer.text) == [], address
        if "<html" in answer.text:
            assert '<html lang="nl"' in answer.text, address
    assert seen[200] > 4
    assert seen[404] >= 1


def test_the_item_in_hand_speaks_dutch(office: None, client: Client, coordinator: User) -> None:
    client.force_login(coordinator)
    for review in Review.objects.filter(state="pending"):
        answer: Any = client.post(reverse("moderation:take", args=[review.pk]), follow=True)
        assert "data-mine" in answer.text
        assert english_in(answer.text) == []
        assert "nog <span data-clock" in answer.text


class TestSigningIn:
    def test_speaks_dutch(self, client: Client, db: None) -> None:
        page = client.get(reverse("admin:login")).text
        assert "Welkom terug bij" in page
        assert english_in(page) == []

    def test_says_in_dutch_what_is_wrong(self, client: Client, moderator: User) -> None:
        given = {"username": moderator.username, "password": "verkeerd"}
        assert english_in(client.post(reverse("admin:login"), given).text) == []

    def test_says_je_when_the_account_is_not_for_the_office(self, client: Client, setup_acts: User) -> None:
        StaffFactory(username="gast", is_staff=False, with_password=True)
        page = client.post(reverse("admin:login"), {"username": "gast", "password": PASSWORD}).text
        assert english_in(page) == []
        assert re.search(r"\b[Uu]w?\b", " ".join(visible(page))) is None

    def test_changes_a_password_in_dutch(self, client: Client, setup_acts: User) -> None:
        client.force_login(StaffFactory(with_password=True))
        given = {"old_password": "nee", "new_password1": "kort", "new_password2": "anders"}
        page = client.post(reverse("admin:password_change"), given).text
        assert "Je oude wachtwoord klopt niet." in page
        assert english_in(page) == []


class TestDates:
    def test_have_no_capitals(self) -> None:
        """`M` writes "Nov"; Dutch writes "nov", which is `b`."""
        wrong = [
            f"{name(path)}: {form}"
            for path in files(".html", ".py")
            if path.relative_to(BASE).parts[0] != "tests"
            for form in re.findall(r'(?:\|date:|date_format\([^)"]*)"([^"]+)"', path.read_text())
            if not form.endswith("_FORMAT") and re.search(r"(?<!\\)[MN]", form)
        ]
        assert wrong == []
