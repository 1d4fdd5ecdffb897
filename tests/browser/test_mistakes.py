"""What tired people, bad lines and faults do to a desk: nothing is lost, nothing is done twice."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from playwright.sync_api import Route, expect

from backoffice import clock
from backoffice.staff.system import INTAKE, system_user
from moderation.choices import DecisionState
from moderation.models import Decision, Draft, Lease, Review
from moderation.services.erasure import erase_account
from tests.browser.people import Person
from tests.factories import PASSWORD

Arrive = Callable[[int], list[Review]]


def decided() -> int:
    return Decision.objects.exclude(state=DecisionState.UNDONE).count()


@pytest.fixture
def at_work(anneke: Person, wait_in_queue: Arrive) -> Person:
    """Anneke, with an item in hand and some more waiting."""
    wait_in_queue(8)
    return anneke.begins()


class TestKeys:
    def test_a_double_press_decides_one_item(self, at_work: Person) -> None:
        at_work.goes_on("g", "g")
        assert decided() == 1

    def test_a_double_click_decides_one_item(self, at_work: Person) -> None:
        first = at_work.has_an_item()
        at_work.page.locator("[data-key=g]").dblclick()
        expect(at_work.page.locator(f'#desk-item:not([data-id="{first}"])')).to_be_visible()
        at_work.has_an_item()
        assert decided() == 1

    def test_a_double_undo_takes_one_back(self, at_work: Person) -> None:
        at_work.goes_on("g")
        at_work.goes_on("g")
        at_work.goes_on("u", "u")
        assert decided() == 1

    def test_a_key_held_down_decides_one_item(self, at_work: Person) -> None:
        first = at_work.has_an_item()
        at_work.page.keyboard.down("g")
        at_work.page.keyboard.down("g")
        at_work.page.keyboard.up("g")
        expect(
            at_work.page.locator(f'#desk-item:not([data-id="{first}"]):not([data-settling])')
        ).to_be_visible()
        at_work.page.keyboard.down("g")
        at_work.page.keyboard.up("g")
        expect(at_work.page.locator("[data-undo]")).to_have_count(3)  # the last one, and both in the list
        assert decided() == 2

    def test_a_press_while_the_next_is_loading_counts_for_nothing(self, at_work: Person) -> None:
        waiting: list[Route] = []

        def hold(route: Route) -> None:
            waiting.append(route)

        at_work.holds_up("/decide/", hold)
        first = at_work.has_an_item()
        at_work.presses("g")
        expect(at_work.page.locator("#desk-place")).to_have_class("is-waiting")
        at_work.presses("g", "v", "u", "Enter")
        waiting[0].continue_()
        expect(
            at_work.page.locator(f'#desk-item:not([data-id="{first}"]):not([data-settling])')
        ).to_be_visible()
        assert (len(waiting), decided()) == (1, 1)

    def test_letters_in_a_field_are_letters(self, at_work: Person) -> None:
        item = at_work.has_an_item()
        at_work.presses("n")
        at_work.page.keyboard.type("gavbesnutqxf!?,.19")
        expect(at_work.panel.locator("textarea")).to_have_value("gavbesnutqxf!?,.19")
        assert (at_work.has_an_item(), decided()) == (item, 0)

    def test_letters_in_an_open_panel_search_its_house_rules(self, at_work: Person) -> None:
        at_work.presses("v")
        at_work.page.keyboard.type("reclame")
        expect(at_work.panel.locator("[data-rule-search]")).to_have_value("reclame")
        expect(at_work.panel.locator("[data-rule]:visible")).to_have_count(1)
        at_work.presses("Enter")
        expect(at_work.panel.locator("[data-rule] :checked")).to_have_count(1)
        assert decided() == 0

    @pytest.mark.parametrize("key", ["Control+g", "Alt+g", "Meta+g", "AltGraph+g"])
    def test_combinations_are_not_for_the_desk(self, at_work: Person, key: str) -> None:
        item = at_work.has_an_item()
        if key == "AltGraph+g":  # Chromium's protocol has no such key: what the event says of it
            at_work.runs(
                "document.body.dispatchEvent(new KeyboardEvent('keydown',"
                " {key: 'g', modifierAltGraph: true, bubbles: true}))"
            )
        else:
            at_work.presses(key)
        at_work.presses("?")
        expect(at_work.page.get_by_role("dialog")).to_be_visible()
        assert (at_work.has_an_item(), decided()) == (item, 0)

    def test_what_is_being_composed_is_not_for_the_desk(self, at_work: Person) -> None:
        at_work.runs(
            "document.body.dispatchEvent(new KeyboardEvent('keydown',"
            " {key: 'g', isComposing: true, bubbles: true}))"
        )
        at_work.presses("?")
        expect(at_work.page.get_by_role("dialog")).to_be_visible()
        assert decided() == 0

    def test_capitals_do_the_same(self, at_work: Person) -> None:
        at_work.goes_on("Shift+G")
        assert decided() == 1

    def test_keys_wait_while_the_list_of_keys_is_open(self, at_work: Person) -> None:
        at_work.presses("?", "g", "Escape")
        expect(at_work.page.get_by_role("dialog")).to_be_hidden()
        assert decided() == 0
        at_work.goes_on("g")

    def test_escape_closes_the_panel_and_keeps_what_was_written(self, at_work: Person) -> None:
        at_work.presses("v")
        at_work.panel.locator("[name=reason]").fill("Nog even denken")
        at_work.presses("Escape")
        expect(at_work.panel).to_have_count(0)
        assert at_work.runs("document.activeElement.dataset.key") == "v"
        at_work.presses("Escape", "v")
        expect(at_work.panel.locator("[name=reason]")).to_have_value("Nog even denken")
        assert decided() == 0

    def test_a_panel_without_a_reason_says_so_in_place(self, at_work: Person) -> None:
        at_work.presses("v", "1", "Control+Enter")
        expect(at_work.panel.locator("[data-error]")).to_contain_text("Geef een reden")
        assert at_work.runs("document.activeElement.name") == "reason"
        assert decided() == 0

    def test_undo_too_late_says_so(self, at_work: Person, now: datetime) -> None:
        at_work.goes_on("g")
        with time_machine.travel(now + timedelta(seconds=90)):
            at_work.presses("u")
            expect(at_work.notice).to_contain_text("Dit kun je niet meer terugdraaien")
        assert decided() == 1


class TestPages:
    def test_a_reload_comes_back_to_the_same_item(self, at_work: Person) -> None:
        at_work.goes_on("g")
        item = at_work.has_an_item()
        at_work.page.reload()
        assert at_work.has_an_item() == item
        expect(at_work.page.locator("[data-undo=latest]")).to_be_visible()

    def test_back_and_forward_show_what_was_there(self, at_work: Person) -> None:
        first = at_work.goes_on("g")
        second = at_work.has_an_item()
        at_work.page.go_back()
        expect(at_work.page.locator(f'#desk-item[data-id="{first}"]')).to_contain_text(
            "Besloten: Goedgekeurd"
        )
        at_work.presses("g")
        at_work.page.go_forward()
        expect(at_work.page.locator(f'#desk-item[data-id="{second}"][data-mine]')).to_be_visible()
        assert decided() == 1

    def test_two_tabs_of_one_person_decide_an_item_once(self, at_work: Person) -> None:
        item = at_work.has_an_item()
        other = at_work.context.new_page()
        other.goto(f"{at_work.address}/reviews/{item}/")
        expect(other.locator("#desk.is-live #desk-item[data-mine]")).to_be_visible()
        at_work.goes_on("g")
        other.keyboard.press("g")
        expect(other.locator("#desk-notice")).to_contain_text(f"{at_work.user} heeft over dit item besloten")
        other.locator("#desk-notice button").click()
        expect(other.locator(f'#desk-item[data-mine]:not([data-id="{item}"])')).to_be_visible()
        assert decided() == 1

    def test_leaving_keeps_what_was_written_and_puts_back_what_was_taken_ahead(
        self, anneke: Person, wait_in_queue: Arrive
    ) -> None:
        wait_in_queue(8)
        with anneke.page.expect_response("**/ahead/"):
            anneke.begins()
        assert Lease.objects.count() == 2
        anneke.presses("v")
        anneke.panel.locator("[name=reason]").fill("Half af")
        item = anneke.has_an_item()
        anneke.page.goto(f"{anneke.address}/")
        anneke.waits_until(Draft.objects.exists)
        anneke.waits_until(lambda: Lease.objects.filter(expires_at__gt=clock.now()).count() == 1)
        assert Draft.objects.get().body == {"panel": "hide", "reason": "Half af"}
        assert str(Lease.objects.get(expires_at__gt=clock.now()).review_id) == item


class TestFaults:
    def test_signed_out_meanwhile(self, at_work: Person) -> None:
        at_work.user.set_password(PASSWORD)
        at_work.user.save(update_fields=["password"])
        Session.objects.all().delete()
        at_work.presses("v", "1")
        at_work.panel.locator("[name=reason]").fill("Staat reclame in")
        at_work.presses("Control+Enter")
        expect(at_work.notice).to_contain_text("Je bent uitgelogd")
        with at_work.context.expect_page() as opened:
            at_work.notice.get_by_role("link").click()
        tab = opened.value
        tab.locator("[name=username]").fill(at_work.user.username)
        tab.locator("[name=password]").fill(PASSWORD)
        tab.locator("[name=password]").press("Enter")
        expect(tab.get_by_text("Vandaag").first).to_be_visible()
        expect(at_work.panel.locator("[name=reason]")).to_have_value("Staat reclame in")
        at_work.panel.locator("[name=reason]").focus()
        at_work.goes_on("Control+Enter")
        assert Decision.objects.get().reason == "Staat reclame in"

    def test_without_a_line_nothing_is_lost(self, at_work: Person) -> None:
        item = at_work.has_an_item()
        at_work.context.set_offline(True)
        at_work.presses("g")
        expect(at_work.notice).to_contain_text("Geen verbinding")
        assert (at_work.has_an_item(), decided()) == (item, 0)
        at_work.context.set_offline(False)
        expect(at_work.notice).to_be_empty()
        at_work.goes_on("g")
        assert decided() == 1

    def test_a_fault_after_the_decision_does_not_decide_again(self, at_work: Person) -> None:
        def decide_and_break(route: Route) -> None:
            route.fetch()
            route.fulfill(status=500, body="")

        at_work.holds_up("/decide/", decide_and_break, times=1)
        item = at_work.has_an_item()
        at_work.presses("g")
        expect(at_work.notice).to_contain_text("geen besluit meer nodig")
        at_work.presses("g")
        expect(at_work.notice).to_contain_text("heeft over dit item besloten")
        at_work.notice.get_by_role("button").click()
        expect(at_work.page.locator(f'#desk-item[data-mine]:not([data-id="{item}"])')).to_be_visible()
        expect(at_work.page.locator("[data-undo=latest]")).to_be_visible()
        assert decided() == 1

    def test_a_fault_before_the_decision_lets_it_be_tried_again(self, at_work: Person) -> None:
        at_work.holds_up("/decide/", lambda route: route.fulfill(status=500, body=""))
        at_work.presses("g")
        expect(at_work.notice).to_contain_text("Er ging bij ons iets mis")
        at_work.page.unroute_all()
        at_work.goes_on("g")
        assert decided() == 1

    def test_a_silent_line_is_given_up(self, anneke: Person, wait_in_queue: Arrive) -> None:
        wait_in_queue(2)
        anneke.page.clock.install()
        anneke.begins()
        silent: list[Route] = []

        def say_nothing(route: Route) -> None:
            silent.append(route)

        anneke.holds_up("/decide/", say_nothing)
        anneke.presses("g")
        anneke.page.clock.fast_forward(200)
        expect(anneke.page.locator("#desk-place")).to_have_class("is-waiting")
        anneke.page.clock.fast_forward(21_000)
        expect(anneke.notice).to_contain_text("Geen verbinding")
        expect(anneke.page.locator("#desk-place")).not_to_have_class("is-waiting")
        silent[0].abort()

    def test_an_account_that_was_closed_meanwhile_is_said(self, at_work: Person, now: datetime) -> None:
        review = Review.objects.get(pk=at_work.has_an_item())
        erase_account(actor=system_user(INTAKE), site=review.site, member_id=review.member_id, at=now)
        at_work.presses("g")
        expect(at_work.notice).to_contain_text("het lid heeft het account gesloten")
        at_work.notice.get_by_role("button").click()
        expect(at_work.page.locator(f'#desk-item[data-mine]:not([data-id="{review.pk}"])')).to_be_visible()
        assert decided() == 0
