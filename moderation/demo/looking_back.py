"""What an office does about its own decisions: members object, colleagues look again."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from backoffice.staff.models import User
from backoffice.staff.system import DELIVERY, INTAKE, system_user
from moderation.choices import APPEALABLE, DecisionState, Outcome, Queue
from moderation.models import Decision
from moderation.services.appeals import receive_appeal
from moderation.services.care import uncover
from moderation.services.drawing import draw_second_looks
from moderation.services.leases import claim_next
from moderation.services.second_looks import judge_again

OBJECTIONS = (
    "Dat nummer is van de huisartsenpost, dat mag toch iedereen weten?",
    "Ik vraag helemaal geen geld. Ik wil alleen de benzine vergoeden.",
    "Ik snap niet wat er mis is met mijn tekst. Kunnen jullie nog eens kijken?",
)
LEFT_TO_LOOK_AT = 4
SAME_JUDGEMENT = 0.8


def members_object(*, at: datetime) -> None:
    """Let a few members object to what was decided about them, some days ago and just now."""
    restricted = Decision.objects.filter(outcome__in=APPEALABLE, state=DecisionState.FINAL, final_at__lt=at)
    for number, (text, decision) in enumerate(
        zip(OBJECTIONS, restricted.order_by("-final_at"), strict=False)
    ):
        assert decision.final_at is not None
        receive_appeal(
            actor=system_user(INTAKE),
            site=decision.site,
            external_id=f"bezwaar-{number + 1}",
            decision_id=decision.pk,
            text=text,
            at=max(decision.final_at, at - timedelta(days=number * 2)),
        )


def colleagues_look_again(*, moderators: list[User], chance: Random, at: datetime) -> None:
    """Let moderators judge each other's decisions again, most but not all the same way."""
    while draw_second_looks(actor=system_user(DELIVERY), at=at):
        pass
    for moderator in moderators:
        passed_over: list[UUID] = []
        while lease := claim_next(actor=moderator, queue=Queue.SECOND_LOOKS, besides=passed_over, at=at):
            review = lease.review
            if len(passed_over) < LEFT_TO_LOOK_AT // len(moderators):
                passed_over.append(review.pk)
                continue
            first = review.second_look.decision
            same = chance.random() < SAME_JUDGEMENT
            outcome = Outcome(first.outcome) if same else Outcome.REQUEST_CHANGE
            if review.heavy:
                uncover(actor=moderator, review_id=review.pk, at=at)
            judge_again(
                actor=moderator,
                review_id=review.pk,
                epoch=lease.epoch,
                version=review.version,
                outcome=outcome,
                policies=[] if outcome == Outcome.APPROVE else [_rule(first, outcome)],
                reason="" if outcome == Outcome.APPROVE else "Zo lees ik de huisregel.",
                at=at,
            )


def _rule(first: Decision, outcome: Outcome) -> str:
    named = first.grounds.filter(policy__outcomes__contains=[outcome]).select_related("policy").first()
    return named.policy.code if named else "1.1"
