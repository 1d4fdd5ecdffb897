"""Near-copies: of texts in a stream, and of what other members wrote before."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.audit.models import Event
from backoffice.staff.models import User
from backoffice.staff.system import INTAKE, system_user
from moderation.choices import Flag, Outcome
from moderation.detectors.near_copies import copies_in, likeness, sketch_of
from moderation.models import Review, Signal, TextSketch
from moderation.services.decisions import decide_review
from moderation.services.erasure import erase_account
from moderation.services.intake import receive_records
from moderation.services.leases import claim_review
from moderation.services.records import HelpRequestRecord, HelpRequestRemoved

HOUR = timedelta(hours=1)
CLUB = (
    "Wij zoeken voor onze gezellige leesclub in de wijk nog twee mensen die graag romans lezen en daar"
    " eens per maand met ons over willen praten. Koffie staat klaar om acht uur."
)
OTHER = (
    "Mijn heg is dit jaar boven mijn hoofd gegroeid en de ladder durf ik niet meer op. Wie heeft er een"
    " middag tijd om mee te snoeien? Het afval breng ik zelf weg."
)


class TestLikeness:
    def test_of_a_text_with_itself_is_whole(self) -> None:
        assert likeness(sketch_of(CLUB).runs, sketch_of(CLUB).runs) == 1

    def test_of_different_texts_is_small(self) -> None:
        assert likeness(sketch_of(CLUB).runs, sketch_of(OTHER).runs) < 0.1

    @pytest.mark.parametrize(
        "copy",
        [
            CLUB.upper(),
            CLUB.replace("wijk", "buurt").replace("acht", "half negen"),
            f"Hallo allemaal! {CLUB} Groetjes van Wil",
            CLUB.replace(" ", "  ").replace(".", "!!"),
            CLUB.replace("e", "é"),
            CLUB[len(CLUB) // 3 :],
        ],
    )
    def test_survives_small_changes(self, copy: str) -> None:
        assert copies_in([(1, CLUB), (2, OTHER), (3, copy)]).keys() == {1, 3}

    def test_other_numbers_make_no_other_text(self) -> None:
        text = "Wij knippen uw haar thuis voor {} euro, bel {} en wij komen dezelfde week nog langs"
        first, second = text.format(15, "0612345678"), text.format(18, "0687654321")
        assert sketch_of(first) == sketch_of(second)

    def test_short_texts_are_not_compared(self) -> None:
        assert copies_in([(1, "Wie helpt mij?"), (2, "Wie helpt mij?")]) == {}

    @given(st.text(max_size=200), st.text(max_size=200))
    def test_lies_between_nothing_and_all(self, one: str, other: str) -> None:
        assert 0 <= likeness(sketch_of(one).runs, sketch_of(other).runs) <= 1


@pytest.mark.django_db
class TestIntake:
    def receive(self, number: int, text: str, *, member: str, at: datetime, revision: int = 1) -> Review:
        record = HelpRequestRecord(
            site="wehelpen.nl", request_id=f"r-{number}", revision=revision, member_id=member,
            kind="request", title="Leesclub", text=text,
        )  # fmt: skip
        receive_records(actor=system_user(INTAKE), records=[record], at=at)
        return Review.objects.get(help_request__request_id=f"r-{number}")

    def test_marks_the_copy_of_what_another_member_wrote(self, setup_acts: User, at: datetime) -> None:
        self.receive(1, CLUB, member="m-1", at=at)
        copy = self.receive(2, f"Hoi! {CLUB}", member="m-2", at=at)
        signal = copy.signals.get(code="near_copy")
        assert (signal.flag, signal.field, signal.start, signal.end) == (
            Flag.DUPLICATE, "text", 0, len(f"Hoi! {CLUB}"),
        )  # fmt: skip
        assert signal.params["copies"] == 1

    def test_leaves_a_member_alone_who_asks_again(self, setup_acts: User, at: datetime) -> None:
        self.receive(1, CLUB, member="m-1", at=at)
        self.receive(1, CLUB + " En thee.", member="m-1", at=at, revision=2)
        assert not self.receive(2, CLUB, member="m-1", at=at).signals.filter(code="near_copy").exists()

    def test_looks_back_ninety_days_and_keeps_nothing_older(self, setup_acts: User, at: datetime) -> None:
        self.receive(1, CLUB, member="m-1", at=at - timedelta(days=90))
        assert not self.receive(2, CLUB, member="m-2", at=at).signals.filter(code="near_copy").exists()
        assert TextSketch.objects.count() == 1

    def test_sees_copies_that_come_together(self, setup_acts: User, at: datetime) -> None:
        records = [
            HelpRequestRecord(
                site="wehelpen.nl", request_id=f"r-{n}", revision=1, member_id=f"m-{n}", kind="request",
                title="Leesclub", text=CLUB,
            )
            for n in range(3)
        ]  # fmt: skip
        receive_records(actor=system_user(INTAKE), records=records, at=at)
        assert Signal.objects.filter(code="near_copy").count() == 3

    def test_marks_what_came_before_as_well_while_it_waits(self, setup_acts: User, at: datetime) -> None:
        first = self.receive(1, CLUB, member="m-1", at=at)
        assert (first.reasons, first.points) == ([], 0)
        self.receive(2, f"Hoi! {CLUB}", member="m-2", at=at + HOUR)
        self.receive(3, CLUB, member="m-3", at=at + 2 * HOUR)
        first.refresh_from_db()
        signal = first.signals.get()  # once, whoever comes next
        assert (signal.code, signal.version, signal.end) == ("near_copy", 1, len(CLUB))
        assert first.reasons == [{"code": "near_copy", "points": 20}]
        assert (first.points, first.ranks_at) == (20, at - 20 * HOUR)
        assert first.history.latest("history_id").history_change_reason == "near_copy_came"
        assert Event.objects.filter(kind="review.moved", subject_id=str(first.pk)).count() == 1
        changed = self.receive(1, CLUB + " Tot ziens.", member="m-1", at=at + 3 * HOUR, revision=2)
        assert changed.signals.get().version == 2

    def test_leaves_alone_what_somebody_has_in_hand_or_has_decided(
        self, moderator: User, other_moderator: User, at: datetime
    ) -> None:
        held = self.receive(1, CLUB, member="m-1", at=at)
        decided = self.receive(2, OTHER, member="m-2", at=at)
        claim_review(actor=moderator, review_id=held.pk, at=at)
        lease = claim_review(actor=other_moderator, review_id=decided.pk, at=at)
        decide_review(
            actor=other_moderator, review_id=decided.pk, epoch=lease.epoch, version=1,
            outcome=Outcome.APPROVE, at=at,
        )  # fmt: skip
        versions = [review.history.count() for review in (held, decided)]
        self.receive(3, CLUB, member="m-3", at=at)
        self.receive(4, OTHER, member="m-4", at=at)
        assert {signal.review.member_id for signal in Signal.objects.all()} == {"m-3", "m-4"}
        assert [review.history.count() for review in (held, decided)] == versions

    def test_keeps_no_word(self, setup_acts: User, at: datetime) -> None:
        self.receive(1, CLUB, member="m-1", at=at)
        kept = TextSketch.objects.values().get()
        assert not any(isinstance(value, str) and "leesclub" in value for value in kept.values())

    def test_goes_with_the_request(self, setup_acts: User, at: datetime) -> None:
        self.receive(1, CLUB, member="m-1", at=at)
        removed = HelpRequestRemoved(site="wehelpen.nl", request_id="r-1", revision=2)
        receive_records(actor=system_user(INTAKE), records=[removed], at=at)
        assert not TextSketch.objects.exists()

    def test_goes_with_the_account(self, setup_acts: User, at: datetime) -> None:
        self.receive(1, CLUB, member="m-1", at=at)
        erase_account(actor=system_user(INTAKE), site="wehelpen.nl", member_id="m-1", at=at)
        assert not TextSketch.objects.exists()
