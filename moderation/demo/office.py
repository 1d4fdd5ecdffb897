"""Four weeks in an office that does not exist, lived through the real services at moments in the past."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from backoffice import clock
from backoffice.audit.acting import acting_as, new_id
from backoffice.staff.models import User
from backoffice.staff.system import DELIVERY, INTAKE, SETUP, system_user
from moderation.choices import Outcome, Queue, SkipReason
from moderation.demo import members, pictures
from moderation.demo.people import hire
from moderation.models import Lease, StandardText
from moderation.policy import needs_age_basis, outcomes_for
from moderation.selectors.queues import waiting_counts
from moderation.services.decisions import decide_review, finalise_due
from moderation.services.intake import receive_records
from moderation.services.leases import claim_next, escalate_review, renew_lease, skip_review
from moderation.services.notes import add_note, dismiss_signal
from moderation.services.photos import receive_photo
from moderation.services.records import ProfileRecord, Record
from moderation.standard_texts import fill

DAYS = 28
MEMBERS = 260
REQUESTS = 340
WEEKEND = 5
"""The first day of it, counted from Monday."""

ARRIVALS = (timedelta(hours=8), timedelta(hours=12), timedelta(hours=17), timedelta(hours=20, minutes=30))
"""When platforms send, after midnight."""

SHIFTS = (timedelta(hours=9), timedelta(hours=14))
NOBODY_IN_THE_WEEKEND = 0.6
"""The chance that a shift in the weekend is nobody's, so that some items are decided late."""

LEFT_OPEN = 24
QUIET_DAYS = timedelta(days=4)
"""In the last days, so many are left in each queue: the office has a cold."""

Say = Callable[[str], None]


@dataclass
class Office:
    """The office while its weeks go by. `scale` makes a smaller one, for tests."""

    now: datetime
    scale: float = 1.0
    chance: Random = field(default_factory=lambda: Random("wehelpen"))
    members: list[ProfileRecord] = field(default_factory=list)
    requests: int = 0

    def build(self, say: Say = lambda _line: None) -> None:
        """Hire people and live through the weeks up to `now`. Takes half a minute at full scale."""
        with acting_as(system_user(SETUP), run_id=new_id()):
            staff = hire()
        self.moderators = [staff["anneke"], staff["wim"]]
        self.coordinator = staff["karin"]
        self.texts = members.requests(self.chance)
        today = clock.local_day(self.now)
        for number in range(DAYS, -1, -1):
            day = today - timedelta(days=number)
            self._live(day)
            if number % 7 == 0:
                say(f"{day:%d-%m-%Y}: {len(self.members)} members, {self.requests} requests")
        self._leave_things_about()

    # A day ------------------------------------------------------------------------------------

    def _live(self, day: date) -> None:
        midnight = clock.start_of_day(day)
        moments = [(midnight + hour, self._receive) for hour in ARRIVALS]
        moments += [(midnight + hour, self._work) for hour in SHIFTS]
        for moment, deed in sorted(moments, key=lambda one: one[0]):
            if moment < self.now:
                deed(moment)
        end = min(self.now, midnight + timedelta(hours=23))
        finalise_due(actor=system_user(DELIVERY), at=end, limit=1000)

    def _receive(self, at: datetime) -> None:
        weekend = at.weekday() >= WEEKEND
        slots = (DAYS + 1) * len(ARRIVALS)
        records: list[Record] = []
        new = []
        for _ in range(self._some(MEMBERS * self.scale / slots, weekend=weekend)):
            record = members.profile(self.chance, len(self.members), on=clock.local_day(at))
            self.members.append(record)
            new.append(record)
            records.append(record)
        for _ in range(self._some(REQUESTS * self.scale / slots, weekend=weekend)):
            if not self.members:
                break
            kind, text = next(self.texts)
            author = self.chance.choice(self.members)
            records.append(members.help_request(self.chance, self.requests, author, kind, text, at=at))
            self.requests += 1
        for _ in range(self._some(40 * self.scale / slots, weekend=weekend)):
            place = self.chance.randrange(max(1, len(self.members) - len(new)))
            if self.members[place] not in new:
                self.members[place] = members.changed(self.chance, self.members[place])
                records.append(self.members[place])
        intake = system_user(INTAKE)
        receive_records(actor=intake, records=records, at=at)
        for record in new:
            if record.site == members.HUPPLA or self.chance.random() < 0.35:
                receive_photo(
                    actor=intake,
                    site=record.site,
                    member_id=record.member_id,
                    content=pictures.draw(self.chance),
                    revision=1,
                    at=at,
                )

    def _some(self, mean: float, *, weekend: bool) -> int:
        """Return a number around `mean`; fewer in the weekend."""
        mean *= 0.6 if weekend else 1.15
        return int(mean) + (self.chance.random() < mean % 1)

    def _work(self, at: datetime) -> None:
        """Let whoever is on shift decide what waits, most of it."""
        weekend = at.weekday() >= WEEKEND
        if weekend and self.chance.random() < NOBODY_IN_THE_WEEKEND:
            return
        actor = self.moderators[at.toordinal() % 2] if weekend else self.chance.choice(self.moderators)
        left = 0 if self.now - at > QUIET_DAYS else int(LEFT_OPEN * self.scale)
        most = 12 if weekend else 60
        for queue in Queue:
            who = self.coordinator if queue == Queue.URGENT else actor
            to_do = min(most, waiting_counts().get(queue, 0) - left)
            for _ in range(to_do):
                if lease := claim_next(actor=who, queue=queue, at=at):
                    self._decide(who, lease, at + timedelta(seconds=20))
                    at += timedelta(seconds=self.chance.randint(25, 110))

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
        decide_review(
            actor=actor,
            review_id=review.pk,
            epoch=lease.epoch,
            version=review.version,
            outcome=outcome,
            policies=policies,
            reason=reason,
            message=message,
            age_basis="Gebeld: noemde haar geboortejaar" if age_unknown else "",
            at=at,
        )

    # The end ----------------------------------------------------------------------------------

    def _leave_things_about(self) -> None:
        """Leave what an office has at any moment: handed up, skipped, half written, in hand."""
        at = self.now - timedelta(minutes=40)
        anneke, wim = self.moderators
        for reason in (
            "Klinkt als iemand die in gevaar is. Wil je meekijken?",
            "Dit lid ken ik van vorig jaar, graag een tweede paar ogen.",
            "Ik vertrouw de link niet.",
        ):
            if lease := claim_next(actor=wim, queue=Queue.HELP_REQUESTS, at=at):
                escalate_review(actor=wim, review_id=lease.review_id, epoch=lease.epoch, reason=reason, at=at)
        if lease := claim_next(actor=anneke, queue=Queue.HELP_REQUESTS, at=at):
            skip_review(
                actor=anneke, review_id=lease.review_id, epoch=lease.epoch, reason=SkipReason.LANGUAGE, at=at
            )
        self._somebody_is_too_young(at)
        for queue in (Queue.NEW_PROFILES, Queue.HELP_REQUESTS):
            lease = claim_next(actor=wim, queue=queue, at=self.now)
            if lease and (signal := lease.review.signals.first()):
                dismiss_signal(actor=wim, signal_id=signal.pk, at=self.now)
            if lease and queue == Queue.HELP_REQUESTS:
                draft = {"panel": "request_change", "reason": "Er staat een nummer in"}
                renew_lease(actor=wim, review_id=lease.review_id, epoch=lease.epoch, at=self.now, draft=draft)

    def _somebody_is_too_young(self, at: datetime) -> None:
        """Let a platform correct a birth date to that of a child (R20)."""
        before = next(m for m in reversed(self.members) if m.birth_date)
        given = {name: getattr(before, name) for name in ProfileRecord.__slots__}
        day = clock.local_day(at)
        given |= {"revision": before.revision + 1, "birth_date": date(day.year - 13, day.month, 15)}
        receive_records(actor=system_user(INTAKE), records=[ProfileRecord(**given)], at=at)
