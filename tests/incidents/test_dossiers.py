"""A complaint becomes a dossier, is looked into, and ends; and what the database itself refuses."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from backoffice.audit.meanwhile import ChangedMeanwhile, version_of
from backoffice.audit.models import Event
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from backoffice.staff.policy import NotAllowed
from incidents.choices.dossiers import DossierOutcome, DossierState, LinkKind, PartyRole, TimelineKind
from incidents.given import Person, Unknown
from incidents.models import Dossier, DossierLink, Party, TimelineEntry
from incidents.services.dossiers import (
    Described,
    assign_dossier,
    edit_description,
    link_dossiers,
    open_dossier,
)
from incidents.services.locks import DossierRefused, DossierUnknown
from incidents.services.outcomes import (
    decide_outcome,
    handle_dossier,
    hold_dossier,
    release_dossier,
    reopen_dossier,
)
from incidents.services.parties import add_party
from incidents.services.timeline import pin_entry, write_timeline
from tests.barrier import at_once
from tests.factories import StaffFactory
from tests.incidents.dossiers import GROUNDS, KAREL, about, decided, opened

pytestmark = pytest.mark.django_db
UNKNOWN = Unknown("Wilde het niet zeggen")
FIVE: dict[str, Any] = {
    "happened_on": date(2026, 11, 10),
    "reporter_name": "Anna de Vries",
    "contact": "06-12345678",
    "location": "Zwolle",
    "description": "Hij vroeg om haar pincode.",
}


@pytest.fixture
def desk(setup_acts: User) -> User:
    return StaffFactory(role=Role.SERVICEDESK)


def kinds(dossier: Dossier) -> list[str]:
    return list(
        Event.objects.filter(subject_id=str(dossier.pk)).order_by("id").values_list("kind", flat=True)
    )


class TestOpenDossier:
    def test_says_five_things_and_knows_its_reporter(self, desk: User, at: datetime) -> None:
        ticket = uuid4()
        dossier = opened(desk, at, source_ticket_id=ticket, contact="06 1234 5678 of Anna@Voorbeeld.nl")
        assert (dossier.state, dossier.owner, dossier.source_ticket_id) == ("investigating", desk, ticket)
        reporter = dossier.parties.get()
        assert (reporter.role, reporter.full_name, reporter.last_name) == (
            "reporter",
            "Anna de Vries",
            "Vries",
        )
        assert (reporter.phones, reporter.emails) == (["+31612345678"], ["anna@voorbeeld.nl"])
        assert reporter.inform_by_on is None
        assert kinds(dossier) == ["dossier.opened", "party.added"]

    def test_takes_unknown_with_its_reason_for_each_of_them(self, desk: User, at: datetime) -> None:
        dossier = opened(desk, at, **dict.fromkeys(FIVE, UNKNOWN))
        assert [getattr(dossier, f"{field}_unknown") for field in FIVE] == [UNKNOWN.because] * 5
        assert dossier.parties.count() == 0

    @pytest.mark.parametrize("field", FIVE)
    def test_refuses_a_blank_and_names_the_field(self, desk: User, at: datetime, field: str) -> None:
        for blank in (Unknown(" "), "" if field != "happened_on" else date(2026, 11, 18)):
            with pytest.raises(DossierRefused) as refusal:
                opened(desk, at, **{field: blank})
            assert refusal.value.field == field
        assert not Dossier.objects.exists()

    def test_is_numbered_on(self, desk: User, at: datetime) -> None:
        first, second = opened(desk, at), opened(desk, at)
        assert (second.number - first.number, str(first)) == (1, f"D-{first.number}")

    def test_refuses_a_moderator(self, moderator: User, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            opened(moderator, at)

    def test_is_gone_with_the_ticket_it_came_with(self, desk: User, at: datetime) -> None:
        with transaction.atomic():
            opened(desk, at)
            transaction.set_rollback(True)
        assert not Dossier.objects.exists()


class TestWhoSeesWhat:
    def test_servicedesk_its_own_and_coordinators_all(
        self, desk: User, coordinator: User, moderator: User, at: datetime
    ) -> None:
        colleague = StaffFactory(role=Role.SERVICEDESK)
        officer = StaffFactory(role=Role.PRIVACY_OFFICER)
        mine, theirs = opened(desk, at), opened(colleague, at)
        seen = {
            user: set(Dossier.objects.visible_to(user)) for user in (desk, coordinator, officer, moderator)
        }
        assert seen == {desk: {mine}, coordinator: {mine, theirs}, officer: {mine, theirs}, moderator: set()}
        for write in (
            partial(assign_dossier, dossier_id=theirs.pk, owner_id=desk.pk),
            partial(handle_dossier, dossier_id=theirs.pk),
        ):
            with pytest.raises(DossierUnknown):
                write(actor=desk, at=at)
        with pytest.raises(NotAllowed):
            handle_dossier(actor=officer, dossier_id=mine.pk, at=at)

    def test_who_gets_a_dossier_sees_it(self, desk: User, coordinator: User, at: datetime) -> None:
        dossier = opened(coordinator, at)
        assign_dossier(actor=coordinator, dossier_id=dossier.pk, owner_id=desk.pk, at=at)
        assert list(Dossier.objects.visible_to(desk)) == [dossier]

    def test_who_cannot_handle_dossiers_gets_none(
        self, coordinator: User, moderator: User, at: datetime
    ) -> None:
        with pytest.raises(NotAllowed) as refusal:
            assign_dossier(
                actor=coordinator, dossier_id=opened(coordinator, at).pk, owner_id=moderator.pk, at=at
            )
        assert refusal.value.code == "cannot_handle"


class TestEditDescription:
    def edit(self, actor: User, dossier: Dossier, seen: int, at: datetime, **changed: Any) -> Dossier:
        described = Described(**{**FIVE, **changed})
        return edit_description(actor=actor, dossier_id=dossier.pk, seen=seen, described=described, at=at)

    def test_refuses_what_somebody_else_changed_and_nothing_less(
        self, desk: User, coordinator: User, at: datetime
    ) -> None:
        dossier = opened(desk, at)
        seen = version_of(dossier)
        assign_dossier(actor=desk, dossier_id=dossier.pk, owner_id=coordinator.pk, at=at)
        self.edit(coordinator, dossier, seen, at, location="Zwolle, station")
        with pytest.raises(ChangedMeanwhile):
            self.edit(desk, dossier, seen, at, description="Iets anders")
        dossier.refresh_from_db()
        assert (dossier.location, dossier.description) == ("Zwolle, station", FIVE["description"])
        assert kinds(dossier)[-1] == "dossier.described"

    def test_an_unknown_becomes_known(self, desk: User, at: datetime) -> None:
        dossier = opened(desk, at, location=UNKNOWN)
        edited = self.edit(desk, dossier, version_of(dossier), at)
        assert (edited.location, edited.location_unknown) == ("Zwolle", "")


class TestParties:
    def test_whoever_did_not_tell_it_must_hear_of_it_within_a_month(self, desk: User, at: datetime) -> None:
        dossier = opened(desk, at)
        party = add_party(
            actor=desk,
            dossier_id=dossier.pk,
            role=PartyRole.WITNESS,
            person=Person(first_name="Bo"),
            at=datetime(2027, 1, 30, 23, 30, tzinfo=UTC),
        )
        assert party.inform_by_on == date(2027, 2, 28)

    def test_nobody_is_written_down_as_the_offender(self, desk: User, at: datetime) -> None:
        dossier = opened(desk, at)
        with pytest.raises(DossierRefused) as refusal:
            add_party(actor=desk, dossier_id=dossier.pk, role=PartyRole.OFFENDER, person=KAREL, at=at)
        assert refusal.value.field == "role"

    @pytest.mark.parametrize(
        ("person", "field"),
        [
            (Person(), "last_name"),
            (Person(place="Zwolle", postcode="8011AB"), "last_name"),
            (Person(last_name="Zwart", phones=("12",)), "phones"),
            (Person(last_name="Zw\u202eart"), "last_name"),
        ],
    )
    def test_refuses_who_is_nobody(self, desk: User, at: datetime, person: Person, field: str) -> None:
        with pytest.raises(DossierRefused) as refusal:
            about(opened(desk, at), desk, at, person)
        assert refusal.value.field == field


class TestTheDatabase:
    def test_refuses_an_offender_without_a_founded_outcome(self, coordinator: User, at: datetime) -> None:
        dossier = opened(coordinator, at)
        party = about(dossier, coordinator, at)
        party.role = PartyRole.OFFENDER
        with pytest.raises(IntegrityError), transaction.atomic():
            party.store(reason="added", at=at)
        founded, _party = decided(coordinator, at)
        founded.outcome = DossierOutcome.UNFOUNDED
        with pytest.raises(IntegrityError), transaction.atomic():
            founded.store(reason="changed", at=at)

    @pytest.mark.parametrize(
        "changed",
        [
            {"location": "", "location_unknown": ""},
            {"happened_on_unknown": "en toch een dag"},
            {"state": DossierState.HANDLED},
            {"expires_on": date(2029, 1, 1)},
            {"outcome": DossierOutcome.FOUNDED},
            {"hold_reason": "rechtszaak"},
            {"waiting_until": date(2027, 1, 1)},
            {"severity": "ernstiger"},
        ],
    )
    def test_refuses_a_dossier_that_contradicts_itself(
        self, desk: User, at: datetime, changed: dict[str, Any]
    ) -> None:
        dossier = opened(desk, at)
        for name, value in changed.items():
            setattr(dossier, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            dossier.store(reason="changed", at=at)


class TestOutcomes:
    def test_founded_names_who_did_it_and_changing_that_takes_it_back(
        self, coordinator: User, at: datetime
    ) -> None:
        dossier, party = decided(coordinator, at)
        assert (dossier.outcome, party.role) == ("founded", "offender")
        decide_outcome(
            actor=coordinator,
            dossier_id=dossier.pk,
            outcome=DossierOutcome.UNDETERMINED,
            grounds="Toch niet",
            at=at,
        )
        party.refresh_from_db()
        assert party.role == PartyRole.SUBJECT
        said = list(TimelineEntry.objects.filter(kind=TimelineKind.DECIDED).values_list("text", flat=True))
        assert len(said) == 2
        assert any(GROUNDS in text for text in said)

    def test_is_the_coordinators(self, desk: User, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            decide_outcome(
                actor=desk,
                dossier_id=opened(desk, at).pk,
                outcome=DossierOutcome.UNFOUNDED,
                grounds=GROUNDS,
                at=at,
            )

    def test_needs_grounds(self, coordinator: User, at: datetime) -> None:
        with pytest.raises(DossierRefused) as refusal:
            decide_outcome(
                actor=coordinator,
                dossier_id=opened(coordinator, at).pk,
                outcome=DossierOutcome.UNFOUNDED,
                grounds="  ",
                at=at,
            )
        assert refusal.value.field == "grounds"


class TestTheEnd:
    def test_three_years_start_stop_and_start_anew(self, coordinator: User, at: datetime) -> None:
        dossier, _party = decided(coordinator, at)
        handled = handle_dossier(actor=coordinator, dossier_id=dossier.pk, at=at)
        assert handled.expires_on == date(2029, 11, 17)
        reopened = reopen_dossier(actor=coordinator, dossier_id=dossier.pk, because="Nieuw bewijs", at=at)
        assert (reopened.state, reopened.expires_on) == ("investigating", None)
        later = datetime(2028, 2, 28, 23, 30, tzinfo=UTC)  # 29 February in Amsterdam
        again = handle_dossier(actor=coordinator, dossier_id=dossier.pk, at=later)
        assert again.expires_on == date(2031, 3, 1)
        told = Event.objects.filter(kind="dossier.handled").order_by("id").values_list("data", flat=True)
        assert [data["again"] for data in told] == [False, True]

    def test_needs_an_outcome_and_refuses_what_is_done_already(self, coordinator: User, at: datetime) -> None:
        bare = opened(coordinator, at)
        dossier, _party = decided(coordinator, at)
        handle_dossier(actor=coordinator, dossier_id=dossier.pk, at=at)
        refused = {}
        for name, call in {
            "undecided": partial(handle_dossier, dossier_id=bare.pk),
            "not_handled": partial(reopen_dossier, dossier_id=bare.pk, because="x"),
            "handled": partial(handle_dossier, dossier_id=dossier.pk),
        }.items():
            with pytest.raises(NotAllowed) as refusal:
                call(actor=coordinator, at=at)
            refused[name] = refusal.value.code
        assert refused == {name: name for name in refused}

    def test_a_legal_hold_says_why_and_is_looked_at_again(
        self, coordinator: User, desk: User, at: datetime
    ) -> None:
        dossier = opened(desk, at)
        hold = partial(hold_dossier, dossier_id=dossier.pk, because="Rechtszaak", at=at)
        with pytest.raises(NotAllowed):
            hold(actor=desk, recheck_on=date(2027, 5, 1))
        with pytest.raises(DossierRefused):
            hold(actor=coordinator, recheck_on=date(2026, 11, 17))
        assert hold(actor=coordinator, recheck_on=date(2027, 5, 1)).hold_recheck_on == date(2027, 5, 1)
        assert release_dossier(actor=coordinator, dossier_id=dossier.pk, at=at).hold_reason == ""


class TestTimelineAndLinks:
    def test_a_line_stands_under_the_day_on_which_it_happened(self, desk: User, at: datetime) -> None:
        dossier = opened(desk, at)
        write = partial(
            write_timeline, actor=desk, dossier_id=dossier.pk, kind=TimelineKind.SAID, text="Zij belde", at=at
        )
        entry = write(happened_on=date(2026, 11, 1))
        assert (entry.happened_on, entry.written_at) == (date(2026, 11, 1), at)
        assert pin_entry(actor=desk, dossier_id=dossier.pk, entry_id=entry.pk, pinned=True, at=at).pinned
        with pytest.raises(DossierRefused) as refusal:
            write(happened_on=date(2026, 11, 18))
        assert refusal.value.field == "happened_on"

    def test_two_dossiers_are_linked_once_whoever_says_it(self, desk: User, at: datetime) -> None:
        first, second = opened(desk, at), opened(desk, at)
        link_dossiers(actor=desk, dossier_id=second.pk, other_id=first.pk, kind=LinkKind.SAME_EVENT, at=at)
        link_dossiers(actor=desk, dossier_id=first.pk, other_id=second.pk, kind=LinkKind.DUPLICATE, at=at)
        link = DossierLink.objects.get()
        assert (link.first, link.second, link.kind) == (first, second, "duplicate")
        with pytest.raises(DossierRefused):
            link_dossiers(actor=desk, dossier_id=first.pk, other_id=first.pk, kind=LinkKind.DUPLICATE, at=at)


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_of_two_who_close_or_reopen_one_does(self, coordinator: User, at: datetime) -> None:
        other = StaffFactory(role=Role.COORDINATOR)
        dossier, _party = decided(coordinator, at)
        for call in (
            partial(handle_dossier, dossier_id=dossier.pk, at=at),
            partial(reopen_dossier, dossier_id=dossier.pk, because="Nieuw", at=at),
        ):
            done = at_once(*((user, partial(call, actor=user)) for user in (coordinator, other)))
            assert sorted(type(each).__name__ for each in done) == ["Dossier", "NotAllowed"]
        assert kinds(dossier)[-2:] == ["dossier.handled", "dossier.reopened"]

    def test_of_two_who_edit_the_second_is_shown_the_first(self, coordinator: User, at: datetime) -> None:
        other = StaffFactory(role=Role.COORDINATOR)
        dossier = opened(coordinator, at)
        seen = version_of(dossier)
        done = at_once(
            *(
                (
                    user,
                    partial(
                        edit_description,
                        actor=user,
                        dossier_id=dossier.pk,
                        seen=seen,
                        described=Described(**{**FIVE, "location": user.username}),
                        at=at + timedelta(minutes=1),
                    ),
                )
                for user in (coordinator, other)
            )
        )
        assert sorted(type(each).__name__ for each in done) == ["ChangedMeanwhile", "Dossier"]
        dossier.refresh_from_db()
        assert [dossier.location] == [each.location for each in done if isinstance(each, Dossier)]


def test_a_dossier_and_its_reporter_are_opened_by_keyword_alone(desk: User, at: datetime) -> None:
    reporter = Person(last_name="Smit", member_id="m-7")
    dossier = open_dossier(actor=desk, at=at, site="Zwolle.wehelpen.nl", reporter=reporter, **FIVE)
    assert dossier.site == "zwolle.wehelpen.nl"
    assert Party.objects.get().member_id == "m-7"
