"""The history tab: who, when, why, and each field from old to new."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils.functional import Promise

from backoffice.audit.history import HistoryModel
from backoffice.staff.models import User
from backoffice.ui.history import PER_PAGE, history_page
from moderation.models import HelpRequest
from tests.factories import RECEIVED, HelpRequestFactory, ProfileFactory, ReviewFactory


def _received() -> HelpRequest:
    """A request whose first version dates from when it was received, as intake would write it."""
    return HelpRequestFactory.build(text="Eerst dit.").store(reason="intake", at=RECEIVED)


def _changed(text: str, *, at: datetime, reason: str = "intake") -> HelpRequest:
    help_request = _received()
    help_request.text = text
    return help_request.store(reason=reason, at=at, fields=["text"])


def test_shows_each_version_newest_first_with_who_and_why(setup_acts: User, at: datetime) -> None:
    page = history_page(_changed("Nu dat.", at=at, reason="corrected"), number="1")
    newest, oldest = page.object_list
    assert (newest.number, newest.reason, newest.actor, newest.at) == (2, "corrected", str(setup_acts), at)
    assert [(c.old, c.new) for c in newest.changes] == [("Eerst dit.", "Nu dat.")]
    assert oldest.created


def test_rows_written_at_the_same_moment_are_all_shown(setup_acts: User, at: datetime) -> None:
    help_request = _received()
    for text in ("een", "twee", "drie"):
        help_request.text = text
        help_request.store(reason="intake", at=at, fields=["text"])
    page = history_page(help_request, number="1")
    changes = [version.changes[0].new for version in page.object_list[:3] if not version.created]
    assert changes == ["drie", "twee", "een"]


def test_the_last_of_a_page_is_compared_with_the_first_of_the_next(setup_acts: User, at: datetime) -> None:
    help_request = _received()
    for number in range(PER_PAGE):
        help_request.text = f"versie {number}"
        help_request.store(reason="intake", at=at, fields=["text"])
    last = history_page(help_request, number="1").object_list[-1]
    assert not last.created
    assert [change.new for change in last.changes] == ["versie 0"]


def test_a_hidden_field_says_only_that_it_changed(setup_acts: User, at: datetime) -> None:
    page = history_page(_changed("Geheim.", at=at), number="1", hidden=frozenset({"text"}))
    assert "Geheim." not in str(page.object_list)


def test_reasons_and_values_stand_there_in_words(setup_acts: User, at: datetime) -> None:
    review = ReviewFactory(reasons=[{"code": "new_member", "points": 5}], points=5)
    review.reasons = [{"code": "under_16", "points": 60}, {"code": "new_member", "points": 5}]
    review.store(reason="moved", at=at, fields=["reasons"])
    history = history_page(review, number="1").object_list
    (moved,) = [version for version in history if version.reason == "het lid heeft het gewijzigd"]
    (why,) = [change for change in moved.changes if change.label == "Waarom"]
    assert why.new == "jonger dan 16 +60, nieuw lid +5"


def test_only_what_is_for_the_machine_has_no_name_and_is_left_out() -> None:
    """A field without a name of its own is not shown: these, and no field that says something to a person."""
    nameless = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if issubclass(model, HistoryModel)
        for field in model._meta.concrete_fields
        if not field.primary_key and not isinstance(field.verbose_name, Promise)
    }
    assert nameless == {
        "incidents.Enclosure.position",
        "incidents.Message.fingerprint",
        "incidents.Message.mail_id",
        "incidents.Message.message_id",
        "incidents.Message.references",
        "incidents.StoredFile.path",
        "incidents.Ticket.external_digest",
        "incidents.Ticket.external_id",
        "moderation.Decision.lease_epoch",
        "moderation.HelpRequest.version",
        "moderation.Profile.photo_revision",
        "moderation.Profile.photo_sha256",
        "moderation.Profile.version",
        "moderation.Review.ranks_at",
        "platforms.ApiKey.digest",
    }


def test_takes_three_queries(setup_acts: User, at: datetime, django_assert_num_queries: Any) -> None:
    help_request = _changed("Nu dat.", at=at)
    with django_assert_num_queries(3):
        history_page(help_request, number="1")


def test_the_page_shows_it_to_who_may_see_records(client: Client, moderator: User, at: datetime) -> None:
    profile = ProfileFactory(about="Ik kook graag.")
    profile.about = "Ik klus graag."
    profile.store(reason="intake", at=at, fields=["about"])
    client.force_login(moderator)
    answer = client.get(reverse("admin:moderation_profile_history", args=[profile.pk]))
    assert answer.status_code == 200
    assert "Ik kook graag." in answer.text
    assert "Ik klus graag." in answer.text


def test_the_page_is_closed_to_who_may_not(client: Client, administrator: User) -> None:
    profile = ProfileFactory()
    client.force_login(administrator)
    assert client.get(reverse("admin:moderation_profile_history", args=[profile.pk])).status_code == 403
