"""Coordinators keep the standard texts; two of them at once never lose each other's words."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from backoffice.audit.meanwhile import ChangedMeanwhile, version_of
from backoffice.audit.models import Event
from backoffice.staff.models import User
from backoffice.staff.policy import NotAllowed
from moderation.choices import Outcome
from moderation.models import Policy, StandardText
from moderation.selectors.desk import texts_offered
from moderation.services.standard_texts import (
    LONGEST_BODY,
    HouseRuleUnfit,
    TextRefused,
    TextStands,
    TitleTaken,
    UnknownPlace,
    add_text,
    change_text,
    move_text,
    restore_text,
    retire_text,
)
from tests.barrier import at_once

pytestmark = pytest.mark.django_db

GIVEN: dict[str, Any] = {"title": "Iets nieuws", "body": "Beste {naam},\n\nDit kan niet.", "policy_id": None}


@pytest.fixture(autouse=True)
def _no_texts(setup_acts: User) -> None:
    StandardText.objects.all()._raw_delete("default")


def make(actor: User, at: datetime, **given: Any) -> StandardText:
    return add_text(actor=actor, **{"outcome": Outcome.HIDE, **GIVEN, **given}, at=at)


def change(actor: User, text: StandardText, at: datetime, **given: Any) -> StandardText:
    values = {"seen": version_of(text), "title": text.title, "body": text.body, "policy_id": text.policy_id}
    return change_text(actor=actor, text_id=text.pk, **{**values, **given}, at=at)


def order(outcome: Outcome = Outcome.HIDE) -> list[str]:
    return [text.title for text in texts_offered([outcome])]


class TestAddText:
    def test_puts_it_last_and_at_the_desk(self, coordinator: User, at: datetime) -> None:
        for title in ("een", "twee"):
            make(coordinator, at, title=title)
        assert order() == ["een", "twee"]
        assert order(Outcome.REQUEST_CHANGE) == []

    def test_records_one_event_and_one_version(self, coordinator: User, at: datetime) -> None:
        text = make(coordinator, at)
        event = Event.objects.get()
        assert (event.kind, event.actor, event.subject_id, event.data) == (
            "standard_text.added",
            coordinator,
            str(text.pk),
            {"outcome": "hide"},
        )
        version = text.history.get()
        assert (version.history_user_id, version.history_change_reason) == (coordinator.pk, "added")

    def test_keeps_lines_as_people_type_them(self, coordinator: User, at: datetime) -> None:
        text = make(coordinator, at, title="  Met  ", body="\r\nEen.\r\n\r\nTwee.\r\n")
        assert (text.title, text.body) == ("Met", "Een.\n\nTwee.")

    def test_refuses_without_permission(self, moderator: User, administrator: User, at: datetime) -> None:
        for somebody in (moderator, administrator):
            with pytest.raises(NotAllowed):
                make(somebody, at)
        assert not StandardText.objects.exists()

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"title": ""}, "title"),
            ({"title": " "}, "title"),
            ({"title": "x" * 121}, "title"),
            ({"title": "twee\nregels"}, "title"),
            ({"title": "om\u202egekeerd"}, "title"),
            ({"body": " \n "}, "body"),
            ({"body": "x" * (LONGEST_BODY + 1)}, "body"),
            ({"body": "nul\x00"}, "body"),
            ({"body": "breedte\u200bloos"}, "body"),
            ({"outcome": Outcome.APPROVE}, "outcome"),
            ({"outcome": "iets"}, "outcome"),
        ],
    )
    def test_refuses_what_is_no_text(
        self, coordinator: User, at: datetime, given: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(TextRefused) as refusal:
            make(coordinator, at, **given)
        assert refusal.value.field == field
        assert not StandardText.objects.exists()

    @pytest.mark.parametrize(
        "body", ["Beste {name},", "{adres} en {naam}", "{naam", "naam}", "{{naam}}", "{}"]
    )
    def test_refuses_a_place_that_nothing_fills(self, coordinator: User, at: datetime, body: str) -> None:
        with pytest.raises(UnknownPlace) as refusal:
            make(coordinator, at, body=body)
        assert refusal.value.field == "body"

    def test_refuses_a_title_that_is_there_for_the_same_outcome(
        self, coordinator: User, at: datetime
    ) -> None:
        make(coordinator, at)
        make(coordinator, at, outcome=Outcome.HOLD_ACCOUNT)
        with pytest.raises(TitleTaken) as refusal:
            make(coordinator, at)
        assert refusal.value.field == "title"

    def test_takes_a_house_rule_that_allows_the_outcome_only(self, coordinator: User, at: datetime) -> None:
        fits = Policy.objects.filter(outcomes__contains=[Outcome.HIDE], active=True)[0]
        unfit = Policy.objects.filter(chapter__isnull=False).exclude(outcomes__contains=[Outcome.HIDE])[0]
        chapter = Policy.objects.filter(chapter__isnull=True)[0]
        assert make(coordinator, at, policy_id=fits.pk).policy == fits
        for rule_id in (unfit.pk, chapter.pk, 0):
            with pytest.raises(HouseRuleUnfit) as refusal:
                make(coordinator, at, title="Nog een", policy_id=rule_id)
            assert refusal.value.field == "policy"


class TestChangeText:
    def test_stores_the_words_and_names_the_fields(self, coordinator: User, at: datetime) -> None:
        text = make(coordinator, at)
        changed = change(coordinator, text, at + timedelta(days=1), body="Anders.")
        assert (changed.title, changed.body) == (text.title, "Anders.")
        assert Event.objects.filter(kind="standard_text.changed").get().data == {"fields": ["body"]}
        assert text.history.count() == 2

    def test_of_nothing_writes_nothing(self, coordinator: User, at: datetime) -> None:
        text = make(coordinator, at)
        change(coordinator, text, at, body=text.body + "\r\n")
        assert text.history.count() == 1
        assert not Event.objects.filter(kind="standard_text.changed").exists()

    def test_refuses_what_somebody_else_changed_meanwhile(self, coordinator: User, at: datetime) -> None:
        text = make(coordinator, at)
        seen = version_of(text)
        change(coordinator, text, at, body="Van de een.")
        with pytest.raises(ChangedMeanwhile):
            change(coordinator, text, at, seen=seen, body="Van de ander.")
        text.refresh_from_db()
        assert text.body == "Van de een."

    def test_refuses_without_permission(self, coordinator: User, moderator: User, at: datetime) -> None:
        text = make(coordinator, at)
        with pytest.raises(NotAllowed):
            change(moderator, text, at, body="Anders.")

    def test_refuses_the_title_of_another(self, coordinator: User, at: datetime) -> None:
        make(coordinator, at, title="een")
        text = make(coordinator, at, title="twee")
        with pytest.raises(TitleTaken):
            change(coordinator, text, at, title="een")

    def test_keeps_a_house_rule_that_went_out_of_use(self, coordinator: User, at: datetime) -> None:
        rule = Policy.objects.filter(outcomes__contains=[Outcome.HIDE], active=True)[0]
        text = make(coordinator, at, policy_id=rule.pk)
        rule.active = False
        rule.store(reason="retired", at=at, fields=["active"])
        assert change(coordinator, text, at, body="Anders.").policy == rule


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_at_once_one_is_told(coordinator: User, at: datetime) -> None:
    text = make(coordinator, at)
    seen = version_of(text)
    ended = at_once(
        *((coordinator, lambda n=n: change(coordinator, text, at, seen=seen, body=f"{n}.")) for n in range(2))
    )
    assert sorted(type(each).__name__ for each in ended) == ["ChangedMeanwhile", "StandardText"]
    text.refresh_from_db()
    (stored,) = [each for each in ended if isinstance(each, StandardText)]
    assert text.body == stored.body


class TestMoveText:
    @pytest.fixture
    def texts(self, coordinator: User, at: datetime) -> list[StandardText]:
        return [make(coordinator, at, title=title) for title in ("een", "twee", "drie")]

    def test_swaps_it_with_its_neighbour(
        self, coordinator: User, texts: list[StandardText], at: datetime
    ) -> None:
        move_text(actor=coordinator, text_id=texts[2].pk, up=True, at=at)
        assert order() == ["een", "drie", "twee"]
        move_text(actor=coordinator, text_id=texts[0].pk, up=False, at=at)
        assert order() == ["drie", "een", "twee"]
        assert Event.objects.filter(kind="standard_text.moved").count() == 2

    def test_sorts_out_places_that_are_the_same(
        self, coordinator: User, texts: list[StandardText], at: datetime
    ) -> None:
        for text in texts:
            text.position = 5
            text.store(reason="default", at=at, fields=["position"])
        move_text(actor=coordinator, text_id=texts[1].pk, up=False, at=at)
        assert order() == ["een", "drie", "twee"]

    def test_passes_over_what_is_out_of_use(
        self, coordinator: User, texts: list[StandardText], at: datetime
    ) -> None:
        retire_text(actor=coordinator, text_id=texts[1].pk, at=at)
        move_text(actor=coordinator, text_id=texts[2].pk, up=True, at=at)
        assert order() == ["drie", "een"]

    def test_refuses_at_the_end(self, coordinator: User, texts: list[StandardText], at: datetime) -> None:
        for text, up in ((texts[0], True), (texts[2], False)):
            with pytest.raises(TextStands):
                move_text(actor=coordinator, text_id=text.pk, up=up, at=at)
        retire_text(actor=coordinator, text_id=texts[1].pk, at=at)
        with pytest.raises(TextStands):
            move_text(actor=coordinator, text_id=texts[1].pk, up=True, at=at)
        assert not Event.objects.filter(kind="standard_text.moved").exists()

    def test_refuses_without_permission(
        self, moderator: User, texts: list[StandardText], at: datetime
    ) -> None:
        with pytest.raises(NotAllowed):
            move_text(actor=moderator, text_id=texts[1].pk, up=True, at=at)


@pytest.mark.django_db(transaction=True)
def test_two_who_move_at_once_both_get_through(coordinator: User, at: datetime) -> None:
    texts = [make(coordinator, at, title=title) for title in ("een", "twee", "drie", "vier")]
    ended = at_once(
        (coordinator, lambda: move_text(actor=coordinator, text_id=texts[1].pk, up=True, at=at)),
        (coordinator, lambda: move_text(actor=coordinator, text_id=texts[3].pk, up=True, at=at)),
    )
    assert [type(each) for each in ended] == [StandardText, StandardText]
    assert order() == ["twee", "een", "vier", "drie"]


class TestRetireText:
    def test_takes_it_from_the_desk_and_back(self, coordinator: User, at: datetime) -> None:
        text = make(coordinator, at)
        retire_text(actor=coordinator, text_id=text.pk, at=at)
        assert order() == []
        restore_text(actor=coordinator, text_id=text.pk, at=at)
        assert order() == [text.title]
        kinds = list(Event.objects.order_by("id").values_list("kind", flat=True))
        assert kinds == ["standard_text.added", "standard_text.retired", "standard_text.restored"]

    def test_refuses_the_wrong_state(self, coordinator: User, at: datetime) -> None:
        text = make(coordinator, at)
        with pytest.raises(TextStands):
            restore_text(actor=coordinator, text_id=text.pk, at=at)
        retire_text(actor=coordinator, text_id=text.pk, at=at)
        with pytest.raises(TextStands):
            retire_text(actor=coordinator, text_id=text.pk, at=at)

    def test_refuses_without_permission(self, coordinator: User, moderator: User, at: datetime) -> None:
        text = make(coordinator, at)
        for verb in (retire_text, restore_text):
            with pytest.raises(NotAllowed):
                verb(actor=moderator, text_id=text.pk, at=at)
