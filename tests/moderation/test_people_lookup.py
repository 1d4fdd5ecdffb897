"""Members are found while somebody types, and only by who handles dossiers."""

import pytest
from django.test import Client

from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from moderation.selectors.people import people_like
from tests.factories import ProfileFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("jans", ["Janssen", "Janssens"]),
        ("Jansen", ["Janssen"]),
        ("els janssen", ["Janssen", "Janssens"]),
        ("els@voorbeeld.nl", ["Janssen"]),
        ("m-els", ["Janssen"]),
        ("8011 ab", ["Janssen", "Janssens", "Meijer"]),
        ("Meyer", ["Meijer"]),
        ("Pietersen", []),
        ("Me", ["Meijer"]),
    ],
)
def test_by_name_mail_number_and_postcode_also_a_little_misspelt(
    setup_acts: User, typed: str, found: list[str]
) -> None:
    ProfileFactory(last_name="Janssen", first_name="Els", email="els@voorbeeld.nl", member_id="m-els")
    ProfileFactory(last_name="Janssens", first_name="Els")
    ProfileFactory(last_name="Meijer", first_name="Bo")
    assert sorted(profile.last_name for profile in people_like(typed)) == found


def test_is_open_to_who_handles_dossiers_and_writes_no_name_in_an_address(
    setup_acts: User, moderator: User
) -> None:
    ProfileFactory(last_name="Janssen", site="huppla.nl")
    desk = StaffFactory(role=Role.SERVICEDESK)
    client = Client()
    client.force_login(desk)
    assert client.get("/people/?q=janssen").status_code == 405
    answer = client.post("/people/", {"q": "janssen"})
    assert [each["site"] for each in answer.json()["people"]] == ["huppla.nl"]
    assert client.post("/people/", {"q": "ja"}).json() == {"people": []}
    client.force_login(moderator)
    assert client.post("/people/", {"q": "janssen"}).status_code == 403
