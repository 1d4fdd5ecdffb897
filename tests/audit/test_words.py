"""Every code that is written down has words for who reads it back."""

import ast
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.test import Client
from django.urls import reverse

from backoffice.audit.acting import acting_as
from backoffice.audit.events import EventData, record
from backoffice.audit.words import KINDS, REASONS, kind_words, reason_words
from backoffice.staff.models import User
from backoffice.staff.names import SYSTEM_NAMES
from backoffice.staff.system import SYSTEM_USERS
from moderation import events
from moderation.choices import Outcome, SkipReason, VoidReason
from tests.architecture.house import BASE, modules, tree
from tests.factories import RECEIVED, ReviewFactory

WRITE = {"store", "store_many", "write_history", "record", "returning_update"}


@pytest.fixture(autouse=True)
def _every_event_is_declared() -> None:
    for path in modules():
        if "events" in (path.stem, path.parent.name):
            import_module(".".join(path.relative_to(BASE).with_suffix("").parts))


def kinds(parent: type[EventData] = EventData) -> Iterator[str]:
    for child in parent.__subclasses__():
        if not child.__module__.startswith("tests."):
            yield child.kind
            yield from kinds(child)


def reasons() -> Iterator[str]:
    """Every reason that stands as a word in a call that writes history or an event."""
    for path in modules():
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            for keyword in node.keywords if called in WRITE else ():
                if keyword.arg == "reason" and isinstance(keyword.value, ast.Constant):
                    yield str(keyword.value.value)


def test_every_kind_of_event_has_words() -> None:
    found = set(kinds())
    assert len(found) > 20
    assert found - set(KINDS) == set()


def test_every_reason_has_words() -> None:
    found = {reason for reason in reasons() if reason}
    assert len(found) > 8
    choices = {choice.value for enum in (Outcome, SkipReason, VoidReason) for choice in enum}
    assert (found | choices) - set(REASONS) == set()


def test_every_system_user_has_a_name() -> None:
    assert set(SYSTEM_NAMES) == set(SYSTEM_USERS)
    assert str(User(username="system:intake", is_system=True)) == "systeem: ontvangst"


@pytest.mark.parametrize("words", [kind_words, reason_words])
def test_what_has_no_words_is_shown_as_it_is(words: object) -> None:
    assert callable(words)
    assert words("from.an.older.house") == "from.an.older.house"


def test_the_list_of_events_says_it_in_words(client: Client, administrator: User) -> None:
    review = ReviewFactory()
    with acting_as(administrator):
        record(
            events.ReviewSkipped(),
            actor=administrator,
            subject=review,
            reason=SkipReason.LANGUAGE,
            at=RECEIVED,
        )
    client.force_login(administrator)
    page = client.get(reverse("admin:audit_event_changelist")).text
    for words in ("item overgeslagen", "review.skipped", "leest de taal niet", "beoordeling"):
        assert words in page
