"""The lists: they open, find by index, count no further than needed, and write nothing."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from backoffice.staff.models import User
from backoffice.ui.paginator import BoundedPaginator
from moderation.models import HelpRequest, Profile
from tests.factories import HelpRequestFactory, ProfileFactory, ReviewFactory

MODERATION_LISTS = ("profile", "helprequest", "review", "decision")


@pytest.mark.parametrize("name", MODERATION_LISTS)
def test_opens_for_a_moderator(client: Client, moderator: User, name: str) -> None:
    ReviewFactory()
    ReviewFactory(profile=ProfileFactory())
    client.force_login(moderator)
    assert client.get(reverse(f"admin:moderation_{name}_changelist")).status_code == 200


@pytest.mark.parametrize("name", MODERATION_LISTS)
def test_is_closed_to_an_administrator(client: Client, administrator: User, name: str) -> None:
    client.force_login(administrator)
    assert client.get(reverse(f"admin:moderation_{name}_changelist")).status_code == 403


@pytest.mark.parametrize("name", MODERATION_LISTS)
def test_costs_the_same_for_one_row_as_for_twenty(
    client: Client, moderator: User, name: str, django_assert_max_num_queries: Any
) -> None:
    for _ in range(20):
        ReviewFactory(profile=ProfileFactory())
        ReviewFactory()
    client.force_login(moderator)
    with django_assert_max_num_queries(9):
        client.get(reverse(f"admin:moderation_{name}_changelist"))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("fat", True),
        ("Dijk", True),
        ("fatima van dijk", True),
        ("m-77", True),
        ("lid77@voor", True),
        ("van", False),
        ("fatima jansen", False),
        ("' OR 1=1 --", False),
    ],
)
def test_finds_a_profile_by_what_people_type(
    client: Client, moderator: User, typed: str, found: bool
) -> None:
    profile = ProfileFactory(member_id="m-77", email="lid77@voorbeeld.nl")
    client.force_login(moderator)
    answer = client.get(reverse("admin:moderation_profile_changelist"), {"q": typed})
    assert (profile in answer.context["cl"].result_list) is found


@pytest.mark.parametrize(
    ("typed", "found"),
    [("ziekenhuis", True), ("moeder zieken", True), ("r-77", True), ("fiets", False), ("%&|!", False)],
)
def test_finds_a_request_by_its_words(client: Client, moderator: User, typed: str, found: bool) -> None:
    help_request = HelpRequestFactory(request_id="r-77")
    client.force_login(moderator)
    answer = client.get(reverse("admin:moderation_helprequest_changelist"), {"q": typed})
    assert (help_request in answer.context["cl"].result_list) is found


def test_finds_reviews_by_the_name_of_the_member(client: Client, moderator: User) -> None:
    review = ReviewFactory(profile=ProfileFactory(first_name="Zeynep"))
    ReviewFactory()
    client.force_login(moderator)
    answer = client.get(reverse("admin:moderation_review_changelist"), {"q": "zeynep"})
    assert list(answer.context["cl"].result_list) == [review]


def test_nothing_can_be_added_changed_or_deleted(client: Client, moderator: User) -> None:
    profile = ProfileFactory()
    client.force_login(moderator)
    for page in ("add", "change", "delete"):
        args = [] if page == "add" else [profile.pk]
        answer = client.post(reverse(f"admin:moderation_profile_{page}", args=args), {"first_name": "Ander"})
        assert answer.status_code == 403
    profile.refresh_from_db()
    assert profile.first_name == "Fatima"


def test_counts_no_further_than_its_bound(setup_acts: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backoffice.ui.paginator.BOUND", 3)
    for _ in range(5):
        ProfileFactory()
    paginator = BoundedPaginator(Profile.objects.all(), 2)
    assert (paginator.count, paginator.has_more) == (3, True)
    assert (BoundedPaginator(HelpRequest.objects.all(), 2).count) == 0


def test_no_page_writes_a_log_entry(client: Client, moderator: User) -> None:
    client.force_login(moderator)
    client.get(reverse("admin:index"))
    assert not LogEntry.objects.exists()


def test_every_page_of_the_admin_has_a_permission_of_ours() -> None:
    from backoffice.ui.admin import HouseAdmin

    for model, model_admin in admin.site._registry.items():
        assert isinstance(model_admin, HouseAdmin), model
        assert model_admin.view_permission
