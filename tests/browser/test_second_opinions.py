"""Somebody does not agree and another judges: after an appeal of the member, or in a blind second look."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect
from pytest_django import Settings
from standardwebhooks import Webhook

from backoffice.outbox.services.deliveries import deliver_due
from backoffice.outbox.services.endpoints import register_endpoint
from backoffice.outbox.services.mail import send_due_mail
from backoffice.platforms.services.keys import create_api_key
from backoffice.staff.models import User
from backoffice.staff.system import DELIVERY, system_user
from moderation.choices import Outcome, Queue, ReviewState
from moderation.models import Review, SecondLook
from moderation.services.decisions import finalise_due
from moderation.services.drawing import draw_second_looks
from tests.barrier import at_once
from tests.browser.people import Person
from tests.mail_server import MailServer, mail_server
from tests.moderation.test_second_looks import decide, judge
from tests.platforms import FULL_PROFILE, Platform
from tests.receiver import Receiver, receiving

Comes = Callable[..., Person]
Arrive = Callable[[int], list[Review]]

WINDOW = timedelta(seconds=60)
OBJECTS = "Dat nummer is van de huisartsenpost."


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


@pytest.fixture
def post(settings: Settings) -> Iterator[MailServer]:
    with mail_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = running.port
        yield running


@pytest.fixture
def platform(setup_acts: User, now: datetime) -> Platform:
    _key, secret = create_api_key(
        actor=setup_acts, name="platform", site="wehelpen.nl", scopes=["intake", "decisions"], at=now
    )
    return Platform(secret)


def leaves(at: datetime) -> None:
    """Let all that has become certain by then leave the house, outside the thread of the browser's loop."""

    def leave() -> None:
        finalise_due(actor=system_user(DELIVERY), at=at)
        deliver_due(at=at)
        send_due_mail(at=at)

    for failure in filter(None, at_once((system_user(DELIVERY), leave))):
        raise failure


def words_of(text: str) -> list[str]:
    return text.split()


def test_hiding_a_request_and_a_colleague_who_overturns_it_after_the_member_objects(
    *,
    comes: Comes,
    anneke: Person,
    other_moderator: User,
    administrator: User,
    platform: Platform,
    receiver: Receiver,
    post: MailServer,
    now: datetime,
) -> None:
    _endpoint, secret = register_endpoint(actor=administrator, site="wehelpen.nl", url=receiver.url, at=now)
    platform.profile("m-1", **FULL_PROFILE)
    platform.help_request("r-1", title="Wie kookt er?", text="Bel 038-4238877 gerust, wij koken zelf ook.")

    anneke.begins().presses("v")
    anneke.panel.locator("[name=policies][value='1.1']").check()
    anneke.panel.locator("[name=message]").fill("In je tekst staat een nummer.")
    anneke.panel.locator("[name=reason]").fill("Nummer in de tekst")
    anneke.panel.locator("[data-letter] summary").click()
    preview = anneke.panel.locator(".house-letter-text")
    expect(preview).to_contain_text("In je tekst staat een nummer.")
    read = preview.inner_text()
    anneke.goes_on("Control+Enter")
    leaves(now)
    assert (receiver.received, post.taken) == ([], []), "it can still be taken back"

    leaves(now + 2 * WINDOW)
    (letter,) = post.taken
    assert letter["To"] == FULL_PROFILE["email"]
    assert words_of(letter.get_content()) == words_of(read)
    for part in ("1.1 ", "038-4238877", "De computer beslist niet", "bezwaar maken tot en met"):
        assert part in read
    hidden = receiver.received[0].json["data"]
    assert (hidden["outcome"], hidden["subject"]["id"]) == ("hide", "r-1")

    platform.help_request("r-1", title="Wie kookt er?", text="Stuur een bericht.", revision=2)
    answer = platform.put("appeals/wehelpen.nl/b-1", {"decision_id": hidden["id"], "text": OBJECTS})
    assert answer.status_code == 201
    review = Review.objects.get(queue=Queue.APPEALS)

    anneke.opens(f"/reviews/{review.pk}/").sees("Jij besloot hier eerder over")
    wim = comes(other_moderator).comes_in().begins("appeals")
    wim.sees(OBJECTS)
    item = wim.page.locator("#desk-item")
    expect(item).to_contain_text("wij koken zelf ook")  # as it was decided on
    expect(item).not_to_contain_text("Stuur een bericht")
    wim.presses("d")
    wim.panel.locator("[name=message]").fill("Je hebt gelijk: dat nummer mag iedereen weten.")
    wim.panel.locator("[name=reason]").fill("Nummer van een instelling")
    wim.goes_on("Control+Enter")
    leaves(now + 4 * WINDOW)

    told = [Webhook(secret).verify(one.body, one.headers)["data"] for one in receiver.received]
    assert [one["outcome"] for one in told] == ["hide", "overturn"]
    assert told[1]["rules_on"] == hidden["id"]
    assert [message["Subject"].strip() for message in post.taken] == [
        "Je tekst “Wie kookt er?” is niet meer zichtbaar",
        "Wij hebben je bezwaar",
        "Je bezwaar: je hebt gelijk gekregen",
    ]
    assert "dat nummer mag iedereen weten" in post.taken[2].get_content()


def test_a_blind_second_look_that_disagrees_and_the_coordinator_who_settles_it(
    *,
    comes: Comes,
    anneke: Person,
    other_moderator: User,
    coordinator: User,
    settings: Settings,
    wait_in_queue: Arrive,
    now: datetime,
) -> None:
    settings.SECOND_LOOK_SHARE = 1
    (review,) = wait_in_queue(1)
    anneke.begins().presses("v")
    anneke.panel.locator("[name=policies][value='1.1']").check()
    anneke.panel.locator("[name=reason]").fill("Lijkt mij reclame")
    anneke.goes_on("Control+Enter")
    agreed = [decide(anneke.user, now, outcome) for outcome in (Outcome.HIDE, Outcome.APPROVE)]
    finalise_due(actor=system_user(DELIVERY), at=now + 2 * WINDOW)
    draw_second_looks(actor=system_user(DELIVERY), at=now)
    for decision in agreed:
        judge(SecondLook.objects.get(decision=decision), other_moderator, now, Outcome(decision.outcome))

    wim = comes(other_moderator).comes_in().begins("second-looks")
    item = wim.page.locator("#desk-item")
    expect(item).to_contain_text("Hulpvraag nummer 0")
    for told in (anneke.user.display_name, "Lijkt mij reclame", "Verborgen"):
        expect(item).not_to_contain_text(told)
    wim.goes_on("g")

    karin = comes(coordinator).comes_in().opens("/second-looks/")
    look = karin.page.locator("article.second-look")
    for told in ("Lijkt mij reclame", anneke.user.display_name, other_moderator.display_name):
        expect(look).to_contain_text(told)
    row = karin.page.get_by_role("row", name="De uitkomst")
    expect(row).to_contain_text("0,40")  # three pairs, two the same; 5/9 by chance
    look.get_by_label("Het tweede was goed").check()
    look.get_by_role("button").click()
    karin.sees("Niets te bespreken")
    look_again = Review.objects.get(queue=Queue.HELP_REQUESTS, state=ReviewState.PENDING)
    assert (look_again.help_request, look_again.not_for) == (review.help_request, anneke.user)
