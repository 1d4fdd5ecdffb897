"""What platforms send crosses what people decide: every order ends in a state that one of them meant."""

import io
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from PIL import Image

from backoffice.errors import DomainError
from backoffice.outbox.models import Delivery
from backoffice.staff.models import User
from moderation.choices import DecisionState, Outcome, ReviewState, SkipReason
from moderation.models import Decision, Draft, HelpRequest, Lease, Note, Profile, Review, Signal, Skip
from moderation.services.decisions import decide_review, finalise_due, undo_decision
from moderation.services.intake import receive_records
from moderation.services.leases import claim_review, escalate_review, renew_lease, skip_review
from moderation.services.notes import add_note
from moderation.services.photos import receive_photo
from moderation.services.records import HelpRequestRemoved, ProfileClosed, Record
from tests.barrier import at_once
from tests.factories import LeaseFactory, WebhookEndpointFactory
from tests.intake.conftest import SITE, help_request, profile
from tests.interleaving import Call, every_crossing

pytestmark = pytest.mark.django_db(transaction=True)

BIRTH_DATE = date(1971, 2, 28)


Scenes = Callable[..., Generator["Scene", None, None]]


def jpeg() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(written, "JPEG")
    return written.getvalue()


class Scene:
    """A member with one request, both in a moderator's hands; and what may happen to them."""

    def __init__(
        self, intake: User, moderator: User, at: datetime, profile: Profile, asked: HelpRequest
    ) -> None:
        self.intake, self.moderator, self.at = intake, moderator, at
        self.member, self.request = profile.member_id, asked.request_id
        self.birth_date = profile.birth_date
        self.of_profile, self.of_request = profile.reviews.get(), asked.reviews.get()

    def _tells(self, *records: Record) -> Call:
        return self.intake, lambda: receive_records(actor=self.intake, records=records, at=self.at)

    def _does(self, service: Callable[..., Any], **given: Any) -> Call:
        return self.moderator, lambda: service(actor=self.moderator, at=self.at, **given)

    def _decision(self) -> Decision:
        made: Decision = self._decides(self.of_request)[1]()
        return made

    def _decides(self, review: Review, **given: Any) -> Call:
        return self._does(
            decide_review, review_id=review.pk, epoch=1, version=1, outcome=Outcome.APPROVE, **given
        )

    def closes(self) -> Call:
        return self._tells(ProfileClosed(site=SITE, member_id=self.member))

    def changes_profile(self) -> Call:
        return self._tells(profile(self.member, 2, birth_date=self.birth_date, about="Ik kan ook koken."))

    def repeats_profile(self) -> Call:
        return self._tells(profile(self.member, 2, birth_date=self.birth_date))

    def changes_request(self) -> Call:
        return self._tells(help_request(self.request, 2, member_id=self.member, text="De heg is weg."))

    def removes_request(self) -> Call:
        return self._tells(HelpRequestRemoved(site=SITE, request_id=self.request))

    def sends_photo(self) -> Call:
        return self.intake, lambda: receive_photo(
            actor=self.intake, site=SITE, member_id=self.member, content=jpeg(), revision=None, at=self.at
        )

    def decides_profile(self) -> Call:
        return self._decides(self.of_profile, age_basis="gebeld")

    def decides_request(self) -> Call:
        return self._decides(self.of_request)

    def claims(self) -> Call:
        return self._does(claim_review, review_id=self.of_request.pk)

    def drafts(self) -> Call:
        return self._does(renew_lease, review_id=self.of_request.pk, epoch=1, draft={"message": "Dag"})

    def notes(self) -> Call:
        return self._does(add_note, review_id=self.of_request.pk, text="Eerst bellen")

    def skips(self) -> Call:
        return self._does(skip_review, review_id=self.of_request.pk, epoch=1, reason=SkipReason.UNSURE)

    def escalates(self) -> Call:
        return self._does(escalate_review, review_id=self.of_request.pk, epoch=1, reason="Kijk mee")

    def undoes(self) -> Call:
        return self._does(undo_decision, decision_id=self._decision().pk)

    def finalises(self) -> Call:
        self._decision()
        return self.moderator, lambda: finalise_due(actor=self.moderator, at=self.at + timedelta(minutes=2))


def scenes(intake: User, moderator: User, at: datetime, *, age_known: bool) -> Generator[Scene, None, None]:
    """Arrange as many as are asked for, some at a time; close those that were not needed."""
    numbers = count(1)
    waiting: list[str] = []
    try:
        while True:
            if not waiting:
                waiting = [f"m-{number}" for number in islice(numbers, 8)]
                arrange_some(waiting, intake, moderator, at, birth_date=BIRTH_DATE if age_known else None)
            member_id = waiting.pop(0)
            member = Profile.objects.get(member_id=member_id)
            yield Scene(intake, moderator, at, member, HelpRequest.objects.get(member_id=member_id))
    finally:
        surplus = [ProfileClosed(site=SITE, member_id=member_id) for member_id in waiting]
        receive_records(actor=intake, records=surplus, at=at)


def arrange_some(
    members: Sequence[str], intake: User, moderator: User, at: datetime, *, birth_date: date | None
) -> None:
    records = [profile(member_id, birth_date=birth_date) for member_id in members]
    asked = [help_request(f"r-{member_id}", member_id=member_id) for member_id in members]
    receive_records(actor=intake, records=[*records, *asked], at=at)
    Lease.objects.bulk_create(
        LeaseFactory.build(review=review, holder=moderator, taken_at=at)
        for review in Review.objects.filter(member_id__in=members)
    )


@pytest.fixture
def scene(intake: User, moderator: User, at: datetime, media: Path) -> Scenes:
    WebhookEndpointFactory()
    return partial(scenes, intake, moderator, at)


def crossings(scene: Scenes, one: str, other: str, *, age_known: bool = True) -> Iterator[tuple[Any, Any]]:
    with closing(scene(age_known=age_known)) as arranged:

        def arrange() -> tuple[Call, Call]:
            here = next(arranged)
            return getattr(here, one)(), getattr(here, other)()

        yield from every_crossing(arrange)


def forgotten() -> list[Any]:
    """Subjects whose present version waits for nobody and was decided by nobody."""
    return [
        subject
        for kind, name in ((Profile, "profile"), (HelpRequest, "help_request"))
        for subject in kind.objects.all()
        if not Review.objects.filter(
            **{name: subject}, state=ReviewState.PENDING, version=subject.version
        ).exists()
        and not Decision.objects.filter(**{f"review__{name}": subject}, version=subject.version)
        .exclude(state=DecisionState.UNDONE)
        .exists()
    ]


def code(outcome: Any) -> str:
    """The code of a refusal in words; empty when nothing was refused."""
    if isinstance(outcome, DomainError):
        return outcome.code
    assert not isinstance(outcome, Exception), outcome
    return ""


class TestAnAccountThatCloses:
    @pytest.mark.parametrize(
        "verb",
        [
            "changes_profile", "changes_request", "removes_request", "sends_photo", "decides_profile",
            "decides_request", "claims", "drafts", "notes", "skips", "escalates", "undoes", "finalises",
        ],
    )  # fmt: skip
    def test_leaves_nothing_whatever_happens_meanwhile(self, scene: Scenes, media: Path, verb: str) -> None:
        for closed, other in crossings(scene, "closes", verb):
            assert not isinstance(closed, Exception), closed
            if isinstance(other, Exception):  # a refusal in words, never a deadlock or a broken key
                assert isinstance(other, DomainError | ObjectDoesNotExist), other
        everything = (Profile, HelpRequest, Review, Decision, Lease, Draft, Note, Skip, Signal, Delivery)
        assert [kind.__name__ for kind in everything if kind._base_manager.exists()] == []
        assert [kind for kind in everything if hasattr(kind, "history") and kind.history.exists()] == []
        assert [path for path in media.rglob("*") if path.is_file()] == []


class TestADecision:
    """It is about exactly what was seen, and what was not seen waits."""

    @pytest.mark.parametrize(
        ("verb", "decides", "age_known"),
        [
            ("changes_profile", "decides_profile", True),
            ("changes_profile", "decides_profile", False),
            ("repeats_profile", "decides_profile", False),
            ("sends_photo", "decides_profile", False),
            ("changes_request", "decides_request", True),
            ("changes_request", "undoes", True),
            ("changes_request", "finalises", True),
        ],
    )
    def test_and_a_change_leave_nothing_unseen(
        self, scene: Scenes, verb: str, decides: str, age_known: bool
    ) -> None:
        for changed, decided in crossings(scene, verb, decides, age_known=age_known):
            assert not isinstance(changed, Exception), changed
            assert code(decided) in {"", "subject_moved"}
        assert forgotten() == []
        assert not Review.objects.filter(state=ReviewState.PENDING, version=1).exclude(
            profile__version=1
        ).exclude(help_request__version=1).exists()  # fmt: skip

    @pytest.mark.parametrize("verb", ["decides_request", "notes", "drafts", "undoes"])
    def test_and_a_removal_end_in_the_removal(self, scene: Scenes, verb: str) -> None:
        for removed, other in crossings(scene, "removes_request", verb):
            assert not isinstance(removed, Exception), removed
            assert code(other) in {"", "review_closed", "lease_lost"}
        assert not HelpRequest.objects.exists()
        assert not Review.objects.filter(help_request=None, state=ReviewState.PENDING).exclude(
            profile__isnull=False
        ).exists()  # fmt: skip
        assert forgotten() == []


class TestTheSameRecordTwice:
    @staticmethod
    def tell(intake: User, at: datetime, *records: Record) -> Call:
        return intake, lambda: receive_records(actor=intake, records=records, at=at)

    def test_at_once_is_taken_in_once(self, intake: User, at: datetime) -> None:
        for number in range(5):
            records = profile(f"m-{number}"), help_request(f"r-{number}", member_id=f"m-{number}")
            both = at_once(self.tell(intake, at, *records), self.tell(intake, at, *records))
            assert sorted(receipt.result for receipts in both for receipt in receipts) == [
                "created", "created", "unchanged", "unchanged",
            ]  # fmt: skip
        assert Profile.objects.count() == HelpRequest.objects.count() == Profile.history.count() == 5
        assert Review.objects.count() == Review.history.count() == 10

    def test_in_four_revisions_ends_in_the_newest(self, intake: User, at: datetime) -> None:
        for number in range(5):
            revisions = [profile(f"m-{number}", n, about=f"{n}") for n in (1, 2, 3, 4)]
            told = at_once(*[self.tell(intake, at, revision) for revision in revisions])
            assert not any(isinstance(one, Exception) for one in told), told
        assert set(Profile.objects.values_list("revision", "about")) == {(4, "4")}
        assert set(Review.objects.values_list("revision", "state")) == {(4, ReviewState.PENDING)}
        assert Review.objects.count() == 5

    def test_in_opposite_order_neither_batch_waits_for_ever(self, intake: User, at: datetime) -> None:
        for revision in range(1, 4):
            members = [profile(f"m-{n}", revision) for n in range(20)]
            asked = [help_request(f"r-{n}", revision, member_id=f"m-{n}") for n in range(20)]
            there: list[Record] = [*members, *asked]
            both = at_once(self.tell(intake, at, *there), self.tell(intake, at, *reversed(there)))
            assert not any(isinstance(one, Exception) for one in both), both
        assert Profile.objects.count() == Review.objects.filter(profile__isnull=False).count() == 20

    @pytest.mark.parametrize("verb", ["changes_profile", "sends_photo"])
    def test_and_a_photo_keep_both(self, scene: Scenes, verb: str) -> None:
        for results in crossings(scene, verb, "sends_photo"):
            assert not any(isinstance(one, Exception) for one in results), results
        assert not Profile.objects.filter(photo="").exists()
        if verb == "changes_profile":
            assert set(Profile.objects.values_list("about", "version")) == {("Ik kan ook koken.", 3)}
        assert forgotten() == []
