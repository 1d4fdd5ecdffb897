"""Who an item is about, beside its text: age, other texts, what was decided before."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from backoffice import clock
from moderation.choices import AgeState, DecisionState, HeavyKind, Queue
from moderation.models import Decision, HelpRequest, Profile, Review

EARLIER = 8
OTHERS = 8


@dataclass(frozen=True, slots=True)
class MemberCard:
    """Who it is about. `profile` is None when their profile is not here (yet).

    `others` are their other texts, each with what is hard to read in it, in words; empty when nothing is.
    """

    profile: Profile | None
    age_state: AgeState
    age: int | None
    helped: int
    asked: int
    others: list[tuple[HelpRequest, str]]
    decisions: list[Decision]


def member_card(review: Review, subject: Profile | HelpRequest | None, *, at: datetime) -> MemberCard:
    """Return what is known of the member whom a review is about; `subject` as the desk shows it.

    In a second look nothing is told of what was decided since the first.
    """
    of_member = {"site": review.site, "member_id": review.member_id}
    profile = subject if isinstance(subject, Profile) else Profile.objects.filter(**of_member).first()
    today = clock.local_day(at)
    requests = HelpRequest.objects.filter(**of_member)
    if isinstance(subject, HelpRequest):
        requests = requests.exclude(pk=subject.pk)
    newest = Review.objects.filter(help_request=OuterRef("pk")).order_by("-opened_at")
    others = list(requests.annotate(heavy=Subquery(newest.values("heavy")[:1]))[: OTHERS + 1])
    kinds = list(HelpRequest.objects.filter(**of_member).values_list("kind", flat=True)[:1000])
    decisions = Decision.objects.filter(**of_member).exclude(state=DecisionState.UNDONE)
    if review.queue == Queue.SECOND_LOOKS:
        first = review.second_look.decision
        decisions = decisions.filter(decided_at__lt=first.decided_at).exclude(pk=first.pk)
    earlier = decisions.exclude(review=review).select_related(
        "decided_by", "review__profile", "review__help_request"
    )
    return MemberCard(
        profile=profile,
        age_state=profile.age_state(on=today) if profile else AgeState.UNKNOWN,
        age=profile.age(on=today) if profile else None,
        helped=kinds.count("offer"),
        asked=kinds.count("request"),
        others=[(other, HeavyKind.in_words(other.heavy or ())) for other in others],
        decisions=list(earlier[:EARLIER]),
    )
