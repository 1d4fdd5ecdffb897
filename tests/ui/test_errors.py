"""What cannot be shown is said in words, in the shell, with a way on."""

import pytest
from django.test import Client

from backoffice.staff.models import User

pytestmark = pytest.mark.django_db


def test_what_is_not_there_is_said_inside_the_shell(client: Client, moderator: User) -> None:
    client.force_login(moderator)
    page = client.get("/reviews/00000000-0000-0000-0000-000000000000/")
    assert page.status_code == 404
    assert "Niet gevonden" in page.content.decode()
    assert 'href="/queues/urgent/"' in page.content.decode()


def test_what_a_role_may_not_see_is_said_in_words(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    page = client.get("/queues/urgent/")
    assert page.status_code == 403
    assert "Niet voor jouw rol" in page.content.decode()


def test_an_old_form_says_what_to_do(moderator: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator)
    page = client.post("/queues/help-requests/next/")
    assert page.status_code == 403
    assert "Deze pagina is te oud" in page.content.decode()


def test_a_fault_of_ours_says_so_and_names_nothing(
    client: Client, moderator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_given: object) -> None:
        raise RuntimeError("Fatima van Dijk")

    monkeypatch.setattr("moderation.views.queues.waiting_in", broken)
    client.force_login(moderator)
    client.raise_request_exception = False
    page = client.get("/queues/urgent/")
    assert page.status_code == 500
    assert "Er ging bij ons iets mis" in page.content.decode()
    assert "Fatima" not in page.content.decode()
