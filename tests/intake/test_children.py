"""Somebody was confirmed to be under 16: told, and then forgotten (R22)."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail

from backoffice.outbox.models import Delivery, Mail
from backoffice.outbox.services.deliveries import deliver_due
from backoffice.outbox.services.mail import send_due_mail
from backoffice.staff.models import User
from backoffice.staff.system import NIGHTLY, system_user
from moderation.choices import Outcome
from moderation.models import Decision, Review
from moderation.services.children import forget_children
from moderation.services.decisions import finalise_due
from moderation.services.leases import claim_review
from tests.everything import files, places_of
from tests.intake.canary import Canary
from tests.platforms import Platform
from tests.receiver import Receiver

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("receiver", "media")]

CHILD = "kind-77"
MINUTES = timedelta(minutes=1)


@pytest.fixture
def confirmed(
    platform: Platform, moderator: User, at: datetime, tmp_path_factory: pytest.TempPathFactory
) -> Canary:
    """Somebody without a birth date who wrote and was worked on, and turns out to be a child."""
    canary = Canary("kanarierood", member_id=CHILD, birth_date="")
    canary.hand_over(platform, tmp_path_factory.mktemp("import"))
    canary.work_through(moderator, at)
    finalise_due(actor=moderator, at=at + 2 * MINUTES)
    deliver_due(at=at + 2 * MINUTES)
    platform.profile(CHILD, **canary.profile(about=canary.said("jong")), revision=9)
    review = Review.objects.get(profile__member_id=CHILD, state="pending")
    claim_review(actor=moderator, review_id=review.pk, at=at)
    canary.decide(
        review, moderator, at + 3 * MINUTES, "kind", outcome=Outcome.CONFIRM_UNDER_16, policies=["1.5"]
    )
    canary.markers -= {CHILD, ""}
    return canary


def forget(at: datetime) -> int:
    return forget_children(actor=system_user(NIGHTLY), at=at)


class TestAConfirmedChild:
    def test_is_forgotten_once_it_was_told(
        self, confirmed: Canary, platform: Platform, receiver: Receiver, moderator: User, at: datetime
    ) -> None:
        final = at + 5 * MINUTES
        assert forget(final) == 0  # it can still be taken back
        finalise_due(actor=moderator, at=final)
        assert forget(final) == 0  # nobody has been told yet
        assert confirmed.said("voornaam") in places_of(confirmed.markers)
        deliver_due(at=final)
        assert forget(final) == 0  # the member has not
        send_due_mail(at=final)
        assert forget(final) == 1

        assert places_of(confirmed.markers) == {}
        assert files() == []
        assert confirmed.said("brief-kind") in receiver.received[-1].body.decode()
        assert any(confirmed.said("brief-kind") in letter.body for letter in mail.outbox)
        (told,) = platform.get("decisions").json()["decisions"]
        assert (told["outcome"], told["member_id"]) == ("confirm_under_16", CHILD)
        assert (told["reason"], told["message"]) == ("confirm_under_16", "")
        assert forget(final) == 0

    def test_does_not_come_back_and_the_platform_has_the_last_word(
        self, confirmed: Canary, platform: Platform, moderator: User, at: datetime
    ) -> None:
        final = at + 5 * MINUTES
        finalise_due(actor=moderator, at=final)
        deliver_due(at=final)
        send_due_mail(at=final)
        forget(final)
        assert platform.profile(CHILD, **confirmed.profile(), revision=99).json()["result"] == "ignored"
        platform.delete(f"profiles/wehelpen.nl/{CHILD}?revision=100")
        assert not Decision.objects.exists()
        assert places_of([CHILD]) == {}

    def test_is_forgotten_after_a_day_when_nobody_can_be_told(
        self, confirmed: Canary, platform: Platform, moderator: User, at: datetime
    ) -> None:
        final = at + 5 * MINUTES
        finalise_due(actor=moderator, at=final)
        assert forget(final + timedelta(hours=23)) == 0
        assert forget(final + timedelta(hours=24)) == 1
        assert places_of(confirmed.markers) == {}
        assert not Delivery.objects.exists()
        assert not Mail.objects.exists()

    def test_takes_nobody_along(
        self, confirmed: Canary, platform: Platform, moderator: User, at: datetime, tmp_path: Path
    ) -> None:
        other = Canary("kanarieblauw")
        other.hand_over(platform, tmp_path)
        before = places_of(other.markers)
        finalise_due(actor=moderator, at=at + 5 * MINUTES)
        assert forget(at + timedelta(days=2)) == 1
        assert places_of(other.markers) == before
