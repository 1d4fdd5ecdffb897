"""Everybody can use every page: by keyboard, in the dark, on a phone, with a screen reader."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page, expect

from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from backoffice.staff.system import DELIVERY, system_user
from moderation.choices import Outcome, Queue
from moderation.models import Decision, HelpRequest, Profile, Review
from moderation.services.decisions import decide_review, finalise_due
from moderation.services.leases import claim_review, escalate_review
from tests.browser.arrange import marked, waiting, with_photo
from tests.browser.conftest import PHONE, WIDE
from tests.browser.people import Person
from tests.factories import ProfileFactory, StaffFactory
from tests.moderation.test_statements import decided

Comes = Callable[..., Person]
DARK = "{runOnly: ['color-contrast', 'link-in-text-block']}"
"""What can differ in the dark: the colours."""

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def is_open_to_all(page: Page) -> None:
    """Let axe look at a page, wide and on a phone, in the light and in the dark."""
    page.evaluate(AXE)
    found = []
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type] # a dict of the two
        for look in ("light", "dark"):
            page.evaluate("dark => document.documentElement.classList.toggle('dark', dark)", look == "dark")
            answer = page.evaluate(f"axe.run({DARK if look == 'dark' else '{}'})")
            found += [
                f"{size['width']} {look}: {fault['id']} {node['target']} {node['failureSummary']}"
                for fault in answer["violations"]
                for node in fault["nodes"]
            ]
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wider > 0:
            found.append(f"{size['width']}: {wider} px too wide")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type] # the same
    assert not found, "\n".join(found)


INLINE = """() => [
    ...[...document.querySelectorAll('*')].flatMap((each) =>
        [...each.attributes].filter(({name}) => /^on/.test(name)).map(({name}) => `${each.tagName} ${name}`)),
    ...[...document.querySelectorAll('script:not([src])')].filter(({type}) => type !== 'application/json')
        .map((script) => script.textContent.slice(0, 80)),
]"""


def test_no_page_of_ours_has_scripts_or_handlers_in_it(anneke: Person, now: datetime) -> None:
    marked(now)
    waiting(now)
    for path in ("/login/", "/", "/queues/help-requests/", "/queues/help-requests/desk/"):
        assert anneke.opens(path).runs(INLINE) == []
    anneke.presses("Enter")
    anneke.goes_on("g")
    anneke.presses("v")
    assert anneke.runs(INLINE) == []


class TestNothingIsInTheWayOfAnybody:
    def test_signing_in_and_the_first_page(
        self, comes: Comes, moderator: User, other_moderator: User, now: datetime
    ) -> None:
        waiting(now)
        late = waiting(now, opened_at=now - timedelta(days=4))
        claim_review(actor=moderator, review_id=late.pk, at=now)
        person = comes(moderator)
        is_open_to_all(person.opens("/").page)
        person.comes_in().opens("/")
        person.page.locator(".house-details summary").click()
        is_open_to_all(person.page)

    def test_a_queue(self, anneke: Person, now: datetime, other_moderator: User) -> None:
        marked(now)
        late = waiting(now, opened_at=now - timedelta(days=4))
        claim_review(actor=other_moderator, review_id=late.pk, at=now)
        is_open_to_all(anneke.opens("/queues/help-requests/").page)
        is_open_to_all(anneke.opens("/queues/help-requests/?words=zzz&overdue=true").page)
        is_open_to_all(anneke.opens("/queues/urgent/").page)

    def test_the_desk_with_a_request(self, anneke: Person, now: datetime) -> None:
        marked(now)
        waiting(now)
        is_open_to_all(anneke.opens("/queues/help-requests/desk/").page)
        anneke.presses("Enter")
        anneke.has_an_item()
        is_open_to_all(anneke.page)
        anneke.goes_on("g")
        anneke.page.locator("[data-help]").click()
        is_open_to_all(anneke.page)
        anneke.presses("Escape")
        anneke.goes_on("g")
        anneke.page.locator(".desk-list summary").click()
        is_open_to_all(anneke.page)

    def test_the_desk_through_other_eyes(self, anneke: Person, now: datetime) -> None:
        marked(now, site="huppla.nl", kind="offer")
        page = anneke.begins().page
        own, public = page.locator('[data-look=""]'), page.locator('[data-look="public"]')
        anneke.presses("o")
        expect(public.locator("mark")).to_have_text("06-12345678")
        expect(public).to_contain_text("alleen voor: Huppla: wie vraagt")
        expect(own).to_be_hidden()
        is_open_to_all(page)
        anneke.presses("x")  # what is not in sight is not said to be wrong
        expect(own.locator("mark")).to_be_visible()
        page.locator("[data-as=huppla-seeker]").click()
        expect(page.locator("[data-as][aria-current=true]")).to_have_text("Huppla: wie vraagt")
        expect(page.locator('[data-look="huppla-seeker"]')).to_contain_text("Wij vonden hier niets")
        anneke.presses("n")
        page.keyboard.type("Gezien.")
        anneke.presses("Control+Enter")
        expect(page.locator(".desk-notes")).to_contain_text("Gezien.")
        expect(page.locator('[data-look="huppla-seeker"]')).to_be_visible()
        anneke.presses("o", "o")
        expect(own).to_be_visible()

    def test_the_list_to_approve_from_and_its_photo(self, anneke: Person, now: datetime) -> None:
        waiting(now, profile=with_photo(photo_sha256="a"))
        page = anneke.opens("/queues/new-profiles/lot/").page
        expect(page.locator("#lot.is-live")).to_be_visible()
        anneke.presses("a")
        expect(page.locator("[data-chosen]")).to_have_text("0")
        anneke.presses("j", "x")
        expect(page.locator("[data-photo]")).to_be_checked()
        expect(page.locator("[data-chosen]")).to_have_text("0")
        anneke.presses("x")
        expect(page.locator("[data-chosen]")).to_have_text("1")
        is_open_to_all(page)
        anneke.presses("Enter")
        anneke.sees("1 item goedgekeurd.")
        assert Decision.objects.get().outcome == Outcome.APPROVE
        is_open_to_all(page)

    @pytest.mark.parametrize("keys", [("v", "1", "Control+Enter"), ("s",), ("n",), ("e",), ("?",)])
    def test_the_panels(self, anneke: Person, now: datetime, keys: tuple[str, ...]) -> None:
        marked(now)
        anneke.begins().presses(*keys)
        if "Control+Enter" in keys:
            expect(anneke.panel.locator("[data-error]")).not_to_be_empty()
        is_open_to_all(anneke.page)

    def test_the_desk_with_a_new_profile_and_its_photo(self, anneke: Person, now: datetime) -> None:
        review = waiting(now, profile=with_photo(birth_date=None), queue=Queue.AGE_UNKNOWN)
        anneke.begins("age-unknown")
        photo = anneke.page.locator(".desk-photo img")
        assert "grayscale" in photo.evaluate("img => getComputedStyle(img).filter")
        is_open_to_all(anneke.page)
        anneke.presses("f")
        assert photo.evaluate("img => getComputedStyle(img).filter") == "none"
        anneke.presses("g")
        expect(anneke.panel.locator("[name=age_basis]")).to_be_focused()
        is_open_to_all(anneke.page)
        anneke.presses("Escape", "j")
        is_open_to_all(anneke.page)
        assert Review.objects.get() == review

    def test_the_desk_with_a_child(self, anneke: Person, now: datetime) -> None:
        child = ProfileFactory(birth_date=date(now.year - 13, 1, 1))
        waiting(now, profile=child, queue=Queue.URGENT, reasons=[{"code": "under_16", "points": 60}])
        anneke.begins("urgent").presses("g")
        expect(anneke.notice).to_contain_text("jonger dan 16")
        is_open_to_all(anneke.page)

    def test_the_desk_with_what_changed(self, anneke: Person, now: datetime) -> None:
        profile = ProfileFactory(about="Ik kook graag.")
        first = waiting(now, profile=profile)
        lease = claim_review(actor=anneke.user, review_id=first.pk, at=now)
        decide_review(
            actor=anneke.user,
            review_id=first.pk,
            epoch=lease.epoch,
            version=1,
            outcome=Outcome.APPROVE,
            at=now,
        )
        profile.about, profile.version = "Ik bak graag.", 2
        profile.store(reason="received", at=now, fields=["about", "version"])
        waiting(now, profile=profile, queue=Queue.CHANGED_PROFILES)
        anneke.begins("changed-profiles")
        expect(anneke.page.locator(".desk-changes ins")).to_have_text("bak")
        is_open_to_all(anneke.page)
        is_open_to_all(anneke.opens(f"/reviews/{first.pk}/").page)

    def test_the_desk_with_what_others_have(
        self, comes: Comes, coordinator: User, moderator: User, now: datetime
    ) -> None:
        held, escalated = waiting(now), waiting(now)
        claim_review(actor=moderator, review_id=held.pk, at=now)
        lease = claim_review(actor=moderator, review_id=escalated.pk, at=now)
        escalate_review(actor=moderator, review_id=escalated.pk, epoch=lease.epoch, reason="Kijk mee", at=now)
        karin = comes(coordinator).comes_in()
        is_open_to_all(karin.opens(f"/reviews/{held.pk}/").page)
        karin.begins("urgent").sees("Kijk mee")
        is_open_to_all(karin.page)

    @pytest.mark.parametrize("name", ["profile", "helprequest", "review", "decision"])
    def test_the_lists(self, anneke: Person, now: datetime, name: str) -> None:
        review = marked(now)
        lease = claim_review(actor=anneke.user, review_id=review.pk, at=now)
        decision = decide_review(
            actor=anneke.user,
            review_id=review.pk,
            epoch=lease.epoch,
            version=1,
            outcome=Outcome.APPROVE,
            at=now,
        )
        profile, request = Profile.objects.get(), HelpRequest.objects.first()
        assert request
        shown = {"profile": profile, "helprequest": request, "review": review, "decision": decision}[name]
        is_open_to_all(anneke.opens(f"/moderation/{name}/").page)
        is_open_to_all(anneke.opens(f"/moderation/{name}/{shown.pk}/change/").page)
        is_open_to_all(anneke.opens(f"/moderation/{name}/{shown.pk}/history/").page)

    def test_an_appeal_at_the_servicedesk_and_the_letters(
        self, comes: Comes, moderator: User, administrator: User, now: datetime
    ) -> None:
        earlier = now - timedelta(hours=1)
        decision = decided(moderator, earlier, marked(earlier))
        finalise_due(actor=system_user(DELIVERY), at=now)
        desk = comes(StaffFactory(role=Role.SERVICEDESK)).comes_in()
        is_open_to_all(desk.opens(f"/appeals/?q={decision.member_id}").page)
        desk.page.get_by_role("link", name="Bezwaar aannemen").last.click()
        desk.page.locator("details summary").click()
        is_open_to_all(desk.page)
        is_open_to_all(desk.opens(f"/moderation/decision/{decision.pk}/change/").page)
        is_open_to_all(comes(administrator).comes_in().opens("/outbox/mail/").page)

    def test_what_cannot_be_shown(self, anneke: Person, comes: Comes, administrator: User) -> None:
        is_open_to_all(anneke.opens("/nergens/").page)
        is_open_to_all(comes(administrator).comes_in().opens("/queues/urgent/").page)
