"""Four weeks in an office that does not exist, lived through the real services at moments in the past."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from uuid import UUID

from backoffice import clock
from backoffice.audit.acting import acting_as, new_id
from backoffice.staff.models import User
from backoffice.staff.system import DELIVERY, INTAKE, SETUP, system_user
from incidents.demo.servicedesk import open_servicedesk
from moderation.choices import LOOKS_BACK, Outcome, Queue, ReviewState, SkipReason, SubjectKind
from moderation.demo import members, pictures
from moderation.demo.looking_back import colleagues_look_again, members_object
from moderation.demo.people import hire
from moderation.models import Lease, Review, StandardText
from moderation.policy import needs_age_basis, outcomes_for
from moderation.services.care import uncover
from moderation.services.decisions import decide_review, finalise_due
from moderation.services.intake import receive_records
from moderation.services.leases import claim_next, claim_review, escalate_review, renew_lease, skip_review
from moderation.services.notes import add_note, dismiss_signal
from moderation.services.photos import receive_photo
from moderation.services.records import HelpRequestRecord, ProfileRecord, Receipt, Record
from moderation.standard_texts import fill

DAYS = 28
MEMBERS = 200
REQUESTS = 250
CHANGES = 40
WEEKEND = 5
"""The first day of it, counted from Monday."""

ARRIVALS = (timedelta(hours=8), timedelta(hours=12), timedelta(hours=17), timedelta(hours=20, minutes=30))
"""When platforms send, after midnight."""

SHIFTS = (timedelta(hours=9), timedelta(hours=14))
LONGEST_SHIFT = timedelta(hours=4)
NOBODY_IN_THE_WEEKEND = 0.6
"""The chance that a shift in the weekend is nobody's, so that some items are decided late."""

WAITING = {Queue.HELP_REQUESTS: 30, Queue.NEW_PROFILES: 20, Queue.CHANGED_PROFILES: 10, Queue.AGE_UNKNOWN: 8}
"""What nobody has come to when the weeks are over, whatever the hour; `URGENT` is fed from these."""

LATE, LEAST_LATE, LEAST_FRESH = 0.2, 2, 4
"""The part of what waits that is overdue; of either there is something in every queue at any scale."""

LATE_HOURS = (50.0, 74.0)
"""So long ago that the end of the next day has passed, on whatever day that was."""

FRESH_HOURS = (1.0, 22.0)
"""So short ago that it has not."""

HANDED_UP = timedelta(minutes=40)
"""Before the end; later than anything that waits came in."""

Say = Callable[[str], None]
Deed = Callable[[datetime], None]


FIRST_LOOKS = tuple(queue for queue in Queue if queue not in LOOKS_BACK)


@dataclass
class Office:
    """The office while its weeks go by, up to `now`. `scale` makes a smaller one, for tests.

    It comes out with work in every queue at any hour of any day: what must still wait at the end
    comes in at its own moment, and those who work pass it over.
    """

    now: datetime
    scale: float = 1.0
    chance: Random = field(default_factory=lambda: Random("wehelpen"))
    members: list[ProfileRecord] = field(default_factory=list)
    requests: int = 0
    waiting: dict[Queue, list[UUID]] = field(default_factory=lambda: {queue: [] for queue in WAITING})

    def build(self, say: Say = lambda _line: None) -> None:
        """Hire people and live through the weeks. Takes a quarter of a minute at full scale."""
        with acting_as(system_user(SETUP), run_id=new_id()):
            staff = hire()
        self.moderators = [staff["anneke"], staff["wim"]]
        self.coordinator = staff["karin"]
        self.texts = members.requests(self.chance)
        week = 0
        for moment, deed in sorted(self._diary(), key=lambda entry: entry[0]):
            deed(moment)
            if (now_in := moment.isocalendar().week) != week:
                week = now_in
                said = f"{len(self.members)} members, {self.requests} requests"
                say(f"{clock.local_day(moment):%d-%m-%Y}: {said}")
        self._leave_things_about()
        open_servicedesk(
            servicedesk=staff["joke"],
            coordinator=self.coordinator,
            members=members.of_wehelpen(self.members),
            now=self.now,
            scale=self.scale,
        )

    def _diary(self) -> Iterator[tuple[datetime, Deed]]:
        """Yield what happens, and when, in no order; nothing happens after `now`."""
        today = clock.local_day(self.now)
        for number in range(DAYS + 1):
            midnight = clock.start_of_day(today - timedelta(days=number))
            deeds = [(midnight + hour, self._receive) for hour in ARRIVALS]
            deeds += [(midnight + hour, self._work) for hour in SHIFTS]
            yield from (entry for entry in deeds if entry[0] < self.now)
        for queue, number in WAITING.items():
            late = max(LEAST_LATE, round(number * self.scale * LATE))
            fresh = max(LEAST_FRESH, round(number * self.scale) - late)
            for hours in [LATE_HOURS] * late + [FRESH_HOURS] * fresh:
                yield self.now - timedelta(hours=self.chance.uniform(*hours)), partial(self._keep, queue)

    # What comes in ----------------------------------------------------------------------------

    def _receive(self, at: datetime) -> None:
        """Take in what platforms send four times a day."""
        slots = (DAYS + 1) * len(ARRIVALS) / self.scale
        records: list[Record] = []
        if self.members:
            places = [
                self.chance.randrange(len(self.members)) for _ in range(self._some(CHANGES / slots, at))
            ]
            records += [self._change(place) for place in places]
        records += [self._sign_up(at) for _ in range(self._some(MEMBERS / slots, at))]
        if self.members:
            records += [self._ask(at) for _ in range(self._some(REQUESTS / slots, at))]
        self._hand_over(records, at)

    def _keep(self, queue: Queue, at: datetime) -> None:
        """Take in something that will still wait in `queue` when the weeks are over.

        Somebody signs up instead where the office is so small that nobody is there to ask or change.
        """
        record: Record
        if queue == Queue.HELP_REQUESTS and self.members:
            record = self._ask(at)
        elif queue == Queue.CHANGED_PROFILES and (settled := self._settled()):
            record = self._change(self.chance.choice(settled))
        else:
            record = self._sign_up(at, huppla=queue == Queue.AGE_UNKNOWN)
        for receipt in self._hand_over([record], at):
            assert receipt.review_id is not None  # everything here is new, or was decided before
            self.waiting[queue].append(receipt.review_id)

    def _sign_up(self, at: datetime, *, huppla: bool | None = None) -> ProfileRecord:
        on = clock.local_day(at)
        record = members.profile(self.chance, len(self.members), on=on, huppla=huppla)
        self.members.append(record)
        return record

    def _change(self, place: int) -> ProfileRecord:
        self.members[place] = members.changed(self.chance, self.members[place])
        return self.members[place]

    def _ask(self, at: datetime) -> HelpRequestRecord:
        kind, text = next(self.texts)
        author = self.chance.choice(self.members)
        self.requests += 1
        return members.help_request(self.requests, author, kind, text, at=at)

    def _settled(self) -> list[int]:
        """Return the places of members whose age is known and of whom nothing waits."""
        about = Review.objects.filter(state=ReviewState.PENDING, subject_kind=SubjectKind.PROFILE)
        waits = set(about.values_list("member_id", flat=True))
        return [n for n, one in enumerate(self.members) if one.birth_date and one.member_id not in waits]

    def _hand_over(self, records: list[Record], at: datetime) -> list[Receipt]:
        intake = system_user(INTAKE)
        receipts = receive_records(actor=intake, records=records, at=at)
        for record in records:
            if not isinstance(record, ProfileRecord) or record.revision > 1:
                continue
            if record.site == members.HUPPLA or self.chance.random() < 0.35:
                receive_photo(
                    actor=intake,
                    site=record.site,
                    member_id=record.member_id,
                    content=pictures.draw(self.chance),
                    revision=1,
                    at=at,
                )
        return receipts

    def _some(self, mean: float, at: datetime) -> int:
        """Return a number around `mean`; fewer in the weekend."""
        mean *= 0.6 if at.weekday() >= WEEKEND else 1.15
        return int(mean) + (self.chance.random() < mean % 1)

    # What is done -----------------------------------------------------------------------------

    def _work(self, at: datetime) -> None:
        """Let whoever is on shift decide what waits, until it is done or their time is."""
        weekend = at.weekday() >= WEEKEND
        if weekend and self.chance.random() < NOBODY_IN_THE_WEEKEND:
            return
        actor = self.moderators[at.toordinal() % 2] if weekend else self.chance.choice(self.moderators)
        until = min(at + LONGEST_SHIFT, self.now - timedelta(minutes=1))
        passed_over = [review for reviews in self.waiting.values() for review in reviews]
        for queue in FIRST_LOOKS:
            who = self.coordinator if queue == Queue.URGENT else actor
            for _ in range(12 if weekend else 60):
                lease = at < until and claim_next(actor=who, queue=queue, at=at, besides=passed_over)
                if not lease:
                    break
                self._decide(who, lease, at + timedelta(seconds=20))
                at += timedelta(seconds=self.chance.randint(25, 110))
        finalise_due(actor=system_user(DELIVERY), at=min(self.now, at + timedelta(minutes=2)), limit=1000)

    def _decide(self, actor: User, lease: Lease, at: datetime) -> None:
        review = lease.review
        allowed = {offer.outcome for offer in outcomes_for(actor, review, at=at) if offer.verdict}
        found = list(review.signals.all())
        outcome = Outcome.APPROVE
        if found and self.chance.random() < 0.8:
            outcome = self.chance.choice((Outcome.REQUEST_CHANGE, Outcome.REQUEST_CHANGE, Outcome.HIDE))
        elif self.chance.random() < 0.05:
            outcome = self.chance.choice((Outcome.HIDE, Outcome.HOLD_ACCOUNT, Outcome.REQUEST_CHANGE))
        if outcome not in allowed:
            outcome = Outcome.REQUEST_CHANGE if Outcome.REQUEST_CHANGE in allowed else min(allowed)
        reason = message = ""
        policies: list[str] = []
        if outcome != Outcome.APPROVE:
            texts = StandardText.objects.filter(outcome=outcome, policy__outcomes__contains=[outcome])
            text = self.chance.choice(list(texts.select_related("policy")))
            policies = [text.policy.code] if text.policy else []
            reason = text.title
            message = fill(text.body, name="", title=str(review.subject), found=[])
        age_unknown = outcome == Outcome.APPROVE and needs_age_basis(review, at=at)
        if self.chance.random() < 0.06:
            remark = self.chance.choice(
                ("Even gebeld, klopt.", "Stond vorige maand ook al op de site.", "Twijfel, maar goed zo.")
            )
            add_note(actor=actor, review_id=review.pk, text=remark, at=at)
        if review.heavy:
            uncover(actor=actor, review_id=review.pk, at=at)
        decide_review(
            actor=actor,
            review_id=review.pk,
            epoch=lease.epoch,
            version=review.version,
            outcome=outcome,
            policies=policies,
            reason=reason,
            message=message,
            age_basis="Gebeld: gaf een geboortejaar" if age_unknown else "",
            at=at,
        )

    # The end ----------------------------------------------------------------------------------

    def _leave_things_about(self) -> None:
        """Leave what an office has at any moment: handed up, skipped, half written, in hand."""
        at = self.now - HANDED_UP
        anneke, wim = self.moderators
        requests = self.waiting[Queue.HELP_REQUESTS]
        for review, reason in (
            (requests[0], "Klinkt als iemand die in gevaar is. Wil je meekijken?"),
            (requests[-1], "Dit lid ken ik van vorig jaar, graag een tweede paar ogen."),
            (requests[-2], "Ik vertrouw de link niet."),
        ):
            lease = claim_review(actor=wim, review_id=review, at=at)
            escalate_review(actor=wim, review_id=review, epoch=lease.epoch, reason=reason, at=at)
        lease = claim_review(actor=anneke, review_id=requests[-3], at=at)
        reason = SkipReason.LANGUAGE
        skip_review(actor=anneke, review_id=lease.review_id, epoch=lease.epoch, reason=reason, at=at)
        self._somebody_is_too_young(at)
        members_object(at=at)
        colleagues_look_again(moderators=self.moderators, chance=self.chance, at=at)
        for queue in (Queue.NEW_PROFILES, Queue.HELP_REQUESTS):
            in_hand = claim_next(actor=wim, queue=queue, at=self.now)
            if in_hand and (signal := in_hand.review.signals.first()):
                dismiss_signal(actor=wim, signal_id=signal.pk, at=self.now)
            if in_hand and queue == Queue.HELP_REQUESTS:
                renew_lease(
                    actor=wim,
                    review_id=in_hand.review_id,
                    epoch=in_hand.epoch,
                    at=self.now,
                    draft={"panel": "request_change", "reason": "Er staat een nummer in"},
                )

    def _somebody_is_too_young(self, at: datetime) -> None:
        """Let a platform correct a birth date to that of a child (R20)."""
        settled = self._settled()
        if not settled:
            return
        before = self.members[settled[-1]]
        given = {name: getattr(before, name) for name in ProfileRecord.__slots__}
        day = clock.local_day(at)
        given |= {"revision": before.revision + 1, "birth_date": date(day.year - 13, day.month, 15)}
        self._hand_over([ProfileRecord(**given)], at)
