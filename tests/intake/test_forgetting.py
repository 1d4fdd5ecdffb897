"""Forgetting is complete: of somebody who left, no word is left in any column or file (R22, R70)."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.core import mail

from backoffice.audit.models import Event
from backoffice.staff.models import User
from moderation.models import HelpRequest, Profile, Tombstone
from tests.everything import files, places_of
from tests.intake.canary import Canary
from tests.platforms import Platform
from tests.receiver import Receiver

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def arrive(
    platform: Platform, receiver: Receiver, moderator: User, coordinator: User, at: datetime
) -> Callable[[Canary, Path], None]:
    """Bring somebody in, and let everything happen to them that can."""

    def arrived(canary: Canary, folder: Path) -> None:
        canary.hand_over(platform, folder)
        canary.work_through(moderator, at)
        canary.look_at(coordinator)
        canary.let_it_leave(moderator, at)
        assert canary.word in receiver.received[-1].body.decode()
        assert canary.word in mail.outbox[-1].body

    return arrived


class TestAClosedAccount:
    def test_leaves_no_word_in_any_column_or_file(
        self,
        platform: Platform,
        arrive: Callable[[Canary, Path], None],
        media: Path,
        tmp_path_factory: pytest.TempPathFactory,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        gone, stays = Canary("kanariegeel"), Canary("kanarieblauw", birth_date="1932-08-20")
        for canary in (gone, stays):
            arrive(canary, tmp_path_factory.mktemp("import"))
        of_the_other = places_of(stays.markers)
        before = places_of(gone.markers)
        assert len({column for found in before.values() for column in found}) > 40
        assert not {gone.said("facebook"), gone.said("oude-foto")} & set(before)  # R39, and no EXIF

        answer = platform.delete(f"profiles/wehelpen.nl/{gone.member_id}")

        assert answer.json()["result"] == "removed"
        assert places_of(gone.markers) == {}
        assert places_of(stays.markers) == of_the_other
        assert [file.name for file in files()] == [Path(Profile.objects.get().photo).name]
        assert (Profile.objects.count(), HelpRequest.objects.count()) == (1, 3)
        (event,) = Event.objects.filter(kind="account.erased")
        assert {name: event.data[name] for name in ("help_requests", "reviews", "decisions")} == {
            "help_requests": 3, "reviews": 5, "decisions": 3,
        }  # fmt: skip
        assert "kanarie" not in "".join(capfd.readouterr())

    def test_that_is_told_of_late_leaves_nothing_either(
        self, platform: Platform, media: Path, tmp_path: Path
    ) -> None:
        canary = Canary("kanariegroen")
        platform.delete(f"profiles/wehelpen.nl/{canary.member_id}")
        assert platform.profile(canary.member_id, **canary.profile()).json()["result"] == "ignored"
        assert (
            platform.help_request(canary.said("nummer"), **canary.request("a")).json()["result"] == "ignored"
        )
        assert platform.photo(canary.photo, canary.member_id).status_code == 422
        assert places_of(canary.markers) == {}
        assert files() == []
        assert Tombstone.objects.get().revision is None
