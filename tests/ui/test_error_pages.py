"""When it goes wrong: in Dutch, calm, with what to do, and by a page that needs nothing else."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from backoffice.staff.models import User
from tests.ui.test_language import english_in


def says(answer: Any, *sentences: str) -> None:
    assert '<html lang="nl">' in answer.text
    assert english_in(answer.text) == []
    for sentence in sentences:
        assert sentence in answer.text


def test_a_role_that_may_not_hears_whom_to_ask(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    answer = client.get(reverse("moderation:queue", args=["urgent"]))
    assert answer.status_code == 403
    says(answer, "Dit kun je niet openen", "Met jouw rol mag dit niet. Vraag het je coördinator.")


def test_a_refusal_says_its_own_reason(
    client: Client, moderator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: Any) -> Any:
        from django.core.exceptions import PermissionDenied

        raise PermissionDenied("Dit item is al afgehandeld.")

    monkeypatch.setattr("moderation.views.home.progress_by_queue", refuse)
    monkeypatch.setattr("moderation.views.home.staff_of", refuse)
    client.force_login(moderator)
    answer = client.get(reverse("admin:index"))
    assert answer.status_code == 403
    says(answer, "Dit item is al afgehandeld.")


def test_a_wrong_address_says_so(client: Client, moderator: User) -> None:
    client.force_login(moderator)
    for address in ("/nergens/", "/queues/nergens/", "/reviews/00000000-0000-4000-8000-000000000000/"):
        answer = client.get(address)
        assert answer.status_code == 404
        says(answer, "Hier is niets", "misschien heeft een lid het account gesloten")


def test_a_form_that_was_open_too_long_changes_nothing_and_says_so(setup_acts: User, moderator: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator)
    answer = client.post(reverse("moderation:next", args=["urgent"]))
    assert answer.status_code == 403
    says(answer, "Deze pagina stond te lang open", "Er is niets gewijzigd.", "cookies")


def test_a_crash_says_that_it_is_not_your_fault(moderator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(**_kwargs: Any) -> Any:
        raise RuntimeError("06-12345678")

    monkeypatch.setattr("moderation.views.home.progress_by_queue", crash)
    client = Client(raise_request_exception=False)
    client.force_login(moderator)
    answer = client.get(reverse("admin:index"))
    assert answer.status_code == 500
    says(answer, "Er ging bij ons iets mis", "Het ligt niet aan jou.")
    assert "06-12345678" not in answer.text


def test_an_unreadable_request_says_so(client: Client, moderator: User) -> None:
    client.force_login(moderator)
    answer = client.get(reverse("admin:index"), headers={"Host": "elders.example"})
    assert answer.status_code == 400
    says(answer, "Dit kunnen we niet lezen")
