"""What follows from a founded dossier: measures on a ladder, letters that name no reporter, repetition."""

from datetime import date, datetime
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from backoffice.audit.models import Event
from backoffice.outbox.models import Delivery, Mail
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from backoffice.staff.policy import NotAllowed
from incidents.choices.dossiers import (
    DossierOutcome,
    LetterKind,
    MeasureKind,
    OutreachState,
    PartyRole,
    ProposalState,
    Severity,
)
from incidents.given import Person
from incidents.models import Dossier, Measure, Party, RepetitionProposal, TimelineEntry
from incidents.models.measures import FACTORS
from incidents.policy.dossiers import may_object
from incidents.services.letters import GivesAway, letters_for, send_dossier_letter
from incidents.services.locks import DossierRefused
from incidents.services.measures import ladder_of, lift_measure, take_measure
from incidents.services.outcomes import decide_outcome, handle_dossier
from incidents.services.outreach import Contact, add_outreach, settle_outreach
from incidents.services.parties import lift_deferral
from incidents.services.repetition import settle_proposal
from incidents.services.safety import Hold, note_safety
from tests.barrier import at_once
from tests.factories import StaffFactory, WebhookEndpointFactory
from tests.incidents.dossiers import GROUNDS, KAREL, about, decided, opened

pytestmark = pytest.mark.django_db
WEIGHED = dict.fromkeys(FACTORS, "Tweemaal in een half jaar.")


def take(actor: User, party: Party, kind: MeasureKind, at: datetime, **given: Any) -> Measure:
    said: dict[str, Any] = {
        "facts": "Je hebt om een pincode gevraagd.",
        "ground": "Huisregel 3.1: vraag nooit om geld of een pincode.",
        **given,
    }
    return take_measure(actor=actor, dossier_id=party.dossier_id, party_id=party.pk, kind=kind, at=at, **said)


class TestTakeMeasure:
    def test_tells_the_person_and_the_platform(self, coordinator: User, at: datetime) -> None:
        WebhookEndpointFactory()
        _dossier, party = decided(coordinator, at)
        measure = take(coordinator, party, MeasureKind.WARNING, at)
        mail, delivery = Mail.objects.get(), Delivery.objects.get()
        assert (mail.recipient, mail.body) == ("karel.zwart@voorbeeld.nl", measure.letter)
        for words in (
            "waarschuwing",
            "Huisregel 3.1",
            "bezwaar maken tot en met 17 mei 2027",
            "Iemand heeft",
        ):
            assert words in measure.letter
        assert "Anna" not in measure.letter
        assert delivery.type == "measure.taken"
        assert delivery.body["data"] == {
            "id": str(measure.pk), "site": "wehelpen.nl", "member_id": "m-karel", "kind": "warning",
            "starts_on": "2026-11-17", "ends_on": None, "lifted_at": None,
        }  # fmt: skip
        assert TimelineEntry.objects.get(kind="sent").mail_id == mail.pk

    def test_needs_a_founded_outcome_and_a_coordinator(self, coordinator: User, at: datetime) -> None:
        desk = StaffFactory(role=Role.SERVICEDESK)
        dossier = opened(desk, at)
        party = about(dossier, desk, at)
        for actor in (desk, coordinator):
            with pytest.raises(NotAllowed):
                take(actor, party, MeasureKind.TIP, at)
        assert not Mail.objects.exists()

    @pytest.mark.parametrize(
        ("kind", "given", "field"),
        [
            (MeasureKind.SUSPENSION, {"factors": WEIGHED}, "ends_on"),
            (MeasureKind.SUSPENSION, {"factors": WEIGHED, "ends_on": date(2026, 11, 17)}, "ends_on"),
            (MeasureKind.WARNING, {"ends_on": date(2027, 1, 1)}, "ends_on"),
            (MeasureKind.TERMINATION, {"factors": WEIGHED | {"intention": ""}}, "intention"),
            (MeasureKind.TIP, {"facts": " "}, "facts"),
            (MeasureKind.TIP, {"ground": ""}, "ground"),
        ],
    )
    def test_refuses_half_a_measure(
        self, coordinator: User, at: datetime, kind: MeasureKind, given: dict[str, Any], field: str
    ) -> None:
        _dossier, party = decided(coordinator, at)
        with pytest.raises(DossierRefused) as refusal:
            take(coordinator, party, kind, at, **given)
        assert refusal.value.field == field
        assert not Measure.objects.exists()

    def test_stands_in_the_way_of_another_outcome_until_it_is_lifted(
        self, coordinator: User, at: datetime
    ) -> None:
        WebhookEndpointFactory()
        dossier, party = decided(coordinator, at)
        measure = take(coordinator, party, MeasureKind.WARNING, at)
        turn = partial(
            decide_outcome,
            actor=coordinator,
            dossier_id=dossier.pk,
            outcome=DossierOutcome.UNFOUNDED,
            grounds="Toch niet",
            at=at,
        )
        with pytest.raises(NotAllowed) as refusal:
            turn()
        assert refusal.value.code == "measure_stands"
        lift = partial(
            lift_measure, actor=coordinator, measure_id=measure.pk, because="Bezwaar gegrond", at=at
        )
        assert lift().lifted_at == at
        with pytest.raises(NotAllowed):
            lift()
        turn()
        assert [row.type for row in Delivery.objects.order_by("type")] == ["measure.lifted", "measure.taken"]

    def test_can_be_objected_to_for_six_months(self, coordinator: User, at: datetime) -> None:
        _dossier, party = decided(coordinator, at)
        measure = take(coordinator, party, MeasureKind.TIP, at)
        assert may_object(measure, on=date(2027, 5, 17))
        assert may_object(measure, on=date(2027, 5, 18)).code == "too_late"

    def test_the_database_refuses_a_suspension_without_end(self, coordinator: User, at: datetime) -> None:
        _dossier, party = decided(coordinator, at)
        measure = take(coordinator, party, MeasureKind.TIP, at)
        measure.kind = MeasureKind.SUSPENSION
        with pytest.raises(IntegrityError), transaction.atomic():
            measure.store(reason="changed", at=at)


class TestTheLadder:
    def test_proposes_the_next_step_and_forces_none(self, coordinator: User, at: datetime) -> None:
        _dossier, first = decided(coordinator, at, severity=Severity.SLIGHT)
        assert ladder_of(first).proposed == MeasureKind.TIP
        take(coordinator, first, MeasureKind.WARNING, at)
        _dossier, second = decided(coordinator, at, severity=Severity.SLIGHT, reporter_name="Piet Bos")
        ladder = ladder_of(second)
        assert (ladder.proposed, ladder.warned, len(ladder.earlier)) == ("suspension", True, 1)
        measure = take(coordinator, second, MeasureKind.TIP, at)
        assert (measure.kind, measure.proposed) == ("tip", "suspension")

    def test_begins_higher_for_what_is_worse_and_ends_at_the_top(
        self, coordinator: User, at: datetime
    ) -> None:
        _dossier, party = decided(coordinator, at, severity=Severity.GRAVE)
        ladder = ladder_of(party)
        assert (ladder.proposed, ladder.warned) == ("suspension", False)
        take(coordinator, party, MeasureKind.TERMINATION, at, factors=WEIGHED)
        assert ladder_of(party).proposed == MeasureKind.TERMINATION


class TestLetters:
    def send(self, actor: User, party: Party, kind: LetterKind, body: str, at: datetime, **more: Any) -> Any:
        return send_dossier_letter(
            actor=actor,
            dossier_id=party.dossier_id,
            party_id=party.pk,
            kind=kind,
            subject="Wij willen je iets vragen",
            body=body,
            at=at,
            **more,
        )

    def test_hearing_stops_the_clock_and_waits_for_an_answer(self, coordinator: User, at: datetime) -> None:
        dossier = opened(coordinator, at)
        party = about(dossier, coordinator, at)
        draft = letters_for(dossier, party, on=date(2026, 11, 17))[LetterKind.HEARING]
        with pytest.raises(DossierRefused) as refusal:
            self.send(coordinator, party, LetterKind.HEARING, draft.body, at)
        assert refusal.value.field == "body"
        place = draft.body[draft.body.index("[") : draft.body.index("]") + 1]
        body = draft.body.replace(place, "Je zou om een pincode hebben gevraagd.")
        self.send(coordinator, party, LetterKind.HEARING, body, at, answer_by=date(2026, 12, 1))
        party.refresh_from_db()
        dossier.refresh_from_db()
        assert (party.informed_at, dossier.waiting_for) == (at, "subject")
        assert Mail.objects.get().mail_class == "contract"

    @pytest.mark.parametrize(
        "words", ["Anna de Vries zegt dit.", "Bel 06-12345678.", "Mevrouw De Vries belde."]
    )
    def test_never_say_who_reported_it(self, coordinator: User, at: datetime, words: str) -> None:
        dossier = opened(coordinator, at)
        party = about(dossier, coordinator, at)
        with pytest.raises(GivesAway) as refusal:
            self.send(coordinator, party, LetterKind.INFORMATION, f"Beste Karel,\n\n{words}", at)
        assert "Anna" not in str(refusal.value)
        assert refusal.value.leaks
        assert not Mail.objects.exists()
        reporter = dossier.parties.get(role=PartyRole.REPORTER)
        assert self.send(coordinator, reporter, LetterKind.INFORMATION, words, at) is None

    def test_tell_the_outcome_once_there_is_one(self, coordinator: User, at: datetime) -> None:
        _dossier, party = decided(coordinator, at)
        self.send(coordinator, party, LetterKind.OUTCOME, "Wij vinden het gegrond.", at)
        party.refresh_from_db()
        assert party.outcome_told_at == at
        other = about(opened(coordinator, at), coordinator, at)
        with pytest.raises(DossierRefused):
            self.send(coordinator, other, LetterKind.OUTCOME, "Wij vinden het gegrond.", at)

    def test_wait_while_it_is_unsafe_that_somebody_knows(self, coordinator: User, at: datetime) -> None:
        dossier = opened(coordinator, at)
        party = about(dossier, coordinator, at)
        hold = Hold(because="Zij woont bij hem", recheck_on=date(2026, 12, 1))
        note_safety(
            actor=coordinator,
            dossier_id=dossier.pk,
            signals="Blauwe plek op haar arm",
            called_112=True,
            advice="Bel de wijkagent",
            hold=hold,
            handed_to="Politie Zwolle",
            handed_what="Naam en adres",
            at=at,
        )
        with pytest.raises(NotAllowed) as refusal:
            self.send(coordinator, party, LetterKind.INFORM, "Je staat in een dossier.", at)
        assert refusal.value.code == "deferred"
        dossier.refresh_from_db()
        said = set(TimelineEntry.objects.values_list("kind", flat=True))
        assert (dossier.severity, said) == ("grave", {"signal", "advice", "handed_over"})
        lift_deferral(actor=coordinator, dossier_id=dossier.pk, party_id=party.pk, at=at)
        assert self.send(coordinator, party, LetterKind.INFORM, "Je staat in een dossier.", at)


class TestRepetition:
    def test_a_second_founded_dossier_raises_a_proposal_and_a_third_joins_it(
        self, coordinator: User, at: datetime
    ) -> None:
        first, _party = decided(coordinator, at)
        assert not RepetitionProposal.objects.exists()
        byname = Person(
            first_name="Karel", last_name="ZWART", birth_date=KAREL.birth_date, phones=("06-87654321",)
        )
        second, _party = decided(
            coordinator, at, person=byname, reporter_name="Piet Bos", contact="piet@voorbeeld.nl"
        )
        proposal = RepetitionProposal.objects.get()
        rows = list(proposal.evidence.order_by("id"))
        assert [(row.party.dossier_id, row.same_by, row.halves) for row in rows] == [
            (first.pk, ["name_and_birth_date"], 2),
            (second.pk, [], 2),
        ]
        told = Event.objects.get(kind="repetition.proposed")
        assert told.data["halves"] == 4
        decided(coordinator, at, reporter_name="Ida Kok", contact="ida@voorbeeld.nl")
        assert [one.evidence.count() for one in RepetitionProposal.objects.all()] == [3]
        assert not Measure.objects.exists()

    def test_three_unfounded_dossiers_raise_nothing(self, coordinator: User, at: datetime) -> None:
        for name in ("Piet Bos", "Ida Kok", "Jo Stam"):
            decided(coordinator, at, DossierOutcome.UNFOUNDED, reporter_name=name, contact=f"{name[:2]}@x.nl")
        assert not RepetitionProposal.objects.exists()

    def test_a_namesake_raises_nothing(self, coordinator: User, at: datetime) -> None:
        decided(coordinator, at)
        decided(
            coordinator, at, person=Person(first_name="Karel", last_name="Zwart"), reporter_name="Piet Bos"
        )
        assert not RepetitionProposal.objects.exists()

    def test_linked_reporters_count_for_less_and_it_says_so(self, coordinator: User, at: datetime) -> None:
        decided(coordinator, at)
        decided(coordinator, at, reporter_name="A. de Vries")  # the same phone
        weighed = Event.objects.get(kind="repetition.weighed")
        assert (weighed.data["halves"], weighed.data["because"]) == (3, ["linked_reporters"])
        assert not RepetitionProposal.objects.exists()
        decided(coordinator, at, reporter_name="Piet Bos", contact="piet@voorbeeld.nl")
        assert sorted(RepetitionProposal.objects.get().evidence.values_list("halves", flat=True)) == [1, 2, 2]

    def test_a_reporter_who_is_often_wrong_counts_for_less(self, coordinator: User, at: datetime) -> None:
        for number in (1, 2):
            person = Person(last_name=f"Onschuldig {number}")
            decided(coordinator, at, DossierOutcome.UNFOUNDED, person=person)
        decided(coordinator, at)
        decided(coordinator, at, reporter_name="Piet Bos", contact="piet@voorbeeld.nl")
        assert Event.objects.get(kind="repetition.weighed").data["because"] == ["often_unfounded"]

    def test_is_settled_once_with_a_note(self, coordinator: User, at: datetime) -> None:
        decided(coordinator, at)
        decided(coordinator, at, reporter_name="Piet Bos", contact="piet@voorbeeld.nl")
        settle = partial(
            settle_proposal,
            proposal_id=RepetitionProposal.objects.get().pk,
            state=ProposalState.SET_ASIDE,
            note="Twee keer licht",
            at=at,
        )
        with pytest.raises(NotAllowed):
            settle(actor=StaffFactory(role=Role.SERVICEDESK))
        assert settle(actor=coordinator).state == "set_aside"
        with pytest.raises(NotAllowed):
            settle(actor=coordinator)

    def test_is_not_taken_up_once_a_dossier_turned_out_otherwise(
        self, coordinator: User, at: datetime
    ) -> None:
        first, _party = decided(coordinator, at)
        decided(coordinator, at, reporter_name="Piet Bos", contact="piet@voorbeeld.nl")
        decide_outcome(
            actor=coordinator,
            dossier_id=first.pk,
            outcome=DossierOutcome.UNFOUNDED,
            grounds="Toch niet",
            at=at,
        )
        proposal = RepetitionProposal.objects.get()
        settle = partial(settle_proposal, actor=coordinator, proposal_id=proposal.pk, note="x", at=at)
        with pytest.raises(DossierRefused):
            settle(state=ProposalState.TAKEN_UP)
        assert settle(state=ProposalState.SET_ASIDE).state == "set_aside"


@pytest.mark.django_db(transaction=True)
def test_two_dossiers_decided_at_once_see_each_other(coordinator: User, at: datetime) -> None:
    other = StaffFactory(role=Role.COORDINATOR)
    first = opened(coordinator, at)
    second = opened(coordinator, at, reporter_name="Piet Bos", contact="piet@voorbeeld.nl")
    calls = []
    for user, dossier in ((coordinator, first), (other, second)):
        party = about(dossier, coordinator, at)
        decide = partial(
            decide_outcome,
            actor=user,
            dossier_id=dossier.pk,
            outcome=DossierOutcome.FOUNDED,
            grounds=GROUNDS,
            offender_ids=[party.pk],
            at=at,
        )
        calls.append((user, decide))
    assert [type(each) for each in at_once(*calls)] == [Dossier, Dossier]
    assert RepetitionProposal.objects.get().evidence.count() == 2


class TestReachingOut:
    def test_makes_one_task_for_each_member(self, coordinator: User, at: datetime) -> None:
        dossier, _party = decided(coordinator, at)
        handle_dossier(actor=coordinator, dossier_id=dossier.pk, at=at)
        contacts = [Contact(member_id="m-1", name="Bo"), Contact(member_id="m-1"), Contact(member_id="m-2")]
        add = partial(add_outreach, actor=coordinator, dossier_id=dossier.pk, contacts=contacts, at=at)
        assert (add(), add()) == (2, 0)
        task = dossier.outreach.order_by("member_id").last()
        assert task is not None
        settle = partial(settle_outreach, actor=coordinator, dossier_id=dossier.pk, task_id=task.pk, at=at)
        done = settle(state=OutreachState.UNREACHABLE, note="Driemaal gebeld")
        assert (done.done_by, done.done_at) == (coordinator, at)
        assert settle(state=OutreachState.TO_DO, note="").done_by is None

    def test_follows_a_founded_outcome_only(self, coordinator: User, at: datetime) -> None:
        with pytest.raises(DossierRefused):
            add_outreach(
                actor=coordinator,
                dossier_id=opened(coordinator, at).pk,
                contacts=[Contact(member_id="m")],
                at=at,
            )
