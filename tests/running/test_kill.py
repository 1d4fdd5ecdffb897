"""Promise 2: an effect happens once it is certain, and exactly what was decided, whoever is killed.

A whole house is at work: moderators decide over HTTP and take some back, decisions leave for a receiver.
Meanwhile the web server, the worker and processes of theirs are killed (SIGKILL) and started again.
"""

import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random, SystemRandom
from threading import Lock

import httpx
import pytest
import time_machine
from django.conf import settings
from standardwebhooks import Webhook

from moderation.choices import Queue
from tests.desk_script import Desk, Item, decisions_to_undo
from tests.receiver import Received, Receiver, receiving
from tests.running.house import House, open_house

pytestmark = pytest.mark.skipif(not settings.DATABASE_IS_OUR_OWN, reason="DATABASE_URL brings a server")

DECISIONS = 200
MODERATORS = ("anneke", "wim", "karin")
KILLS = [(part, whole) for part in ("web server", "worker") for whole in (True, False)] * 2 + [("beat", True)]
UNDO_SECONDS = 3
WITHIN = 400
"""Seconds that the work, and then the delivering, may take on a machine that does much else."""

UNDONE_ONE_IN = 8
HIDDEN_ONE_IN = 5


@dataclass
class Told:
    """What the moderators were told: reviews that were decided, decisions that were taken back."""

    decided: set[str] = field(default_factory=set)
    taken_back: set[str] = field(default_factory=set)
    answers: int = 0
    lock: Lock = field(default_factory=Lock)

    def done(self) -> bool:
        return len(self.decided) >= DECISIONS


class Moderator:
    """Decides one item after the other, takes one in so many back, and tries again when a line breaks."""

    def __init__(self, house: House, username: str, told: Told) -> None:
        self.house = house
        self.username = username
        self.told = told
        self.rule = house.known["rule"]
        self.chance = Random(username)

    def work(self) -> None:
        until = time.monotonic() + WITHIN
        item: Item | None = None
        with httpx.Client(base_url=self.house.address, timeout=30) as client:
            self.desk = Desk(client, queue=Queue.HELP_REQUESTS)
            self.desk.sign_in(self.username, self.house.known["password"])
            while not self.told.done():
                assert time.monotonic() < until, "the work does not get done"
                try:
                    item = self._one(item or self.desk.next())
                except httpx.TransportError:
                    item = None  # whether it was decided, nobody knows: the server says what is next
                    time.sleep(0.1)

    def _one(self, item: Item) -> Item:
        hidden = self.chance.randrange(HIDDEN_ONE_IN) == 0
        why = {"outcome": "hide", "reason": "Reclame", "policies": self.rule} if hidden else {}
        answer = self.desk.decide(item, **why)
        with self.told.lock:
            self.told.decided.add(item.id)
        following = Item.of(answer["item"])
        if self.chance.randrange(UNDONE_ONE_IN) == 0:
            return self._take_back(item, decisions_to_undo(answer)) or following
        return following

    def _take_back(self, item: Item, offered: list[str]) -> Item | None:
        """Take the last decision back; None when its window closed meanwhile."""
        if not offered:
            return None
        with self.told.lock:
            self.told.decided.discard(item.id)  # from here on nobody is sure until there is an answer
        try:
            answer = self.desk.undo(offered[0])
        except httpx.HTTPStatusError as refusal:
            if refusal.response.json()["code"] != "too_late":
                raise
            with self.told.lock:
                self.told.decided.add(item.id)
            return None
        with self.told.lock:
            self.told.taken_back.add(offered[0])
        return Item.of(answer["item"])


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


@pytest.fixture
def house(var_dir: Path, environment: dict[str, str], receiver: Receiver) -> Iterator[House]:
    hasty = {**environment, "UNDO_SECONDS": str(UNDO_SECONDS)}
    with open_house(var_dir, hasty, url=receiver.url, items=DECISIONS + 50) as house:
        yield house


def arrived(receiver: Receiver) -> set[str]:
    """The decisions that the receiver heard of."""
    return {one.json["data"]["id"] for one in receiver.received}


def waited(message: Received) -> timedelta:
    """How long after it was decided a decision became final."""
    data = message.json["data"]
    return datetime.fromisoformat(data["final_at"]) - datetime.fromisoformat(data["decided_at"])


def wait_until_quiet(house: House) -> None:
    """Wait until every decision is final or taken back, and everything was delivered."""
    left = """
        SELECT (SELECT count(*) FROM moderation_decision WHERE state = 'held'),
               (SELECT count(*) FROM outbox_delivery WHERE state <> 'delivered')
    """
    until = time.monotonic() + WITHIN
    while house.ask(left) != [(0, 0)]:
        assert time.monotonic() < until, f"not delivered: {house.ask(left)}\n{house.logs()}"
        time.sleep(0.2)


class TestKilled:
    def test_loses_no_decision_and_sends_none_that_was_taken_back(
        self, house: House, receiver: Receiver
    ) -> None:
        seed = SystemRandom().randrange(1_000_000)
        print(f"seed {seed}")  # noqa: T201 - shown when it fails
        told = Told()
        self.work_and_kill(house, told, Random(seed))
        self.kill_while_sending(house, receiver, Random(seed))
        wait_until_quiet(house)

        decisions = house.ask("SELECT id::text, review_id::text, state FROM moderation_decision")
        final = {key: review for key, review, state in decisions if state == "final"}
        assert told.decided <= set(final.values())
        assert told.taken_back <= {key for key, _review, state in decisions if state == "undone"}
        assert arrived(receiver) == set(final)
        assert min(waited(one) for one in receiver.received) >= timedelta(seconds=UNDO_SECONDS)
        self.require_one_message_for_each(house, receiver)
        self.require_nothing_half_done(house)

    def work_and_kill(self, house: House, told: Told, chance: Random) -> None:
        moderators = [Moderator(house, username, told) for username in MODERATORS]
        kills = chance.sample(KILLS, len(KILLS))
        moments = sorted(chance.sample(range(5, DECISIONS - 10), len(kills)))
        with ThreadPoolExecutor(len(moderators)) as pool:
            working = [pool.submit(moderator.work) for moderator in moderators]
            while not all(one.done() for one in working):
                if moments and len(told.decided) >= moments[0]:
                    moments.pop(0)
                    name, whole = kills.pop()
                    house.kill(name, whole=whole, chance=chance)
                house.mend()
                time.sleep(0.02)
            for one in working:
                one.result()
        assert not kills

    def kill_while_sending(self, house: House, receiver: Receiver, chance: Random) -> None:
        """Kill the worker once more while messages are on their way."""
        until = time.monotonic() + WITHIN
        seen = len(receiver.received)
        while len(receiver.received) == seen and time.monotonic() < until:
            time.sleep(0.01)
        house.kill("worker", whole=True, chance=chance)
        house.mend()

    def require_one_message_for_each(self, house: House, receiver: Receiver) -> None:
        """Every request is signed; what came more than once is the same message under the same id."""
        webhook = Webhook(house.known["secret"])
        messages = defaultdict(set)
        for one in receiver.received:
            with time_machine.travel(int(one.headers["webhook-timestamp"])):
                webhook.verify(one.body, one.headers)
            messages[one.json["data"]["id"]].add((one.headers["webhook-id"], one.body))
        assert [several for several in messages.values() if len(several) > 1] == []

    def require_nothing_half_done(self, house: House) -> None:
        """What a killed web server was doing is there as a whole, or not at all."""
        decided_without_decision = """
            SELECT review.id FROM moderation_review AS review WHERE (review.state = 'decided') <> EXISTS (
                SELECT FROM moderation_decision AS decision
                WHERE decision.review_id = review.id AND decision.state <> 'undone')
        """
        without_event = """
            SELECT decision.id FROM moderation_decision AS decision WHERE 1 <> (
                SELECT count(*) FROM audit_event AS event
                WHERE event.kind = 'decision.made' AND event.subject_id = decision.id::text)
        """
        numbers = "SELECT sequence FROM moderation_decision WHERE state = 'final' ORDER BY sequence"
        assert house.ask(decided_without_decision) == []
        assert house.ask(without_event) == []
        given = [number for (number,) in house.ask(numbers)]
        assert given == list(range(1, len(given) + 1))
